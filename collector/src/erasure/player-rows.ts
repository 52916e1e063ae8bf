import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { beginRemoval, type Removal, untilRemoved } from './remove-rows.ts'
import { hasColumn, loadStoredTables, type StoredTable } from './stored-tables.ts'

/** Rows of one player in one table. */
export interface PlayerTable {
  readonly table: StoredTable
  /** A condition; what is bound stands in `parameters`. */
  readonly where: string
  readonly parameters: Readonly<Record<string, unknown>>
}

/** A player's rows in ClickHouse, wherever they are. */
export interface PlayerRows {
  /** Tables that hold rows of the player, with how many; none for a player who was never there. */
  find(networkId: string, playerId: string): Promise<ReadonlyArray<PlayerTable & { readonly rows: number }>>
  /** Names that the player had, the last one first. */
  loadNames(networkId: string, playerId: string): Promise<string[]>
  /** Removes them. Resolves with false when that takes longer than the time; it goes on by itself. */
  remove(networkId: string, playerId: string, timeoutMs: number): Promise<boolean>
}

const SESSIONS = 'network_sessions'
const PROFILES = 'player_profiles'
/** They hold what was sent as a text. */
const LETTERS = 'dead_letters'
const NO_ID = '00000000-0000-0000-0000-000000000000'
const NAMES_MAX = 100

const OF_PLAYER = 'network_id = {networkId:UUID} AND player_id = {playerId:UUID}'
/** Events may name the session alone. */
const OF_PLAYER_OR_SESSION = `network_id = {networkId:UUID} AND (player_id = {playerId:UUID} OR (
  player_id = '${NO_ID}' AND session_id IN (SELECT session_id FROM ${SESSIONS} WHERE ${OF_PLAYER})))`
const IN_LETTER = `network_id = {networkId:UUID} AND (
  positionCaseInsensitive(payload, {playerId:String}) > 0 OR positionCaseInsensitive(payload, {bare:String}) > 0
  OR positionCaseInsensitive(reason, {playerId:String}) > 0 OR positionCaseInsensitive(reason, {bare:String}) > 0)`

export function createPlayerRows(clickhouse: ClickHouse): PlayerRows {
  async function list(networkId: string, playerId: string): Promise<PlayerTable[]> {
    const its = { networkId, playerId }
    return (await loadStoredTables(clickhouse)).flatMap((table): PlayerTable[] => {
      if (table.name === LETTERS) return [{ table, where: IN_LETTER, parameters: { ...its, bare: bare(playerId) } }]
      const where = wherePlayer(table)
      return where === undefined ? [] : [{ table, where, parameters: its }]
    })
  }

  return {
    async find(networkId, playerId) {
      const found: Array<PlayerTable & { readonly rows: number }> = []
      for (const place of await list(networkId, playerId)) {
        const { table, where, parameters } = place
        const sql = `SELECT count() AS rows FROM ${table.name} FINAL WHERE ${where}`
        const [counted] = await clickhouse.select<{ readonly rows: number }>(sql, parameters)
        const rows = counted?.rows ?? 0
        if (rows > 0) found.push({ ...place, rows })
      }
      return found
    },

    async loadNames(networkId, playerId) {
      const rows = await clickhouse.select<{ readonly name: string }>(
        `SELECT player_name AS name FROM ${SESSIONS}
         WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}
         GROUP BY name ORDER BY max(started_at) DESC LIMIT ${NAMES_MAX}`,
        { networkId, playerId },
      )
      return rows.map(({ name }) => name)
    },

    async remove(networkId, playerId, timeoutMs) {
      const untilMs = performance.now() + timeoutMs
      const removals = (await list(networkId, playerId)).map(
        ({ table, where, parameters }): Removal => ({
          table: table.name,
          where,
          parameters,
          ids: [networkId, playerId],
        }),
      )
      // The sessions last: what is found through them can be found as long as they are there. Profiles with them: once
      // player_changes is without the player, none is computed any more.
      for (const isLast of [false, true]) {
        const these = removals.filter(({ table }) => (table === SESSIONS || table === PROFILES) === isLast)
        for (const removal of these) await beginRemoval(clickhouse, removal)
        for (const removal of these) {
          if (!(await untilRemoved(clickhouse, removal, untilMs - performance.now()))) return false
        }
      }
      return true
    },
  }
}

/** Which rows of a table are the player's; undefined for one without players. `networkId` and `playerId` are bound. */
export function wherePlayer(table: StoredTable): string | undefined {
  if (!hasColumn(table, 'player_id')) return undefined
  return table.name !== SESSIONS && hasColumn(table, 'session_id') ? OF_PLAYER_OR_SESSION : OF_PLAYER
}

/** The id as senders may write it too. */
function bare(id: string): string {
  return id.replaceAll('-', '')
}
