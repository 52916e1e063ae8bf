import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { exportedColumns, toCamelCase } from './exported-columns.ts'
import type { PlayerTable } from './player-rows.ts'

/** Rows that are in memory at once. */
const PAGE_ROWS = 5_000
/** Columns that hold JSON as a text. */
const JSON_COLUMNS = ['properties', 'payload'] as const

type ExportedRow = Record<string, unknown>

/** What the parts of an export are called, where not as their table. */
const PARTS: Readonly<Record<string, string>> = {
  network_sessions: 'sessions',
  gamemode_sessions: 'gamemodeSessions',
  player_days: 'days',
  dead_letters: 'deadLetters',
}
/** A part that some may not see. */
export const PURCHASES = 'purchases'

/**
 * All that is stored of a player, as pieces of one JSON document: each part a list, oldest first by its table's order,
 * purchases apart from other events. Month by month and page by page, so that no size is too large.
 *
 * @param options.hasPurchases whether purchases are in it; else they are null
 */
export async function* writePlayerExport(
  clickhouse: ClickHouse,
  head: Readonly<Record<string, unknown>>,
  places: readonly PlayerTable[],
  options: { readonly hasPurchases: boolean },
): AsyncGenerator<string> {
  yield JSON.stringify(head).slice(0, -1)
  const isPurchase = "kind = 'purchase'"
  for (const part of ['players', 'network_sessions', 'gamemode_sessions', 'player_days', 'events', PURCHASES]) {
    const table = part === PURCHASES ? 'events' : part
    const condition = part === PURCHASES ? isPurchase : part === 'events' ? `NOT (${isPurchase})` : 'true'
    const those = places.filter((place) => place.table.name === table)
    if (part === PURCHASES && !options.hasPurchases) yield `,"${PURCHASES}":null`
    else yield* writePart(clickhouse, part, those, condition)
  }
  const known = ['players', 'network_sessions', 'gamemode_sessions', 'player_days', 'events']
  const others = new Set(places.map(({ table }) => table.name).filter((name) => !known.includes(name)))
  for (const name of new Set(['dead_letters', ...others])) {
    yield* writePart(
      clickhouse,
      name,
      places.filter(({ table }) => table.name === name),
      'true',
    )
  }
  yield '}'
}

async function* writePart(
  clickhouse: ClickHouse,
  part: string,
  places: readonly PlayerTable[],
  condition: string,
): AsyncGenerator<string> {
  yield `,${JSON.stringify(PARTS[part] ?? toCamelCase(part))}:[`
  let separator = ''
  for (const place of places) {
    for await (const row of readRows(clickhouse, place, condition)) {
      yield `${separator}\n${JSON.stringify(row)}`
      separator = ','
    }
  }
  yield ']'
}

async function* readRows(clickhouse: ClickHouse, place: PlayerTable, condition: string): AsyncGenerator<ExportedRow> {
  const { table, parameters } = place
  const where = `${place.where} AND ${condition}`
  const partitions = await clickhouse.select<{ readonly id: string }>(
    `SELECT DISTINCT _partition_id AS id FROM ${table.name} WHERE ${where} ORDER BY id`,
    parameters,
  )
  const columns = exportedColumns(table.columns)
  for (const { id } of partitions) {
    for (let offset = 0; ; offset += PAGE_ROWS) {
      const rows = await clickhouse.select<ExportedRow>(
        `SELECT ${columns} FROM ${table.name} AS t FINAL WHERE ${where} AND _partition_id = {partition:String}
         ORDER BY ${table.sortingKey} LIMIT ${PAGE_ROWS} OFFSET {offset:UInt64}`,
        { ...parameters, partition: id, offset },
      )
      for (const row of rows) yield withJson(row)
      if (rows.length < PAGE_ROWS) break
    }
  }
}

function withJson(row: ExportedRow): ExportedRow {
  for (const name of JSON_COLUMNS) {
    const text = row[name]
    if (typeof text === 'string') row[name] = text === '' ? null : JSON.parse(text)
  }
  return row
}
