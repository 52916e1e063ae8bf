import type { TableName } from './tables.ts'

/** Rows of one network that found no room: how many, and when the first and the last of them came. */
export interface LostSpan {
  readonly networkId: string
  readonly fromMs: number
  readonly toMs: number
  readonly rows: number
}

/** Counts what is lost because the buffer of its table is full. One entry a network and table: bounded by both. */
export interface LostRows {
  count(table: TableName, networkId: string): void
  /** Rows that a network lost since the start of this process, by table. */
  of(networkId: string): ReadonlyMap<TableName, number>
  /** Tables that lost rows since the last call of `take`. */
  tables(): ReadonlySet<TableName>
  /** What was lost since the last call, one span a network. */
  take(): LostSpan[]
}

export function createLostRows(now: () => number): LostRows {
  const totals = new Map<string, Map<TableName, number>>()
  let spans = new Map<string, LostSpan>()
  let tables = new Set<TableName>()
  return {
    count(table, networkId) {
      const counts = totals.get(networkId) ?? new Map<TableName, number>()
      totals.set(networkId, counts.set(table, (counts.get(table) ?? 0) + 1))
      const atMs = now()
      const span = spans.get(networkId) ?? { networkId, fromMs: atMs, rows: 0 }
      spans.set(networkId, { ...span, toMs: atMs, rows: span.rows + 1 })
      tables.add(table)
    },
    of: (networkId) => totals.get(networkId) ?? new Map(),
    tables: () => tables,
    take() {
      const taken = Array.from(spans.values())
      spans = new Map()
      tables = new Set()
      return taken
    },
  }
}
