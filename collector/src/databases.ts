import type { Config } from './config/config.ts'
import { type ClickHouse, clickHouseMigrations, connectClickHouse } from './platform/clickhouse/client.ts'
import { startEmbeddedClickHouse } from './platform/clickhouse/embedded.ts'
import type { Closers } from './platform/closers.ts'
import type { Log } from './platform/log.ts'
import { migrate, readMigrations } from './platform/migrations.ts'
import { connectPostgres, type PostgresConnection } from './platform/postgres/client.ts'
import { startEmbeddedPostgres } from './platform/postgres/embedded.ts'
import type { Supervised } from './platform/supervisor.ts'
import { waitFor } from './platform/wait-for.ts'

/** Both databases, whether they run inside this program's children or elsewhere. */
export interface Databases {
  readonly clickhouse: ClickHouse
  readonly postgres: PostgresConnection
  /** Children of this process, by name. */
  readonly engines: ReadonlyMap<'clickhouse' | 'postgres', Supervised>
}

/**
 * Starts what is embedded, connects, and brings both schemas forward. Whatever it opened is among the closers, also
 * when it throws.
 *
 * @throws MctrackError START_FAILED with a sentence that names the database
 */
export async function openDatabases(
  config: Config,
  { closers, log, signal }: { readonly closers: Closers; readonly log: Log; readonly signal: AbortSignal },
): Promise<Databases> {
  const engines = new Map<'clickhouse' | 'postgres', Supervised>()

  async function clickhouseUrl(): Promise<string> {
    if (config.clickhouse.kind === 'external') return config.clickhouse.url
    const { memoryBytesMax } = config.clickhouse
    const engine = await startEmbeddedClickHouse({
      directory: `${config.dataDirectory}/clickhouse`,
      memoryBytesMax,
      log,
    })
    engines.set('clickhouse', engine.process)
    closers.add('the embedded ClickHouse', engine.close)
    return engine.url
  }

  async function postgresUrl(): Promise<string> {
    if (config.postgres.kind === 'external') return config.postgres.url
    const engine = await startEmbeddedPostgres({ directory: `${config.dataDirectory}/postgres`, log })
    engines.set('postgres', engine.process)
    closers.add('the embedded PostgreSQL', engine.close)
    return engine.url
  }

  const [forClickHouse, forPostgres] = await settleAll([clickhouseUrl(), postgresUrl()])
  const clickhouse = connectClickHouse(forClickHouse)
  closers.add('the connection to ClickHouse', clickhouse.close)
  const postgres = connectPostgres(forPostgres, log, signal)
  closers.add('the connection to PostgreSQL', postgres.close)
  await waitFor('PostgreSQL', () => postgres.ping(), { log, signal })
  await waitFor('ClickHouse', () => clickhouse.command('SELECT 1'), { log, signal })
  await postgres.withMigrationLock(async () => {
    await migrate(postgres.migrations, readMigrations('postgres'), log)
    await migrate(clickHouseMigrations(clickhouse), readMigrations('clickhouse'), log)
  })
  return { clickhouse, postgres, engines }
}

/** Waits for both, so that a failure of one does not leave the other starting behind our back. */
async function settleAll(starts: readonly [Promise<string>, Promise<string>]): Promise<[string, string]> {
  const [first, second] = await Promise.allSettled(starts)
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}
