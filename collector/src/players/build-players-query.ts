import type { Query } from '../platform/clickhouse/query.ts'
import type { PlayerSort } from './player.ts'

/** Where a player is in the order of a list. */
export interface PlayerPlace {
  readonly rank: number | string
  readonly playerId: string
}

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
  readonly after?: PlayerPlace
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
 * Players of one network in an order, as they were computed last. Served by the order key (network_id, player_id): all
 * profiles of the network are read, with all of their columns, and their versions collapsed.
 */
export function buildPlayersQuery(filter: PlayerFilter): Query {
  const { where, parameters } = conditionsOf(filter)
  const sql = `SELECT ${COLUMNS}, ${RANKS[filter.sort]} AS rank
FROM player_profiles FINAL
${where}
${orderOf(filter)}
LIMIT {limit:UInt32}`
  return { sql, parameters: { ...parameters, limit: filter.limit } }
}

/**
 * The first versions of profiles in the order of the list, some of which may have been computed again since. Of all
 * profiles of the network it reads the few columns that the question names.
 */
export function buildCandidatesQuery(filter: PlayerFilter, most: number): Query {
  const { where, parameters } = conditionsOf(filter)
  const sql = `SELECT toString(player_id) AS playerId, ${RANKS[filter.sort]} AS rank
FROM player_profiles
${where}
${orderOf(filter)}
LIMIT {most:UInt32}`
  return { sql, parameters: { ...parameters, most } }
}

/**
 * Those of some players who match as they were computed last, in the order of the list.
 *
 * @param upTo none behind this place of the order
 */
export function buildNewestQuery(filter: PlayerFilter, playerIds: readonly string[], upTo?: PlayerPlace): Query {
  const { where, parameters } = conditionsOf(filter, upTo)
  const sql = `SELECT ${COLUMNS}, ${RANKS[filter.sort]} AS rank
FROM (
  SELECT *
  FROM player_profiles
  WHERE network_id = {networkId:UUID} AND player_id IN {playerIds:Array(UUID)}
  ORDER BY computed_at DESC
  LIMIT 1 BY player_id
)
${where}
${orderOf(filter)}
LIMIT {limit:UInt32}`
  return { sql, parameters: { ...parameters, playerIds, limit: filter.limit } }
}

function orderOf({ sort, order }: PlayerFilter): string {
  const direction = order === 'asc' ? 'ASC' : 'DESC'
  return `ORDER BY ${RANKS[sort]} ${direction}, player_id ${direction}`
}

function conditionsOf(
  filter: PlayerFilter,
  upTo?: PlayerPlace,
): { readonly where: string; readonly parameters: Query['parameters'] } {
  const conditions = ['network_id = {networkId:UUID}']
  const parameters: Record<string, unknown> = { networkId: filter.networkId }

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
  const [behind, before] = filter.order === 'asc' ? ['>', '<='] : ['<', '>=']
  const place = `(${RANKS[filter.sort]}, player_id)`
  const type = filter.sort === 'name' ? 'String' : 'Int64'
  if (after !== undefined) {
    where(`${place} ${behind} ({afterRank:${type}}, {afterId:UUID})`, {
      afterRank: after.rank,
      afterId: after.playerId,
    })
  }
  if (upTo !== undefined) {
    where(`${place} ${before} ({upToRank:${type}}, {upToId:UUID})`, { upToRank: upTo.rank, upToId: upTo.playerId })
  }
  return { where: `WHERE ${conditions.join('\n  AND ')}`, parameters }
}
