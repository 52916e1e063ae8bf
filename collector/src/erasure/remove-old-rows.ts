import type { CutOff } from '../networks/index.ts'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { OLD_ROWS, oldRowsParameters, PLAYERS_WITH_OLD_SESSIONS } from './old-rows.ts'
import { beginRemoval, isRemoving, type Removal, untilRemoved } from './remove-rows.ts'

type OldTable = keyof typeof OLD_ROWS

/** Rows of single players and servers from before a cut-off, in ClickHouse. */
export interface OldRows {
  /** The tables in which a network has any. */
  find(networkId: string, cutOff: CutOff): Promise<OldTable[]>
  /**
   * Removes them from these tables. Whoever died meanwhile finds the same rows again, or removals that go on by themselves.
   *
   * @throws Error when ClickHouse cannot, or takes too long; it goes on by itself, and repeating waits for it
   */
  remove(networkId: string, cutOff: CutOff, tables: readonly OldTable[]): Promise<void>
  /** Lets the totals of players be counted anew of whom something went today. To be called when it is gone. */
  countAnew(networkId: string): Promise<void>
}

const SESSIONS = 'network_sessions'
/** Of one table. */
const REMOVAL_TIMEOUT_MS = 3_600_000

// Noted before sessions go, when they can still be told; and once more when they are gone, for then totals are other ones.
const NOTE_PLAYERS = `INSERT INTO player_changes (network_id, player_id, stored_at)
SELECT network_id, player_id, now64(3) FROM (${PLAYERS_WITH_OLD_SESSIONS})`
const NOTE_AGAIN = `INSERT INTO player_changes (network_id, player_id, stored_at)
SELECT DISTINCT network_id, player_id, now64(3) FROM player_changes WHERE network_id = {networkId:UUID}`

export function createOldRows(clickhouse: ClickHouse): OldRows {
  return {
    async find(networkId, cutOff) {
      const parameters = oldRowsParameters(networkId, cutOff)
      const found: OldTable[] = []
      for (const table of Object.keys(OLD_ROWS) as OldTable[]) {
        const rows = await clickhouse.select(`SELECT 1 FROM ${table} WHERE ${OLD_ROWS[table]} LIMIT 1`, parameters)
        if (rows.length > 0) found.push(table)
      }
      return found
    },

    async remove(networkId, cutOff, tables) {
      const parameters = oldRowsParameters(networkId, cutOff)
      if (tables.includes(SESSIONS)) await clickhouse.command(NOTE_PLAYERS, parameters)
      // One after the other: nobody waits for it, and each rewrites what others read.
      for (const table of tables) {
        const where = OLD_ROWS[table]
        const cutOffText = String(where.includes('{cutOffMs:') ? cutOff.atMs : cutOff.day)
        const removal: Removal = { table, where, parameters, ids: [networkId, cutOffText] }
        if (!(await isRemoving(clickhouse, removal))) await beginRemoval(clickhouse, removal)
        const isRemoved = await untilRemoved(clickhouse, removal, REMOVAL_TIMEOUT_MS)
        if (!isRemoved) throw new Error(`removing old rows from ${table} takes longer than an hour`)
      }
    },

    countAnew: (networkId) => clickhouse.command(NOTE_AGAIN, { networkId }),
  }
}
