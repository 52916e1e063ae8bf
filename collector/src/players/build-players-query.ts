import type { Query } from '../platform/clickhouse/query.ts'
import type { PlayerSort } from './player.ts'

/** Which players are asked for. Times in Unix milliseconds; ranges are [from, before). */
export interface PlayerFilter {
  readonly networkId: string
  readonly playerId?: string
  /** Part of the name, in any case. */
  readonly namePart?: string
  /** Of the first session. */
  readonly platform?: 'java' | 'bedrock'
  readonly country?: string
  readonly domain?: string
  readonly firstSeenFromMs?: number
  readonly firstSeenBeforeMs?: number
  /** Who is online was last seen now. */
  readonly lastSeenFromMs?: number
  readonly lastSeenBeforeMs?: number
  readonly isOnline?: boolean
  readonly sort: PlayerSort
  readonly order: 'asc' | 'desc'
  /** Continue after this player, in the order of the list. */
  readonly after?: { readonly rank: number | string; readonly playerId: string }
  readonly nowMs: number
  readonly limit: number
}

/** Online players come before all others who were seen. */
const ONLINE_MS = 1_000_000_000_000_000
const RANKS: Readonly<Record<PlayerSort, string>> = {
  lastSeen: `toUnixTimestamp64Milli(last_seen_at) + if(is_online, ${ONLINE_MS}, 0)`,
  firstSeen: 'toUnixTimestamp64Milli(first_seen_at)',
  name: 'lowerUTF8(name)',
  playtime: 'toInt64(playtime_ms)',
  sessions: 'toInt64(sessions)',
}

const COLUMNS = `toString(player_id) AS playerId, name, toUnixTimestamp64Milli(first_seen_at) AS firstSeenAtMs,
  toUnixTimestamp64Milli(last_seen_at) AS lastSeenAtMs, first_domain AS domain, first_country AS country,
  first_platform AS platform, last_device AS device, sessions, playtime_ms AS playtimeMs, afk_ms AS afkMs,
  is_online AS isOnline`

/**
 * Players of one network in an order. Served by the order key (network_id, player_id): all profiles of the network are
 * looked at, of the columns that are asked for, and the rest is read of the rows that are answered.
 */
export function buildPlayersQuery(filter: PlayerFilter): Query {
  const conditions = ['network_id = {networkId:UUID}']
  const parameters: Record<string, unknown> = { networkId: filter.networkId, limit: filter.limit }
  const rank = RANKS[filter.sort]

  function where(condition: string, values: Readonly<Record<string, unknown>> = {}): void {
    conditions.push(condition)
    Object.assign(parameters, values)
  }
  const { playerId, namePart, platform, country, domain, after } = filter
  if (playerId !== undefined) where('player_id = {playerId:UUID}', { playerId })
  if (namePart !== undefined) where('positionCaseInsensitiveUTF8(name, {namePart:String}) > 0', { namePart })
  if (platform !== undefined) where('first_platform = {platform:String}', { platform })
  if (country !== undefined) where('first_country = {country:String}', { country })
  if (domain !== undefined) where('first_domain = {domain:String}', { domain })
  const { firstSeenFromMs, firstSeenBeforeMs, lastSeenFromMs, lastSeenBeforeMs, isOnline, nowMs } = filter
  if (firstSeenFromMs !== undefined) {
    where('first_seen_at >= fromUnixTimestamp64Milli({firstSeenFromMs:Int64})', { firstSeenFromMs })
  }
  if (firstSeenBeforeMs !== undefined) {
    where('first_seen_at < fromUnixTimestamp64Milli({firstSeenBeforeMs:Int64})', { firstSeenBeforeMs })
  }
  if (lastSeenFromMs !== undefined && lastSeenFromMs > nowMs) where('false')
  else if (lastSeenFromMs !== undefined) {
    where('(is_online OR last_seen_at >= fromUnixTimestamp64Milli({lastSeenFromMs:Int64}))', { lastSeenFromMs })
  }
  if (lastSeenBeforeMs !== undefined && lastSeenBeforeMs <= nowMs) {
    where('NOT is_online AND last_seen_at < fromUnixTimestamp64Milli({lastSeenBeforeMs:Int64})', { lastSeenBeforeMs })
  }
  if (isOnline !== undefined) where(isOnline ? 'is_online' : 'NOT is_online')
  if (after !== undefined) {
    const type = typeof after.rank === 'string' ? 'String' : 'Int64'
    const sign = filter.order === 'asc' ? '>' : '<'
    where(`(${rank}, player_id) ${sign} ({afterRank:${type}}, {afterId:UUID})`, {
      afterRank: after.rank,
      afterId: after.playerId,
    })
  }
  const direction = filter.order === 'asc' ? 'ASC' : 'DESC'
  const sql = `SELECT ${COLUMNS}, ${rank} AS rank
FROM player_profiles FINAL
WHERE ${conditions.join('\n  AND ')}
ORDER BY ${rank} ${direction}, player_id ${direction}
LIMIT {limit:UInt32}`
  return { sql, parameters }
}
