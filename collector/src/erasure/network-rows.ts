import pLimit from 'p-limit'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { beginRemoval, isRemoving, type Removal, untilRemoved } from './remove-rows.ts'
import { loadStoredTables } from './stored-tables.ts'

/**
 * Removes all rows of a network from ClickHouse. Resolves with the tables that had any; none when it is repeated.
 *
 * @throws Error when ClickHouse cannot, or takes too long; it goes on by itself, and repeating waits for it
 */
export type RemoveNetworkRows = (networkId: string) => Promise<string[]>

const PROFILES = 'player_profiles'
/** Of one table. A million rows take less than a second; this is for the largest. */
const REMOVAL_TIMEOUT_MS = 3_600_000
/** ClickHouse waits more than it works; more of them would be in each other's way. */
const TABLES_AT_ONCE = 4

export function createRemoveNetworkRows(clickhouse: ClickHouse): RemoveNetworkRows {
  async function removeFrom(table: string, networkId: string): Promise<boolean> {
    const where = 'network_id = {networkId:UUID}'
    const removal: Removal = { table, where, parameters: { networkId }, ids: [networkId] }
    // Looking costs milliseconds by the key; a mutation would look into every part of the table.
    const found = await clickhouse.select(`SELECT 1 FROM ${table} WHERE ${where} LIMIT 1`, { networkId })
    if (found.length === 0) return false
    if (!(await isRemoving(clickhouse, removal))) await beginRemoval(clickhouse, removal)
    const isRemoved = await untilRemoved(clickhouse, removal, REMOVAL_TIMEOUT_MS)
    if (!isRemoved) throw new Error(`removing the rows of a network from ${table} takes longer than an hour`)
    return true
  }

  return async (networkId) => {
    const tables = (await loadStoredTables(clickhouse)).map(({ name }) => name)
    const atOnce = pLimit(TABLES_AT_ONCE)
    const had: string[] = []
    // Profiles last: once player_changes is without the network, none is computed any more.
    for (const isLast of [false, true]) {
      const these = tables.filter((table) => (table === PROFILES) === isLast)
      const hadAny = await atOnce.map(these, (table) => removeFrom(table, networkId))
      had.push(...these.filter((_, place) => hadAny[place]))
    }
    return had
  }
}
