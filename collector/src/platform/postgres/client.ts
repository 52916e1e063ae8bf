import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { MctrackError } from '../error.ts'
import type { Log } from '../log.ts'
import type { Migration, MigrationTarget } from '../migrations.ts'
import type { Tables } from './tables.ts'

const CONNECTIONS_MAX = 8
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 15_000
/** Any number that no other program uses as an advisory lock on the same database. */
const MIGRATION_LOCK = 7_236_471_911
const INT8_OID = 20

export type Postgres = Kysely<Tables>
/** A connection within a transaction: what is done with it is done wholly or not at all. */
export type PostgresTransaction = Transaction<Tables>

export interface PostgresConnection {
  readonly db: Postgres
  ping(): Promise<void>
  /** Runs `work` while no other process runs work under the same lock. */
  withMigrationLock<Result>(work: () => Promise<Result>): Promise<Result>
  readonly migrations: MigrationTarget
  close(): Promise<void>
}

/**
 * @param url such as `postgres://user:password@host/database`; `?host=/path` for a Unix socket
 * @param stopping aborted when the collector stops: connections that are lost from then on are nothing to speak of
 */
export function connectPostgres(url: string, log: Log, stopping?: AbortSignal): PostgresConnection {
  let isClosing = false
  const types = {
    // Our 64-bit integers are milliseconds and counts, which fit a number.
    getTypeParser: (oid: number, format?: 'text' | 'binary') =>
      oid === INT8_OID ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
  } as pg.CustomTypesConfig
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'mctrack',
    types,
  })
  // A connection that dies is replaced at the next query. Without listeners it would end the process: the pool's is for
  // idle ones, its own for one in use, which fails the statement by itself.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    let isLost = false
    client.on('error', (error) => {
      if (!isLost && !isClosing && stopping?.aborted !== true) {
        log.warn({ err: error }, 'a connection to PostgreSQL was lost')
      }
      isLost = true
    })
  })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })

  return {
    db,
    async ping() {
      await sql`SELECT 1`.execute(db)
    },
    async withMigrationLock(work) {
      const client = await pool.connect()
      try {
        await client.query('SET statement_timeout = 0')
        await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
        return await work()
      } finally {
        // Ending the connection gives the lock back, whatever state it is in.
        client.release(true)
      }
    },
    migrations: postgresMigrations(pool),
    close() {
      isClosing = true
      return db.destroy()
    },
  }
}

function postgresMigrations(pool: pg.Pool): MigrationTarget {
  return {
    name: 'PostgreSQL',
    async loadApplied() {
      await pool.query(
        `CREATE TABLE IF NOT EXISTS schema_migrations (
           name text PRIMARY KEY, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
      )
      const { rows } = await pool.query<{ name: string; sha256: string }>('SELECT name, sha256 FROM schema_migrations')
      return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
    },
    async apply({ name, sha256, statements }: Migration) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        await client.query('SET LOCAL statement_timeout = 0')
        for (const statement of statements) await client.query(statement)
        await client.query('INSERT INTO schema_migrations (name, sha256) VALUES ($1, $2)', [name, sha256])
        await client.query('COMMIT')
      } catch (error) {
        await client.query('ROLLBACK')
        throw new MctrackError('START_FAILED', `The migration ${name} of PostgreSQL failed.`, { cause: error })
      } finally {
        client.release()
      }
    },
  }
}
