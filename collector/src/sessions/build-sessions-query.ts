import { END_REASONS, LIMITS } from '@mctrack/sdk/protocol'
import type { Query } from '../platform/clickhouse/query.ts'
import type { Cursor } from '../platform/http/cursor.ts'

/** Why sessions end, as they are stored: the protocol's reasons, and one for those of newer senders. */
export const STORED_REASONS = [...END_REASONS, 'other'] as const

/** What sessions are asked for. Times in Unix milliseconds. */
export interface SessionFilter {
  readonly networkId: string
  /** Sessions that began in [fromMs, beforeMs). */
  readonly fromMs: number
  readonly beforeMs: number
  /** Continue below this session, in the order of the list. */
  readonly below?: Cursor
  readonly sessionId?: string
  readonly playerId?: string
  readonly playerName?: string
  readonly server?: string
  /** Played at any time of the session. */
  readonly gamemode?: string
  readonly reason?: (typeof STORED_REASONS)[number]
  readonly domain?: string
  readonly country?: string
  readonly platform?: 'java' | 'bedrock'
  readonly version?: string
  readonly isOpen?: boolean
  /** Also sessions of players who were counted through another one. */
  readonly withSecondary: boolean
  readonly limit: number
}

/** One row of the answer. */
export interface SessionRow {
  readonly sessionId: string
  readonly playerId: string
  readonly playerName: string
  readonly server: string
  readonly serverKind: 'proxy' | 'backend'
  readonly startedAtMs: number
  readonly endedAtMs: number | null
  readonly endReason: string
  readonly afkMs: number
  readonly domain: string
  readonly platform: 'java' | 'bedrock'
  readonly device: string
  readonly country: string
  readonly protocolVersion: number
  readonly version: string
  readonly isSecondary: boolean
}

const COLUMNS = `toString(session_id) AS sessionId, toString(player_id) AS playerId, player_name AS playerName,
  server_name AS server, server_kind AS serverKind, toUnixTimestamp64Milli(started_at) AS startedAtMs,
  if(isNull(ended_at), NULL, toUnixTimestamp64Milli(assumeNotNull(ended_at))) AS endedAtMs, end_reason AS endReason,
  afk_ms AS afkMs, domain, platform, device, country, protocol_version AS protocolVersion,
  client_version AS version, is_secondary AS isSecondary`

const RANGE = `network_id = {networkId:UUID}
  AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64})
  AND started_at < fromUnixTimestamp64Milli({beforeMs:Int64})`

/** Sessions with a stay in a game mode. A stay begins within its session, which lasts no longer than is believed. */
const IN_GAMEMODE = `session_id IN (
    SELECT session_id
    FROM gamemode_sessions
    WHERE network_id = {networkId:UUID}
      AND gamemode = {gamemode:String}
      AND started_at >= fromUnixTimestamp64Milli({fromMs:Int64})
      AND started_at < fromUnixTimestamp64Milli({staysBeforeMs:Int64})
  )`

/** Of one player, by the projection by_player_order, which FINAL would pass by. */
const OF_PLAYER = `(
  SELECT
    session_id, player_id, player_name, server_name, server_kind, started_at, ended_at, end_reason, afk_ms, domain,
    platform, device, country, protocol_version, client_version, is_secondary
  FROM network_sessions
  WHERE ${RANGE}
  AND player_id = {playerId:UUID}
  ORDER BY version DESC
  LIMIT 1 BY started_at, session_id
)
WHERE true`

/**
 * Sessions of one network, newest first. Those of one player are served by a projection; all others by the order key
 * (network_id, started_at, session_id), and the caller keeps the span of time short, because FINAL reads all of it.
 */
export function buildSessionsQuery(filter: SessionFilter): Query {
  const conditions: string[] = []
  const { networkId, fromMs, beforeMs, limit } = filter
  const parameters: Record<string, unknown> = { networkId, fromMs, beforeMs, limit }

  function where(condition: string, values: Readonly<Record<string, unknown>>): void {
    conditions.push(condition)
    Object.assign(parameters, values)
  }

  if (filter.below !== undefined) {
    where('(started_at, session_id) < (fromUnixTimestamp64Milli({belowMs:Int64}), {belowId:UUID})', {
      belowMs: filter.below.atMs,
      belowId: filter.below.id,
    })
  }
  if (filter.playerId !== undefined) parameters['playerId'] = filter.playerId
  if (filter.playerName !== undefined) {
    where('positionCaseInsensitiveUTF8(player_name, {playerName:String}) > 0', { playerName: filter.playerName })
  }
  if (filter.sessionId !== undefined) where('session_id = {sessionId:UUID}', { sessionId: filter.sessionId })
  if (filter.server !== undefined) where('server_name = {server:String}', { server: filter.server })
  if (filter.domain !== undefined) where('domain = {domain:String}', { domain: filter.domain })
  if (filter.country !== undefined) where('country = {country:String}', { country: filter.country })
  if (filter.platform !== undefined) where('platform = {platform:String}', { platform: filter.platform })
  if (filter.version !== undefined) where('client_version = {version:String}', { version: filter.version })
  if (filter.reason !== undefined) {
    where('end_reason = {reason:String} AND isNotNull(ended_at)', { reason: filter.reason })
  }
  if (filter.gamemode !== undefined) {
    where(IN_GAMEMODE, { gamemode: filter.gamemode, staysBeforeMs: beforeMs + LIMITS.sessionMsMax })
  }
  if (filter.isOpen !== undefined) where(filter.isOpen ? 'isNull(ended_at)' : 'isNotNull(ended_at)', {})
  if (!filter.withSecondary) where('NOT is_secondary', {})

  const sql = `SELECT ${COLUMNS}
FROM ${[filter.playerId === undefined ? `network_sessions FINAL\nWHERE ${RANGE}` : OF_PLAYER, ...conditions].join('\n  AND ')}
ORDER BY started_at DESC, session_id DESC
LIMIT {limit:UInt32}`
  return { sql, parameters }
}
