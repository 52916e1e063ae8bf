import { LIMITS } from '@mctrack/sdk/protocol'
import type { CutOff } from '../networks/index.ts'

const CUT_OFF = 'fromUnixTimestamp64Milli({cutOffMs:Int64})'
const OF_NETWORK = 'network_id = {networkId:UUID}'

/**
 * Sessions that began before the cut-off and are kept all the same: they ended after it, or are open and can still be.
 * Few, and what is told anew of a session makes it kept, never gone; so what is not among them goes.
 */
const KEPT_SESSIONS = `FROM network_sessions FINAL WHERE ${OF_NETWORK} AND started_at < ${CUT_OFF}
  AND coalesce(ended_at, started_at + INTERVAL {openMs:Int64} MILLISECOND) >= ${CUT_OFF}`

/** Sessions and stays: all rows of one go together, for an earlier one may say that it is open. */
const OF_OLD_SESSIONS = `${OF_NETWORK} AND started_at < ${CUT_OFF}
  AND session_id NOT IN (SELECT session_id ${KEPT_SESSIONS})`

/** Players who were last seen before the cut-off, by all rows that a table has of them. */
function ofPlayersNotSeen(table: string): string {
  return `${OF_NETWORK}
  AND player_id IN (SELECT player_id FROM ${table} WHERE ${OF_NETWORK} GROUP BY player_id HAVING max(last_seen_at) < ${CUT_OFF})
  AND player_id NOT IN (SELECT player_id ${KEPT_SESSIONS})`
}

function ofInstant(column: string): string {
  return `${OF_NETWORK} AND ${column} < ${CUT_OFF}`
}

/**
 * Tables whose old rows go by data retention, each with the condition for them, in the order in which they go. Profiles
 * are last: once a player is not among `players`, no profile of them is computed.
 */
export const OLD_ROWS = {
  network_sessions: OF_OLD_SESSIONS,
  gamemode_sessions: OF_OLD_SESSIONS,
  events: ofInstant('at'),
  gauges: ofInstant('at'),
  player_days: `${OF_NETWORK} AND day < toDate({cutOffDay:Int32})`,
  dead_letters: ofInstant('received_at'),
  player_changes: ofInstant('stored_at'),
  players: ofPlayersNotSeen('players'),
  player_profiles: ofPlayersNotSeen('player_profiles'),
} as const satisfies Readonly<Record<string, string>>

/** Tables whose rows stay whatever the data retention: they name nobody. */
export const KEPT_TABLES = ['ccu_samples', 'gaps', 'ingest_minutes'] as const

/** Players who stay, though sessions of theirs go: their totals are to be counted anew. */
export const PLAYERS_WITH_OLD_SESSIONS = `SELECT DISTINCT network_id, player_id FROM network_sessions
WHERE ${OF_OLD_SESSIONS}
  AND player_id IN (SELECT player_id FROM players WHERE ${OF_NETWORK} AND last_seen_at >= ${CUT_OFF})`

/** What is bound in these conditions. */
export function oldRowsParameters(networkId: string, cutOff: CutOff): Readonly<Record<string, unknown>> {
  return { networkId, cutOffMs: cutOff.atMs, cutOffDay: cutOff.day, openMs: LIMITS.sessionMsMax }
}
