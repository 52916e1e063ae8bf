import { Readable } from 'node:stream'
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { Migration, MigrationTarget } from '../migrations.ts'

const QUERY_TIMEOUT_MS = 60_000
const CONNECTIONS_MAX = 16
/** Below the keep-alive of ClickHouse (10 s by default), so that a request never meets a socket that is just closing. */
const IDLE_SOCKET_MS = 5_000

/** The little of ClickHouse that this program needs. Values are always bound, never pasted. */
export interface ClickHouse {
  /** Rows of a select, as objects. 64-bit integers come as numbers, exact up to 2^53. */
  select<Row>(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<Row[]>
  /** A statement without a result. */
  command(sql: string, parameters?: Readonly<Record<string, unknown>>): Promise<void>
  /**
   * Inserts rows in RowBinary. The same bytes with the same token are inserted once, however often it is tried.
   *
   * @throws ClickHouseError when ClickHouse refuses, anything else when it cannot be reached
   */
  insert(options: {
    readonly table: string
    readonly columns: readonly string[]
    readonly rows: readonly Uint8Array[]
    readonly token: string
  }): Promise<void>
  ping(): Promise<boolean>
  close(): Promise<void>
}

/** @param url with user, password and database, such as `http://default:secret@127.0.0.1:8123/mctrack` */
export function connectClickHouse(url: string): ClickHouse {
  const address = new URL(url)
  const database = decodeURIComponent(address.pathname.replace(/^\//, '')) || 'default'
  const client = createClient({
    url: address.origin,
    username: decodeURIComponent(address.username) || 'default',
    password: decodeURIComponent(address.password),
    database,
    request_timeout: QUERY_TIMEOUT_MS,
    max_open_connections: CONNECTIONS_MAX,
    keep_alive: { enabled: true, idle_socket_ttl: IDLE_SOCKET_MS },
    // Long lists of ids would make an address that no server takes; they go in the body.
    use_multipart_params_auto: true,
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    // Errors reach the caller, who logs them once.
    log: { level: ClickHouseLogLevel.OFF },
  })

  return {
    async select<Row>(sql: string, parameters: Readonly<Record<string, unknown>> = {}) {
      const result = await client.query({ query: sql, query_params: { ...parameters }, format: 'JSONEachRow' })
      return (await result.json()) as Row[]
    },

    async command(sql, parameters = {}) {
      await client.command({ query: sql, query_params: { ...parameters } })
    },

    async insert({ table, columns, rows, token }) {
      const { stream } = await client.exec({
        query: `INSERT INTO ${table} (${columns.join(', ')}) FORMAT RowBinary`,
        values: Readable.from(rows, { objectMode: false }),
        clickhouse_settings: {
          async_insert: 0,
          // Collapsing is the merges' work; a block is not collapsed by itself first.
          optimize_on_insert: 0,
          insert_deduplicate: 1,
          insert_deduplication_token: token,
          deduplicate_blocks_in_dependent_materialized_views: 1,
        },
      })
      for await (const _ of stream); // The answer is empty; reading it gives the socket back.
    },

    ping: async () => (await client.ping()).success,
    close: () => client.close(),
  }
}

/** ClickHouse's number for what it refused, or undefined when it did not answer at all. */
export function clickHouseCode(error: unknown): number | undefined {
  return error instanceof ClickHouseError ? Number(error.code) : undefined
}

/** Migrations on ClickHouse: no transactions, so each statement must bear being repeated after a crash in between. */
export function clickHouseMigrations(clickhouse: ClickHouse): MigrationTarget {
  return {
    name: 'ClickHouse',
    async loadApplied() {
      await clickhouse.command(
        `CREATE TABLE IF NOT EXISTS schema_migrations (name String, sha256 String, applied_at DateTime64(3, 'UTC'))
         ENGINE = ReplacingMergeTree ORDER BY name`,
      )
      const rows = await clickhouse.select<{ name: string; sha256: string }>(
        'SELECT name, sha256 FROM schema_migrations FINAL',
      )
      return new Map(rows.map(({ name, sha256 }) => [name, sha256]))
    },
    async apply({ name, sha256, statements }: Migration) {
      for (const statement of statements) await clickhouse.command(makeRepeatable(statement))
      await clickhouse.command('INSERT INTO schema_migrations SELECT {name:String}, {sha256:String}, now64(3)', {
        name,
        sha256,
      })
    },
  }
}

function makeRepeatable(statement: string): string {
  return statement.replace(/^CREATE (TABLE|MATERIALIZED VIEW|VIEW) (?!IF NOT EXISTS)/i, 'CREATE $1 IF NOT EXISTS ')
}
