import type { ClickHouse } from '../platform/clickhouse/client.ts'
import {
  buildCandidatesQuery,
  buildNewestQuery,
  buildPlayersQuery,
  type PlayerFilter,
  type PlayerPlace,
} from './build-players-query.ts'
import type { PlayerRow } from './player.ts'

/** Up to here a page is found by candidates; more rows, as of an export, are read with all versions collapsed. */
const CANDIDATES_MAX = 1_000
/** Candidates beyond the page, for those that were computed again since: a share of it, and at least so many. */
const SPARE = 0.25
const SPARE_MIN = 12

/**
 * Players of one network in the order of the list, at most `filter.limit`.
 *
 * A profile may lie there in several versions, and to collapse those of all players takes most of what a page costs. So
 * the first versions in the order are looked up, then the newest ones of their players: those that still match, and are
 * not behind the last candidate, are the page. When that leaves too few, all versions are collapsed after all.
 */
export async function loadPlayers(clickhouse: ClickHouse, filter: PlayerFilter): Promise<PlayerRow[]> {
  const most = filter.limit + Math.max(SPARE_MIN, Math.ceil(filter.limit * SPARE))
  if (filter.playerId === undefined && most <= CANDIDATES_MAX) {
    const asked = buildCandidatesQuery(filter, most)
    const candidates = await clickhouse.select<PlayerPlace>(asked.sql, asked.parameters)
    if (candidates.length === 0) return []
    const playerIds = Array.from(new Set(candidates.map(({ playerId }) => playerId)))
    const upTo = candidates.length < most ? undefined : candidates.at(-1)
    const newest = buildNewestQuery(filter, playerIds, upTo)
    const page = await clickhouse.select<PlayerRow>(newest.sql, newest.parameters)
    if (upTo === undefined || page.length === filter.limit) return page
  }
  const { sql, parameters } = buildPlayersQuery(filter)
  return clickhouse.select<PlayerRow>(sql, parameters)
}
