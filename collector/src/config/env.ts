import { z } from 'zod'
import { parseAddressRange } from '../platform/client-address.ts'

/**
 * Every setting as it comes from outside: the environment, or the flags of `mctrack up`, which set the same names.
 * Texts in, plain values out; what they mean together is config.ts's affair.
 */
export const SETTINGS = {
  MCTRACK_PORT: {
    flag: '--port',
    about: 'Port for servers, the API and the site. 0 takes a free one.',
    fallback: '4000',
    schema: port('a port from 0 to 65535'),
  },
  MCTRACK_HOST: {
    flag: '--host',
    about: 'Address to listen on. 0.0.0.0 lets other machines in.',
    fallback: '127.0.0.1',
    schema: z.string().min(1, 'must not be empty').max(253, 'is longer than a host name can be'),
  },
  MCTRACK_METRICS_PORT: {
    flag: '--metrics-port',
    about: 'Port for Prometheus metrics, on the same address. 0 takes a free one.',
    fallback: '4001',
    schema: port('a port from 0 to 65535'),
  },
  MCTRACK_DATA_DIR: {
    flag: '--data-dir',
    about: 'Directory for the embedded databases, the operator token and the lock.',
    fallback: undefined,
    schema: z.string().min(1, 'must not be empty').max(4_096, 'is longer than a path can be'),
  },
  MCTRACK_CLICKHOUSE_URL: {
    flag: '--clickhouse-url',
    about: 'ClickHouse to use instead of the embedded one, with user, password and database.',
    fallback: undefined,
    schema: url(['http:', 'https:'], 'http://user:password@host:8123/mctrack'),
  },
  MCTRACK_POSTGRES_URL: {
    flag: '--postgres-url',
    about: 'PostgreSQL to use instead of the embedded one.',
    fallback: undefined,
    schema: url(['postgres:', 'postgresql:'], 'postgres://user:password@host:5432/mctrack'),
  },
  MCTRACK_REDIS_URL: {
    flag: '--redis-url',
    about: 'Redis that several collectors share; without it there is one collector.',
    fallback: undefined,
    schema: url(['redis:', 'rediss:'], 'redis://host:6379'),
  },
  MCTRACK_ROLES: {
    flag: '--roles',
    about: 'What this process does: any of ingest, api and worker, with commas.',
    fallback: 'ingest,api,worker',
    schema: z
      .string()
      .transform((text) => text.split(',').map((role) => role.trim()))
      .pipe(
        z
          .array(z.enum(['ingest', 'api', 'worker'], 'must be any of ingest, api and worker, with commas between them'))
          .max(3, 'names a role twice'),
      ),
  },
  MCTRACK_LOG_LEVEL: {
    flag: '--log-level',
    about: 'Least serious message that is logged: trace, debug, info, warn, error or fatal.',
    fallback: 'info',
    schema: z.enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal'],
      'must be trace, debug, info, warn, error or fatal',
    ),
  },
  MCTRACK_LOG_FORMAT: {
    flag: '--log-format',
    about: 'How the log looks: json, pretty, or auto, which is pretty on a terminal.',
    fallback: 'auto',
    schema: z.enum(['json', 'pretty', 'auto'], 'must be json, pretty or auto'),
  },
  MCTRACK_COUNTRY_DB: {
    flag: '--country-db',
    about: 'Country database (an .mmdb file) to use instead of the one that comes along, or "off".',
    fallback: undefined,
    schema: z.string().min(1, 'must not be empty').max(4_096, 'is longer than a path can be'),
  },
  MCTRACK_CLICKHOUSE_MEMORY_MB: {
    flag: '--clickhouse-memory-mb',
    about: 'Memory that the embedded ClickHouse may use, in megabytes.',
    fallback: '1024',
    schema: z
      .string()
      .regex(/^\d{1,7}$/, 'must be a whole number of megabytes')
      .transform(Number)
      .pipe(z.number().min(256, 'must be at least 256')),
  },
  MCTRACK_PUBLIC_URL: {
    flag: '--public-url',
    about: 'Address at which browsers reach the collector, such as https://mctrack.example.net.',
    fallback: undefined,
    schema: url(['http:', 'https:'], 'https://mctrack.example.net').refine(
      (text) => text.startsWith('https:') || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(text),
      'must begin with https://, since browsers send passwords there',
    ),
  },
  MCTRACK_TRUSTED_PROXIES: {
    flag: '--trusted-proxies',
    about: 'Proxies before the collector whose X-Forwarded-For is believed: addresses or ranges, with commas.',
    fallback: undefined,
    schema: z
      .string()
      .max(4_096, 'is longer than a list of proxies can be')
      .transform((text) => text.split(',').map((range) => parseAddressRange(range.trim())))
      .refine((ranges) => ranges.every((range) => range !== undefined), 'must be such as 10.0.0.0/8,192.0.2.1')
      .transform((ranges) => ranges.filter((range) => range !== undefined)),
  },
  MCTRACK_SITE_DIR: {
    flag: '--site-dir',
    about: 'Directory with the built site.',
    fallback: undefined,
    schema: z.string().min(1, 'must not be empty').max(4_096, 'is longer than a path can be'),
  },
} as const

export type SettingName = keyof typeof SETTINGS
export type Env = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> | undefined }

/** Names with our prefix that belong to the CLI, the SDK or the tests. */
const OTHER_NAMES = ['MCTRACK_KEY', 'MCTRACK_URL', 'MCTRACK_TOKEN', 'MCTRACK_NETWORK', 'MCTRACK_CONFIG_DIR']

export interface EnvReading {
  readonly env: Env
  /** A sentence for each mistake. */
  readonly mistakes: readonly string[]
  /** A sentence for each name that looks like a setting and is none. */
  readonly warnings: readonly string[]
}

/** Reads all settings and reports every mistake at once. An empty text is the same as none. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): EnvReading {
  const values: Record<string, unknown> = {}
  const mistakes: string[] = []
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const given = source[name] === '' ? undefined : source[name]
    const text = given ?? setting.fallback
    if (text === undefined) continue
    const result = setting.schema.safeParse(text)
    if (result.success) values[name] = result.data
    else mistakes.push(`${name} (${setting.flag}) ${result.error.issues[0]?.message}, but is ${shown(name, text)}.`)
  }
  const warnings = Object.keys(source)
    .filter((name) => name.startsWith('MCTRACK_') && !(name in SETTINGS))
    .filter((name) => !OTHER_NAMES.includes(name) && !name.startsWith('MCTRACK_TEST_'))
    .map((name) => `${name} is not a setting of this version and has no effect.`)
  return { env: values as Env, mistakes, warnings }
}

/** Addresses may hold passwords, so they are not repeated. */
function shown(name: string, text: string): string {
  return name.endsWith('_URL') ? 'something else' : JSON.stringify(text.slice(0, 100))
}

function port(what: string) {
  return z
    .string()
    .regex(/^\d{1,5}$/, `must be ${what}`)
    .transform(Number)
    .pipe(z.number().max(65_535, `must be ${what}`))
}

function url(protocols: readonly string[], example: string) {
  return z
    .string()
    .max(2_048, 'is longer than an address can be')
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address such as ${example}`,
    )
}
