import type { Query } from '../platform/clickhouse/query.ts'
import type { Cursor } from '../platform/http/cursor.ts'
import type { EventKind } from './event.ts'

/** Which events are asked for. Times in Unix milliseconds. */
export interface EventFilter {
  readonly networkId: string
  /** Events in [fromMs, beforeMs). */
  readonly fromMs: number
  readonly beforeMs: number
  /** Continue below this event, in the order of the list. */
  readonly below?: Cursor
  readonly kind?: EventKind
  /** Purchases tell of revenue, which not everybody may see. */
  readonly withPurchases: boolean
  readonly name?: string
  readonly playerId?: string
  readonly sessionId?: string
  readonly server?: string
  /** What the player played at the time. */
  readonly gamemode?: string
  /** A text that equals it, or a number, true or false that is written so. */
  readonly property?: { readonly name: string; readonly value: string }
  readonly limit: number
}

/** A game mode is known of an event when the player's stay began at most this long before. */
export const STAY_LOOKBACK_MS = 86_400_000

const COLUMNS = `toString(event_id) AS eventId, kind, name, toUnixTimestamp64Milli(at) AS atMs, toString(session_id) AS sessionId,
  toString(player_id) AS playerId, server_name AS server, properties`

/** What the stays say about each of the events: the game mode of the last stay of its session that began before it. */
const IN_GAMEMODE = (events: string): string => `event_id IN (
    SELECT event_id
    FROM (SELECT event_id, session_id, at FROM events WHERE ${events}) AS e
    ASOF INNER JOIN (
      SELECT session_id, started_at, argMax(gamemode, version) AS gamemode
      FROM gamemode_sessions
      WHERE network_id = {networkId:UUID}
        AND started_at >= fromUnixTimestamp64Milli({stayFromMs:Int64})
        AND started_at < fromUnixTimestamp64Milli({beforeMs:Int64})
        AND session_id IN (SELECT session_id FROM events WHERE ${events})
      GROUP BY session_id, started_at, ordinal
    ) AS s ON e.session_id = s.session_id AND e.at >= s.started_at
    WHERE s.gamemode = {gamemode:String}
  )`

/**
 * Events of one network, newest first; one that is stored twice may come twice, one after the other. Served by the
 * order key (network_id, day, name, at) and the index of `at`; the caller keeps the span short.
 */
export function buildEventsQuery(filter: EventFilter): Query {
  const { networkId, fromMs, beforeMs, limit } = filter
  const conditions = [
    'network_id = {networkId:UUID}',
    'at >= fromUnixTimestamp64Milli({fromMs:Int64})',
    'at < fromUnixTimestamp64Milli({beforeMs:Int64})',
  ]
  const parameters: Record<string, unknown> = { networkId, fromMs, beforeMs, limit }

  function where(condition: string, values: Readonly<Record<string, unknown>>): void {
    conditions.push(condition)
    Object.assign(parameters, values)
  }
  const { below, kind, withPurchases, name, playerId, sessionId, server, gamemode, property } = filter
  if (below !== undefined) {
    where('(at, event_id) < (fromUnixTimestamp64Milli({belowMs:Int64}), {belowId:UUID})', {
      belowMs: below.atMs,
      belowId: below.id,
    })
  }
  if (!withPurchases) conditions.push("kind != 'purchase'")
  if (kind !== undefined) where('kind = {kind:String}', { kind })
  if (name !== undefined) where('name = {name:String}', { name })
  if (playerId !== undefined) where('player_id = {playerId:UUID}', { playerId })
  if (sessionId !== undefined) where('session_id = {sessionId:UUID}', { sessionId })
  if (server !== undefined) where('server_name = {server:String}', { server })
  if (property !== undefined) {
    where(
      `JSONHas(properties, {propertyName:String})
  AND (JSONExtractString(properties, {propertyName:String}) = {propertyValue:String}
    OR JSONExtractRaw(properties, {propertyName:String}) = {propertyValue:String})`,
      { propertyName: property.name, propertyValue: property.value },
    )
  }
  if (gamemode !== undefined) {
    where(IN_GAMEMODE(conditions.join(' AND ')), { gamemode, stayFromMs: fromMs - STAY_LOOKBACK_MS })
  }
  const sql = `SELECT ${COLUMNS}
FROM events
WHERE ${conditions.join('\n  AND ')}
ORDER BY at DESC, event_id DESC
LIMIT {limit:UInt32}`
  return { sql, parameters }
}
