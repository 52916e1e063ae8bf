import type { Sort } from '../../url/app-state.ts'
import type { Dimension, Filter } from '../../url/filters.ts'
import type { OnlinePlayer } from './online-index.ts'

/** What the bars of the live page filter by. */
export const LIVE_DIMENSIONS = ['gamemode', 'server', 'platform', 'device', 'country', 'domain', 'version'] as const
export type LiveDimension = (typeof LIVE_DIMENSIONS)[number]

export const DEFAULT_SORT: Sort = { column: 'online', direction: 'descending' }

/** The chosen values of a dimension. */
export function chosen(filters: readonly Filter[], dimension: Dimension): readonly string[] {
  return filters.find((filter) => filter.dimension === dimension && filter.operator === 'is')?.values ?? []
}

/** Those who match the filters and the name, in the order that is wanted. */
export function pickPlayers(
  players: Iterable<OnlinePlayer>,
  wanted: { readonly filters: readonly Filter[]; readonly search: string; readonly sort: Sort },
): readonly OnlinePlayer[] {
  const matches = createMatch(wanted.filters, wanted.search)
  return Array.from(players).filter(matches).sort(createOrder(wanted.sort))
}

function createMatch(filters: readonly Filter[], search: string): (player: OnlinePlayer) => boolean {
  const part = search.trim().toLowerCase()
  const values = new Map(LIVE_DIMENSIONS.map((dimension) => [dimension, new Set(chosen(filters, dimension))]))
  const isAny = (dimension: LiveDimension): boolean => values.get(dimension)?.size === 0
  const has = (dimension: LiveDimension, player: OnlinePlayer): boolean =>
    values.get(dimension)?.has(player[dimension]) === true
  const plain = LIVE_DIMENSIONS.filter(
    (dimension) => dimension !== 'platform' && dimension !== 'device' && !isAny(dimension),
  )
  return (player) => {
    if (part !== '' && !player.playerName.toLowerCase().includes(part)) return false
    if (!plain.every((dimension) => has(dimension, player))) return false
    // Platforms and devices stand in one list, of which any may be chosen.
    return (isAny('platform') && isAny('device')) || has('platform', player) || has('device', player)
  }
}

const TEXT_COLUMNS: Readonly<Record<string, (player: OnlinePlayer) => string>> = {
  name: ({ playerName }) => playerName.toLowerCase(),
  gamemode: ({ gamemode }) => gamemode,
  domain: ({ domain }) => domain,
  country: ({ country }) => country,
}

/** The longest online first, unless another order is wanted. */
function createOrder({ column, direction }: Sort): (a: OnlinePlayer, b: OnlinePlayer) => number {
  const sign = direction === 'ascending' ? 1 : -1
  const textOf = TEXT_COLUMNS[column]
  return (a, b) => {
    const byText = textOf === undefined ? 0 : compareTexts(textOf(a), textOf(b))
    if (byText !== 0) return sign * byText
    const byTime = a.startedAtMs - b.startedAtMs
    return (textOf === undefined ? -sign : 1) * byTime || compareTexts(a.playerId, b.playerId)
  }
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1
}
