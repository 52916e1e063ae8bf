import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'

/** Computes the profiles of players anew of whom something was stored. Resolves with how many were due. */
export type RefreshProfiles = () => Promise<number>

const REFRESH = sqlFile(import.meta.url, 'queries/refresh-profiles.sql')
const DUE = `SELECT uniqExact(network_id, player_id) AS players, toUnixTimestamp64Milli(max(stored_at)) AS newestMs
FROM player_changes WHERE stored_at >= fromUnixTimestamp64Milli({sinceMs:Int64})`
const LAST = 'SELECT toUnixTimestamp64Milli(max(computed_at)) AS atMs FROM player_profiles'

/** Players computed at once: bounds ClickHouse's memory, however many are due after an import. */
const PLAYERS_MAX = 50_000
/** An insert may show this long after its time was taken. What is younger is computed again. */
const MARGIN_MS = 30_000

/**
 * All instants are of ClickHouse's clock. Repeating it changes nothing; after a start it goes on where the last process
 * stopped, as far as changes are kept (a day).
 */
export function createRefreshProfiles(clickhouse: ClickHouse): RefreshProfiles {
  let doneMs: number | undefined
  let seen = ''

  return async () => {
    if (doneMs === undefined) {
      const [last] = await clickhouse.select<{ atMs: number }>(LAST)
      doneMs = last?.atMs ?? 0
    }
    const sinceMs = Math.max(0, doneMs - MARGIN_MS)
    const [due] = await clickhouse.select<{ players: number; newestMs: number }>(DUE, { sinceMs })
    const found = JSON.stringify([sinceMs, due])
    if (due === undefined || due.players === 0 || found === seen) return 0
    const shares = Math.ceil(due.players / PLAYERS_MAX)
    for (let share = 0; share < shares; share++) {
      await clickhouse.command(REFRESH, { sinceMs, shares, share })
    }
    // Once more when nothing newer comes: what showed late is in it then.
    doneMs = due.newestMs
    seen = found
    return due.players
  }
}
