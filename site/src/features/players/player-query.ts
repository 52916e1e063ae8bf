import type { ApiInput } from '../../api/api-types.ts'
import type { AppState, Sort } from '../../url/app-state.ts'
import { filterValue } from '../explore/list-filters.ts'
import { readRangeFilter } from '../explore/list-range.ts'

type Query = ApiInput<'get', '/networks/:networkId/players'>['query']
type PlayerSort = NonNullable<Query['sort']>

const SORTS: readonly PlayerSort[] = ['lastSeen', 'firstSeen', 'name', 'playtime', 'sessions']
/** Who was here last is what most come to see. */
export const DEFAULT_SORT: Sort = { column: 'lastSeen', direction: 'descending' }
/** Of the API. */
const SEARCH_CHARS_MAX = 64
const STEP_MS = 60_000

/** What the API is asked for a state of the URL. What the list cannot follow is left out. */
export function playerQuery(
  state: Pick<AppState, 'filters' | 'search' | 'sort'>,
  options: { readonly nowMs: number; readonly timeZone: string },
): Query {
  const { filters } = state
  const platform = filterValue(filters, 'platform')
  const online = filterValue(filters, 'state')
  // Whole minutes, so that the question does not change with every second.
  const times = { ...options, nowMs: Math.floor(options.nowMs / STEP_MS) * STEP_MS }
  const first = readRangeFilter(filterValue(filters, 'first-seen'), times)
  const last = readRangeFilter(filterValue(filters, 'last-seen'), times)
  const sort = shownSort(state.sort)
  return {
    search: state.search.trim().slice(0, SEARCH_CHARS_MAX) || undefined,
    platform: platform === 'java' || platform === 'bedrock' ? platform : undefined,
    country: filterValue(filters, 'country'),
    domain: filterValue(filters, 'domain'),
    firstSeenFromMs: toText(first?.fromMs),
    firstSeenToMs: toText(first?.toMs),
    lastSeenFromMs: toText(last?.fromMs),
    lastSeenToMs: toText(last?.toMs),
    online: online === 'online' ? 'true' : online === 'offline' ? 'false' : undefined,
    sort: sort.column as PlayerSort,
    order: sort.direction === 'ascending' ? 'asc' : 'desc',
  }
}

/** The order of the list; one that the API does not know is that of the default. */
export function shownSort(sort: Sort | undefined): Sort {
  return sort !== undefined && (SORTS as readonly string[]).includes(sort.column) ? sort : DEFAULT_SORT
}

function toText(atMs: number | undefined): string | undefined {
  return atMs === undefined ? undefined : String(atMs)
}
