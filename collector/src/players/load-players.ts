import type { ClickHouse } from '../platform/clickhouse/client.ts'
import {
  buildCandidatesQuery,
  buildNewestQuery,
  buildPlayersQuery,
  type PlayerFilter,
  type PlayerPlace,
} from './build-players-query.ts'
import { PAGE_PLAYERS_MAX, type PlayerRow } from './player.ts'

/** A page, and the one player more who tells that there is another page. More, as of an export, take all versions collapsed. */
const BY_CANDIDATES_MAX = PAGE_PLAYERS_MAX + 1
/** Players looked at beyond the page, for those that are elsewhere since: a share of it, and at least so many. */
const SPARE = 0.25
const SPARE_MIN = 12
/** Versions of a player that may lie beside each other in the order, until a merge leaves one. */
const VERSIONS = 4

/**
 * Players of one network in the order of the list, at most `filter.limit`.
 *
 * A profile may lie there in several versions, and to collapse those of all players takes most of what a page costs. So
 * the first versions in the order are looked up, then the newest ones of their players: those that still match, and are
 * not behind the last candidate, are the page. When that leaves too few, all versions are collapsed after all.
 */
export async function loadPlayers(clickhouse: ClickHouse, filter: PlayerFilter): Promise<PlayerRow[]> {
  if (filter.playerId === undefined && filter.limit <= BY_CANDIDATES_MAX) {
    const players = filter.limit + Math.max(SPARE_MIN, Math.ceil(filter.limit * SPARE))
    const { playerIds, upTo } = await loadCandidates(clickhouse, filter, players)
    if (playerIds.length === 0) return []
    const { sql, parameters } = buildNewestQuery(filter, playerIds, upTo)
    const page = await clickhouse.select<PlayerRow>(sql, parameters)
    if (upTo === undefined || page.length === filter.limit) return page
  }
  const { sql, parameters } = buildPlayersQuery(filter)
  return clickhouse.select<PlayerRow>(sql, parameters)
}

/** The first players of the order by any of their versions; `upTo` is the last one's place when there may be more. */
async function loadCandidates(
  clickhouse: ClickHouse,
  filter: PlayerFilter,
  players: number,
): Promise<{ readonly playerIds: readonly string[]; readonly upTo: PlayerPlace | undefined }> {
  const most = players * VERSIONS
  const { sql, parameters } = buildCandidatesQuery(filter, most)
  const candidates = await clickhouse.select<PlayerPlace>(sql, parameters)
  const playerIds = new Set<string>()
  let upTo: PlayerPlace | undefined
  for (const candidate of candidates) {
    if (playerIds.size === players && !playerIds.has(candidate.playerId)) break
    playerIds.add(candidate.playerId)
    upTo = candidate
  }
  const isAll = candidates.length < most && upTo === candidates.at(-1)
  return { playerIds: Array.from(playerIds), upTo: isAll ? undefined : upTo }
}
