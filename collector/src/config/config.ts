import { statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AddressRange } from '../platform/client-address.ts'
import { type Env, readEnv } from './env.ts'

export const ROLES = ['ingest', 'api', 'worker'] as const
/**
 * - `ingest`: takes data from servers and holds the live registry
 * - `api`: answers the dashboard, the CLI and scripts
 * - `worker`: samples, sweeps and other timed work
 */
export type Role = (typeof ROLES)[number]

export interface Config {
  readonly host: string
  /** 0 takes a free port. */
  readonly port: number
  readonly metricsPort: number
  readonly dataDirectory: string
  readonly clickhouse:
    | { readonly kind: 'embedded'; readonly memoryBytesMax: number }
    | { readonly kind: 'external'; readonly url: string }
  readonly postgres: { readonly kind: 'embedded' } | { readonly kind: 'external'; readonly url: string }
  readonly redisUrl: string | undefined
  readonly roles: ReadonlySet<Role>
  /** Origin at which browsers reach the collector; undefined when it is this machine's own address. */
  readonly publicUrl: string | undefined
  readonly trustedProxies: readonly AddressRange[]
  readonly log: { readonly level: string; readonly format: 'json' | 'pretty' }
  /** Path of the country database, or undefined when countries are not looked up. */
  readonly countryDatabase: string | undefined
  /** Directory of the built site, or undefined when there is none. */
  readonly siteDirectory: string | undefined
}

export type ConfigReading =
  | { readonly kind: 'config'; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly string[] }

const WORKSPACE = fileURLToPath(new URL('../../../', import.meta.url))

/** Turns the environment into one checked configuration, or all of its mistakes as sentences. */
export function readConfig(
  source: Readonly<Record<string, string | undefined>>,
  terminal: { readonly isTty: boolean },
): ConfigReading {
  const { env, mistakes: envMistakes, warnings } = readEnv(source)
  const mistakes = [...envMistakes, ...findContradictions(env)]
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes }
  return { kind: 'config', config: toConfig(env, terminal), warnings }
}

function findContradictions(env: Env): string[] {
  const mistakes: string[] = []
  const { MCTRACK_PORT: port, MCTRACK_METRICS_PORT: metricsPort, MCTRACK_COUNTRY_DB: countryDb } = env
  if (port !== undefined && port !== 0 && port === metricsPort) {
    mistakes.push(`MCTRACK_PORT and MCTRACK_METRICS_PORT must differ, but both are ${port}.`)
  }
  if (countryDb !== undefined && countryDb !== 'off' && !isFile(resolve(countryDb))) {
    mistakes.push(`MCTRACK_COUNTRY_DB (--country-db) must be a file or "off", but there is no file ${countryDb}.`)
  }
  const roles = env.MCTRACK_ROLES ?? []
  if (new Set(roles).size < roles.length) mistakes.push('MCTRACK_ROLES (--roles) names a role twice.')
  if (roles.length > 0 && roles.length < ROLES.length && env.MCTRACK_REDIS_URL === undefined) {
    mistakes.push(
      'MCTRACK_ROLES (--roles) splits the work among processes, which then need MCTRACK_REDIS_URL to share what they know.',
    )
  }
  return mistakes
}

function toConfig(env: Env, terminal: { readonly isTty: boolean }): Config {
  const format = env.MCTRACK_LOG_FORMAT ?? 'auto'
  return {
    host: env.MCTRACK_HOST ?? '127.0.0.1',
    port: env.MCTRACK_PORT ?? 4000,
    metricsPort: env.MCTRACK_METRICS_PORT ?? 4001,
    dataDirectory: resolve(env.MCTRACK_DATA_DIR ?? resolve(WORKSPACE, 'data')),
    clickhouse:
      env.MCTRACK_CLICKHOUSE_URL === undefined
        ? { kind: 'embedded', memoryBytesMax: (env.MCTRACK_CLICKHOUSE_MEMORY_MB ?? 1024) * 1_000_000 }
        : { kind: 'external', url: env.MCTRACK_CLICKHOUSE_URL },
    postgres:
      env.MCTRACK_POSTGRES_URL === undefined
        ? { kind: 'embedded' }
        : { kind: 'external', url: env.MCTRACK_POSTGRES_URL },
    redisUrl: env.MCTRACK_REDIS_URL,
    roles: new Set(env.MCTRACK_ROLES ?? ROLES),
    publicUrl: env.MCTRACK_PUBLIC_URL === undefined ? undefined : new URL(env.MCTRACK_PUBLIC_URL).origin,
    trustedProxies: env.MCTRACK_TRUSTED_PROXIES ?? [],
    log: {
      level: env.MCTRACK_LOG_LEVEL ?? 'info',
      format: format === 'auto' ? (terminal.isTty ? 'pretty' : 'json') : format,
    },
    countryDatabase: countryDatabase(env.MCTRACK_COUNTRY_DB),
    siteDirectory: resolve(env.MCTRACK_SITE_DIR ?? resolve(WORKSPACE, 'site', 'dist')),
  }
}

/** The setting, or the file that the package brings along. */
function countryDatabase(setting: string | undefined): string | undefined {
  if (setting === 'off') return undefined
  if (setting !== undefined) return resolve(setting)
  const require = createRequire(import.meta.url)
  return require.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
