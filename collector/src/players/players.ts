import { formatUuid, parseUuid } from '@mctrack/sdk/protocol'
import { keyOf, type Registry } from '../live/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Pages } from '../platform/export/answer-export.ts'
import type { PlayerFilter } from './build-players-query.ts'
import type { PlayerRow } from './player.ts'
import { formatPlayerCursor, parsePlayerCursor } from './player-cursor.ts'
import type { PlayerStore } from './player-store.ts'
import type { PlayerFilterQuery } from './schemas.ts'

/** Players of networks: what is stored of them, and who is online by the live registry. */
export interface Players {
  list(
    networkId: string,
    query: PlayerFilterQuery,
    page: { readonly cursor: string | undefined; readonly limit: number },
  ): Promise<{ readonly players: PlayerJson[]; readonly nextCursor: string | null }>
  /** All that match, in the order of the list. */
  pages(networkId: string, query: PlayerFilterQuery): Pages<PlayerJson>
  /** @throws MctrackError PLAYER_NOT_FOUND */
  show(networkId: string, playerId: string): Promise<PlayerDetailsJson>
}

export type PlayerJson = ReturnType<ReturnType<typeof createToJson>>
export type PlayerDetailsJson = Awaited<ReturnType<ReturnType<typeof createShow>>>

export interface PlayersDeps {
  readonly store: PlayerStore
  readonly registry: Registry
  readonly optedOutAtMs: (networkId: string, playerId: string) => number | null
  readonly now: () => number
}

/** Rows of one page of an export. */
const EXPORT_PAGE_ROWS = 10_000

export function createPlayers(deps: PlayersDeps): Players {
  const { store, now } = deps
  const toJson = createToJson(deps)

  return {
    async list(networkId, query, { cursor, limit }) {
      const filter = toFilter(networkId, query, now())
      const after = cursor === undefined ? undefined : readCursor(cursor, filter)
      const rows = await store.loadPlayers({ ...filter, ...(after && { after }), limit: limit + 1 })
      const page = rows.slice(0, limit)
      const last = page.at(-1)
      const isMore = rows.length > limit && last !== undefined
      return {
        players: page.map((row) => toJson(networkId, row)),
        nextCursor: isMore ? formatPlayerCursor([filter.sort, filter.order, last.rank, last.playerId]) : null,
      }
    },

    async *pages(networkId, query) {
      const filter = toFilter(networkId, query, now())
      let after: PlayerFilter['after']
      for (;;) {
        const rows = await store.loadPlayers({ ...filter, ...(after && { after }), limit: EXPORT_PAGE_ROWS })
        if (rows.length > 0) yield rows.map((row) => toJson(networkId, row))
        after = rows.at(-1)
        if (rows.length < EXPORT_PAGE_ROWS) return
      }
    },

    show: createShow(deps),
  }
}

/** @throws MctrackError QUERY_INVALID for a cursor of another list */
function readCursor(text: string, { sort, order }: PlayerFilter): PlayerFilter['after'] {
  const cursor = parsePlayerCursor(text)
  if (cursor === undefined) throw new MctrackError('QUERY_INVALID', 'The cursor is not one of ours.')
  const [itsSort, itsOrder, rank, playerId] = cursor
  if (itsSort !== sort || itsOrder !== order) {
    throw new MctrackError('QUERY_INVALID', 'The cursor is of a list in another order. Begin at the first page.')
  }
  return { rank, playerId }
}

function toFilter(networkId: string, query: PlayerFilterQuery, nowMs: number): PlayerFilter {
  const { search, platform, country, domain, online, sort } = query
  const { firstSeenFromMs, firstSeenToMs, lastSeenFromMs, lastSeenToMs } = query
  const playerId = search === undefined ? undefined : toUuid(search)
  return {
    networkId,
    ...(playerId !== undefined && { playerId }),
    ...(search !== undefined && playerId === undefined && { namePart: search }),
    ...(platform !== undefined && { platform }),
    ...(country !== undefined && { country }),
    ...(domain !== undefined && { domain }),
    ...(firstSeenFromMs !== undefined && { firstSeenFromMs }),
    ...(firstSeenToMs !== undefined && { firstSeenBeforeMs: firstSeenToMs }),
    ...(lastSeenFromMs !== undefined && { lastSeenFromMs }),
    ...(lastSeenToMs !== undefined && { lastSeenBeforeMs: lastSeenToMs }),
    ...(online !== undefined && { isOnline: online === 'true' }),
    sort,
    order: query.order ?? (sort === 'name' ? 'asc' : 'desc'),
    nowMs,
    limit: 0,
  }
}

const UUID_WITHOUT_DASHES = /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/

/** A UUID as it is pasted, or undefined for anything else. */
function toUuid(text: string): string | undefined {
  const dashed = text.trim().toLowerCase().replace(UUID_WITHOUT_DASHES, '$1-$2-$3-$4-$5')
  return parseUuid(dashed) === undefined ? undefined : dashed
}

function createFindOnline(registry: Registry) {
  return (networkId: string, playerId: string) => {
    const id = parseUuid(playerId)
    const found = id === undefined ? undefined : registry.network(networkId).presence.find(keyOf(id))
    if (found === undefined) return null
    const { primary, values } = found
    const { sessionId, startedAtMs } = primary
    return { sessionId: formatUuid(sessionId), server: values.server, gamemode: values.gamemode, startedAtMs }
  }
}

function createToJson({ registry, now }: PlayersDeps) {
  const findOnline = createFindOnline(registry)
  return (networkId: string, { rank: _, isOnline: __, lastSeenAtMs, ...row }: PlayerRow) => {
    const online = findOnline(networkId, row.playerId)
    return { ...row, lastSeenAtMs: online === null ? lastSeenAtMs : now(), online }
  }
}

function createShow({ store, registry, optedOutAtMs, now }: PlayersDeps) {
  const findOnline = createFindOnline(registry)
  return async (networkId: string, playerId: string) => {
    const details = await store.loadDetails(networkId, playerId)
    if (details === undefined) throw new MctrackError('PLAYER_NOT_FOUND')
    const { totals, names, domains, gamemodes } = details
    const { firstDomain, firstCountry, firstPlatform, device, country, version, longestMs, ...same } = totals
    const online = findOnline(networkId, playerId)
    return {
      playerId,
      ...same,
      lastSeenAtMs: online === null ? same.lastSeenAtMs : now(),
      online,
      first: { domain: firstDomain, country: firstCountry, platform: firstPlatform },
      last: { device, country, version },
      longestSessionMs: longestMs,
      optedOutAtMs: optedOutAtMs(networkId, playerId),
      names: [...names],
      domains: [...domains],
      gamemodes: [...gamemodes],
    }
  }
}
