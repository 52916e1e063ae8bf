/** A setting of the collector as `mctrack up` takes it. */
export interface CollectorSetting {
  /** Environment variable that the collector reads. */
  readonly variable: string
  /** For Commander: the flag with its value. */
  readonly flags: string
  readonly about: string
}

/**
 * The settings of the collector, all but the data directory, which is a flag of every command. The collector checks
 * their values and reports every mistake at once. A test keeps this list equal to the collector's own.
 */
export const COLLECTOR_SETTINGS: readonly CollectorSetting[] = [
  {
    variable: 'MCTRACK_PORT',
    flags: '--port <port>',
    about: 'port for servers, the API and the site; 0 takes a free one (default: 4000)',
  },
  {
    variable: 'MCTRACK_HOST',
    flags: '--host <address>',
    about: 'address to listen on; 0.0.0.0 lets other machines in (default: 127.0.0.1)',
  },
  {
    variable: 'MCTRACK_METRICS_PORT',
    flags: '--metrics-port <port>',
    about: 'port for Prometheus metrics, on the same address; 0 takes a free one (default: 4001)',
  },
  {
    variable: 'MCTRACK_CLICKHOUSE_URL',
    flags: '--clickhouse-url <url>',
    about: 'ClickHouse to use instead of the embedded one, with user, password and database',
  },
  {
    variable: 'MCTRACK_POSTGRES_URL',
    flags: '--postgres-url <url>',
    about: 'PostgreSQL to use instead of the embedded one',
  },
  {
    variable: 'MCTRACK_REDIS_URL',
    flags: '--redis-url <url>',
    about: 'Redis that several collectors share; without it there is one collector',
  },
  {
    variable: 'MCTRACK_ROLES',
    flags: '--roles <roles>',
    about: 'what this process does: any of ingest, api and worker, with commas (default: all)',
  },
  {
    variable: 'MCTRACK_LOG_LEVEL',
    flags: '--log-level <level>',
    about: 'least serious message that is logged: trace, debug, info, warn, error or fatal (default: info)',
  },
  {
    variable: 'MCTRACK_LOG_FORMAT',
    flags: '--log-format <format>',
    about: 'how the log looks: json, pretty, or auto, which is pretty on a terminal (default: auto)',
  },
  {
    variable: 'MCTRACK_COUNTRY_DB',
    flags: '--country-db <file>',
    about: 'country database (.mmdb) to use instead of the one that comes along, or "off"',
  },
  {
    variable: 'MCTRACK_CLICKHOUSE_MEMORY_MB',
    flags: '--clickhouse-memory-mb <megabytes>',
    about: 'memory that the embedded ClickHouse may use (default: 1024)',
  },
  {
    variable: 'MCTRACK_PUBLIC_URL',
    flags: '--public-url <url>',
    about: 'where browsers reach it, such as https://mctrack.example.net (default: this machine alone)',
  },
  {
    variable: 'MCTRACK_TRUSTED_PROXIES',
    flags: '--trusted-proxies <ranges>',
    about: 'proxies whose X-Forwarded-For is believed, such as 10.0.0.0/8,192.0.2.1',
  },
  {
    variable: 'MCTRACK_SITE_DIR',
    flags: '--site-dir <directory>',
    about: 'directory with the built site',
  },
]

/** The environment of a collector with the flags that were given; those win over what is in `env`. */
export function collectorEnv(
  env: Readonly<Record<string, string | undefined>>,
  flags: Readonly<Record<string, string | undefined>>,
): Record<string, string | undefined> {
  const given = COLLECTOR_SETTINGS.flatMap(({ variable, flags: flag }) => {
    const value = flags[attributeOf(flag)]
    return value === undefined ? [] : [[variable, value] as const]
  })
  return { ...env, ...Object.fromEntries(given) }
}

/** The name under which Commander keeps a flag: `--data-dir <x>` is `dataDir`. */
function attributeOf(flags: string): string {
  const [name = ''] = flags.replace(/^--/, '').split(' ')
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}
