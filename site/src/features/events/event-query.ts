import type { ApiInput } from '../../api/api-types.ts'
import type { AppState } from '../../url/app-state.ts'
import { filterValue } from '../explore/list-filters.ts'
import type { ListRange } from '../explore/list-range.ts'
import { parsePropertyFilter } from '../explore/property-filter.ts'
import { readUuid } from '../explore/read-uuid.ts'

type Query = ApiInput<'get', '/networks/:networkId/events'>['query']
type EventKind = NonNullable<Query['kind']>

const KINDS: readonly EventKind[] = ['custom', 'afk', 'purchase']
/** Counting reads every event of the range, so the API refuses more. */
export const NAMES_RANGE_MS_MAX = 92 * 86_400_000

/** What the API is asked for a state of the URL. What the list cannot follow is left out. */
export function eventQuery(state: Pick<AppState, 'filters' | 'search'>, range: ListRange): Query {
  const { filters } = state
  const property = parsePropertyFilter(filterValue(filters, 'property') ?? '')
  return {
    fromMs: String(range.fromMs),
    toMs: range.toMs === undefined ? undefined : String(range.toMs),
    name: filterValue(filters, 'event') || undefined,
    kind: KINDS.find((kind) => kind === filterValue(filters, 'type')),
    player: readUuid(state.search.trim()) ?? readUuid(filterValue(filters, 'player') ?? ''),
    server: filterValue(filters, 'server'),
    gamemode: filterValue(filters, 'gamemode'),
    property: property?.name,
    value: property?.value,
  }
}

/** The time that names are counted in: the end of a range that is too long to be counted. */
export function namesRange(range: ListRange, nowMs: number): { readonly range: ListRange; readonly isCut: boolean } {
  const earliestMs = (range.toMs ?? nowMs) - NAMES_RANGE_MS_MAX
  if (range.fromMs > earliestMs) return { range, isCut: false }
  // Half a day less, so that the beginning need not move with every minute.
  const stepMs = NAMES_RANGE_MS_MAX / 184
  return { range: { ...range, fromMs: Math.ceil(earliestMs / stepMs) * stepMs }, isCut: true }
}
