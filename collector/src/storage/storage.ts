import { formatUuid } from '@mctrack/sdk/protocol'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import type { Log } from '../platform/log.ts'
import { createFlusher, type Flusher } from './flusher.ts'
import { toOutcome } from './insert-outcome.ts'
import { createLostRows, type LostSpan } from './lost-rows.ts'
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

/** A buffer that was full has room again when no more than this share of it is used. */
const ROOM_AGAIN_SHARE = 0.5

/** What senders report, and keep until it is acknowledged. The rows of other tables are nowhere but here. */
const BUSY_TABLES: readonly TableName[] = ['network_sessions', 'gamemode_sessions', 'events']

/** What ClickHouse refuses of the others comes here, also when they are written for the last time. */
const LAST_TABLE: TableName = 'dead_letters'

/** A second insert at once uses another core while the first one waits for the disk. */
const FLUSHING = { intervalMs: 1_000, lingerMs: 50, insertsMax: 2, retryMsMin: 250, retryMsMax: 5_000 } as const

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
  /** A row found no room and is lost. */
  readonly onLost: (table: TableName) => void
}

/** Everything that this process writes to ClickHouse goes through here. */
export interface Storage {
  /** The buffer of a busy table, for writers that put bytes into it themselves; `poke` afterwards. */
  buffer(table: TableName): WriteBuffer
  poke(table: TableName): void
  /** Writes one row. Returns false when the buffer of its table is full: the caller still has it. */
  offer<Name extends TableName>(table: Name, row: Row<Name>): boolean
  /** Writes one row that nobody else has. When the buffer of its table is full it is lost: counted, and false. */
  add<Name extends TableName>(table: Name, row: Row<Name>): boolean
  /** Counts a row of the network that found no room in the buffer of its table. */
  lose(table: TableName, networkId: string): void
  /** Rows that the network lost since the start of this process, by table. */
  lostOf(networkId: string): ReadonlyMap<TableName, number>
  /**
   * What was lost since the last call, a span a network; nothing while there is still no room, for then more is lost.
   *
   * @param isLast this process ends: what was lost is told now or never
   */
  takeLosses(isLast?: boolean): LostSpan[]
  /** Tables whose last insert failed for a reason that is not the rows'. */
  failing(): TableName[]
  /** Age of the oldest row that waits, or 0. */
  lagMs(): number
  sizes(): ReadonlyArray<{ readonly table: TableName; readonly bytes: number; readonly rows: number }>
  /** Stores what is held, within the time. Returns what is left. */
  close(timeoutMs: number): Promise<UnstoredRows>
}

/** Rows that could not be stored before the process ends. */
export interface UnstoredRows {
  /** Their senders still have them. */
  readonly kept: number
  /** Nobody else has them; by table. */
  readonly lost: Readonly<Partial<Record<TableName, number>>>
}

export function createStorage(deps: StorageDeps): Storage {
  const { clickhouse, log, now, onPoison, onStored, onFailure, onLost } = deps
  const lost = createLostRows(now)

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

  function offer<Name extends TableName>(table: Name, row: Row<Name>): boolean {
    const { buffer, flusher } = at(table)
    const sink = buffer.begin(0)
    if (sink === undefined || buffer.isFull()) return false
    writeRow(sink, table, row)
    buffer.commit()
    flusher.poke()
    return true
  }

  function lose(table: TableName, networkId: string): void {
    if (!lost.tables().has(table))
      log.error({ table }, 'ClickHouse has been away for long: rows find no room and are lost')
    lost.count(table, networkId)
    onLost(table)
  }

  return {
    buffer: (table) => at(table).buffer,
    poke: (table) => at(table).flusher.poke(),
    offer,
    add(table, row) {
      if (offer(table, row)) return true
      const { network_id: networkId } = row
      lose(table, typeof networkId === 'string' ? networkId : formatUuid(networkId))
      return false
    },
    lose,
    lostOf: lost.of,
    takeLosses(isLast = false) {
      const hasRoom = Array.from(lost.tables()).every((table) => at(table).buffer.hasRoom(0, ROOM_AGAIN_SHARE))
      return hasRoom || isLast ? lost.take() : []
    },
    failing: () => TABLE_NAMES.filter((table) => at(table).flusher.isFailing()),
    lagMs: () => Math.max(0, ...TABLE_NAMES.map((table) => now() - (at(table).buffer.waitingSinceMs() ?? now()))),
    sizes: () => TABLE_NAMES.map((table) => ({ table, ...at(table).buffer.size() })),
    async close(timeoutMs) {
      const untilMs = now() + timeoutMs
      const others = TABLE_NAMES.filter((table) => table !== LAST_TABLE)
      const left = await Promise.all(
        others.map(async (table) => [table, await at(table).flusher.close(timeoutMs)] as const),
      )
      left.push([LAST_TABLE, await at(LAST_TABLE).flusher.close(Math.max(0, untilMs - now()))])
      const kept = left.filter(([table]) => BUSY_TABLES.includes(table))
      return {
        kept: kept.reduce((sum, [, rows]) => sum + rows, 0),
        lost: Object.fromEntries(left.filter((entry) => entry[1] > 0 && !kept.includes(entry))),
      }
    },
  }
}
