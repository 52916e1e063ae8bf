import type { ClickHouse } from '../platform/clickhouse/client.ts'
import type { Log } from '../platform/log.ts'
import { createFlusher, type Flusher } from './flusher.ts'
import { toOutcome } from './insert-outcome.ts'
import { type Row, readRow, writeRow } from './row.ts'
import { columnsOf, TABLE_NAMES, type TableName } from './tables.ts'
import { createWriteBuffer, type WriteBuffer } from './write-buffer.ts'

/** Bounds of one table's buffer. All tables together hold at most `capacityBytes` each. */
const LIMITS = {
  chunkBytesMax: 8 * 1024 * 1024,
  chunkRowsMax: 100_000,
  /** Busy tables may hold about half a minute of the fastest stream that two cores take while ClickHouse is away. */
  busyCapacityBytes: 96 * 1024 * 1024,
  quietCapacityBytes: 16 * 1024 * 1024,
} as const

const BUSY_TABLES: readonly TableName[] = ['network_sessions', 'gamemode_sessions', 'events']

const FLUSHING = { intervalMs: 1_000, lingerMs: 50, retryMsMin: 250, retryMsMax: 5_000 } as const

export interface PoisonRow {
  readonly table: TableName
  readonly row: Readonly<Record<string, string | number | null>>
  readonly reason: string
}

export interface StorageDeps {
  readonly clickhouse: ClickHouse
  readonly log: Log
  readonly now: () => number
  readonly onPoison: (poison: PoisonRow) => void
  readonly onStored: (
    table: TableName,
    info: { readonly rows: number; readonly bytes: number; readonly tookMs: number },
  ) => void
  readonly onFailure: (table: TableName) => void
}

/** Everything that this process writes to ClickHouse goes through here. */
export interface Storage {
  /** The buffer of a busy table, for writers that put bytes into it themselves; `poke` afterwards. */
  buffer(table: TableName): WriteBuffer
  poke(table: TableName): void
  /** Writes one row of a quiet table. Returns false when its buffer is full, and the row is lost; count it. */
  add<Name extends TableName>(table: Name, row: Row<Name>): boolean
  /** Tables whose last insert failed for a reason that is not the rows'. */
  failing(): TableName[]
  /** Age of the oldest row that waits, or 0. */
  lagMs(): number
  sizes(): ReadonlyArray<{ readonly table: TableName; readonly bytes: number; readonly rows: number }>
  /** Stores what is held, within the time. Returns how many rows are left. */
  close(timeoutMs: number): Promise<number>
}

export function createStorage(deps: StorageDeps): Storage {
  const { clickhouse, log, now, onPoison, onStored, onFailure } = deps

  function openTable(table: TableName): { readonly buffer: WriteBuffer; readonly flusher: Flusher } {
    const capacityBytes = BUSY_TABLES.includes(table) ? LIMITS.busyCapacityBytes : LIMITS.quietCapacityBytes
    const { chunkBytesMax, chunkRowsMax } = LIMITS
    const buffer = createWriteBuffer({ capacityBytes, chunkBytesMax, chunkRowsMax, now })
    const columns = columnsOf(table)
    const flusher = createFlusher(
      {
        buffer,
        insert: (rows, token) => toOutcome(clickhouse.insert({ table, columns, rows, token })),
        onPoison: (row, reason) => onPoison({ table, row: readRow(table, row), reason }),
        onStored: (info) => onStored(table, info),
        onFailure(reason, retryInMs) {
          onFailure(table)
          log.warn({ table, reason, retryInMs }, 'ClickHouse did not take an insert; the same rows are tried again')
        },
        now,
      },
      FLUSHING,
    )
    return { buffer, flusher }
  }

  const tables = new Map(TABLE_NAMES.map((table) => [table, openTable(table)]))

  function at(table: TableName): { readonly buffer: WriteBuffer; readonly flusher: Flusher } {
    const found = tables.get(table)
    if (found === undefined) throw new Error(`no such table: ${table}`)
    return found
  }

  return {
    buffer: (table) => at(table).buffer,
    poke: (table) => at(table).flusher.poke(),
    add(table, row) {
      const { buffer, flusher } = at(table)
      const sink = buffer.begin(0)
      if (sink === undefined || buffer.isFull()) return false
      writeRow(sink, table, row)
      buffer.commit()
      flusher.poke()
      return true
    },
    failing: () => TABLE_NAMES.filter((table) => at(table).flusher.isFailing()),
    lagMs: () => Math.max(0, ...TABLE_NAMES.map((table) => now() - (at(table).buffer.waitingSinceMs() ?? now()))),
    sizes: () => TABLE_NAMES.map((table) => ({ table, ...at(table).buffer.size() })),
    async close(timeoutMs) {
      const left = await Promise.all(TABLE_NAMES.map((table) => at(table).flusher.close(timeoutMs)))
      return left.reduce((sum, rows) => sum + rows, 0)
    },
  }
}
