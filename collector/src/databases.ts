import type { Config } from './config/config.ts'
import { type ClickHouse, clickHouseMigrations, connectClickHouse } from './platform/clickhouse/client.ts'
import { startEmbeddedClickHouse } from './platform/clickhouse/embedded.ts'
import { MctrackError } from './platform/error.ts'
import type { Log } from './platform/log.ts'
import { migrate, readMigrations } from './platform/migrations.ts'
import { connectPostgres, type PostgresConnection } from './platform/postgres/client.ts'
import { startEmbeddedPostgres } from './platform/postgres/embedded.ts'
import type { Supervised } from './platform/supervisor.ts'

/** Both databases, whether they run inside this program's children or elsewhere. */
export interface Databases {
  readonly clickhouse: ClickHouse
  readonly postgres: PostgresConnection
  /** Children of this process, by name. */
  readonly engines: ReadonlyMap<'clickhouse' | 'postgres', Supervised>
  close(): Promise<void>
}

/** An external database may still be starting; it is waited for this long. */
const WAIT_MS = 30_000
const RETRY_MS = 500

/**
 * Starts what is embedded, connects, and brings both schemas forward.
 *
 * @throws MctrackError START_FAILED with a sentence that names the database
 */
export async function openDatabases(config: Config, log: Log): Promise<Databases> {
  const closers: Array<() => Promise<void>> = []
  const engines = new Map<'clickhouse' | 'postgres', Supervised>()
  const close = async (): Promise<void> => {
    for (const closer of closers.toReversed()) await closer()
  }

  async function clickhouseUrl(): Promise<string> {
    if (config.clickhouse.kind === 'external') return config.clickhouse.url
    const { memoryBytesMax } = config.clickhouse
    const engine = await startEmbeddedClickHouse({
      directory: `${config.dataDirectory}/clickhouse`,
      memoryBytesMax,
      log,
    })
    engines.set('clickhouse', engine.process)
    closers.push(engine.close)
    return engine.url
  }

  async function postgresUrl(): Promise<string> {
    if (config.postgres.kind === 'external') return config.postgres.url
    const engine = await startEmbeddedPostgres({ directory: `${config.dataDirectory}/postgres`, log })
    engines.set('postgres', engine.process)
    closers.push(engine.close)
    return engine.url
  }

  try {
    const [forClickHouse, forPostgres] = await settleAll([clickhouseUrl(), postgresUrl()])
    const clickhouse = connectClickHouse(forClickHouse)
    closers.push(() => clickhouse.close())
    const postgres = connectPostgres(forPostgres, log)
    closers.push(() => postgres.close())
    await waitFor('PostgreSQL', () => postgres.ping(), log)
    await waitFor('ClickHouse', () => clickhouse.command('SELECT 1'), log)
    await postgres.withMigrationLock(async () => {
      await migrate(postgres.migrations, readMigrations('postgres'), log)
      await migrate(clickHouseMigrations(clickhouse), readMigrations('clickhouse'), log)
    })
    return { clickhouse, postgres, engines, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Waits for both, so that a failure of one does not leave the other starting behind our back. */
async function settleAll(starts: readonly [Promise<string>, Promise<string>]): Promise<[string, string]> {
  const [first, second] = await Promise.allSettled(starts)
  if (first.status === 'rejected') throw first.reason
  if (second.status === 'rejected') throw second.reason
  return [first.value, second.value]
}

async function waitFor(name: string, attempt: () => Promise<void>, log: Log): Promise<void> {
  const deadline = Date.now() + WAIT_MS
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt()
    } catch (error) {
      if (Date.now() > deadline) {
        throw new MctrackError(
          'START_FAILED',
          `${name} did not answer within ${WAIT_MS / 1_000} s. Check its address and that it runs.`,
          {
            cause: error,
          },
        )
      }
      if (isFirst) log.info(`waiting for ${name}`)
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    }
  }
}
