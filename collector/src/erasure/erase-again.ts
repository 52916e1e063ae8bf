import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { wherePlayer } from './player-rows.ts'
import { beginRemoval, type Removal, untilRemoved } from './remove-rows.ts'
import { hasColumn, loadStoredTables, type StoredTable } from './stored-tables.ts'

/** A player who was erased, and when. */
export interface ErasedPlayer {
  readonly networkId: string
  readonly playerId: string
  readonly erasedAtMs: number
}

/**
 * Removes what came after all of the time before a player was erased: a sender that was away may repeat what it had kept.
 * What the player did since stays. Resolves with whether there was any.
 */
export type EraseAgain = (player: ErasedPlayer) => Promise<boolean>

const SESSIONS = 'network_sessions'
/** Columns that tell when something was; the first that a table has counts. */
const INSTANTS = ['started_at', 'at', 'first_seen_at'] as const
/** Rows with it sum up what the player did, before and since: they are made anew. */
const SUMMED_UP = 'first_seen_at'
const TIMEOUT_MS = 600_000

/** What is left of the sessions is stored once more: it collapses, and the views sum it up. */
const SUM_UP = `
INSERT INTO network_sessions
SELECT * FROM network_sessions FINAL WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}`

export function createEraseAgain(clickhouse: ClickHouse): EraseAgain {
  return async ({ networkId, playerId, erasedAtMs }) => {
    const its = { networkId, playerId, erasedAtMs }
    const late = (await loadStoredTables(clickhouse)).flatMap((table) => {
      const ofPlayer = wherePlayer(table)
      const instant = INSTANTS.find((name) => hasColumn(table, name))
      if (ofPlayer === undefined || instant === undefined) return []
      return [{ table, ofPlayer, where: `${ofPlayer} AND ${instant} < fromUnixTimestamp64Milli({erasedAtMs:Int64})` }]
    })
    // The sessions last: events are found through them.
    late.sort((a, b) => Number(a.table.name === SESSIONS) - Number(b.table.name === SESSIONS))

    async function hasAny(table: StoredTable, where: string): Promise<boolean> {
      return (await clickhouse.select(`SELECT 1 FROM ${table.name} WHERE ${where} LIMIT 1`, its)).length > 0
    }

    async function remove(table: StoredTable, where: string): Promise<void> {
      const removal: Removal = { table: table.name, where, parameters: its, ids: [networkId, playerId] }
      await beginRemoval(clickhouse, removal)
      const isRemoved = await untilRemoved(clickhouse, removal, TIMEOUT_MS)
      if (!isRemoved) throw new Error(`erasing rows of ${table.name} again takes too long`)
    }

    const found = await Promise.all(late.map(({ table, where }) => hasAny(table, where)))
    if (!found.includes(true)) return false
    for (const { table, ofPlayer, where } of late) {
      await remove(table, hasColumn(table, SUMMED_UP) ? ofPlayer : where)
    }
    await clickhouse.command(SUM_UP, its)
    return true
  }
}
