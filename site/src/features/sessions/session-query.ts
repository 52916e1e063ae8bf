import type { ApiInput } from '../../api/api-types.ts'
import type { AppState } from '../../url/app-state.ts'
import { filterValue } from '../explore/list-filters.ts'
import type { ListRange } from '../explore/list-range.ts'
import { readUuid } from '../explore/read-uuid.ts'
import { REASONS } from '../explore/session-words.ts'

type Query = ApiInput<'get', '/networks/:networkId/sessions'>['query']

/** Of the API. */
const SEARCH_CHARS_MAX = 64

/** What the API is asked for a state of the URL. What the list cannot follow is left out. */
export function sessionQuery(state: Pick<AppState, 'filters' | 'search'>, range: ListRange): Query {
  const { filters } = state
  const search = state.search.trim()
  const platform = filterValue(filters, 'platform')
  const reason = filterValue(filters, 'reason')
  const open = filterValue(filters, 'state')
  const player = readUuid(search) ?? readUuid(filterValue(filters, 'player') ?? '')
  return {
    fromMs: String(range.fromMs),
    toMs: range.toMs === undefined ? undefined : String(range.toMs),
    player,
    name: readUuid(search) === undefined ? search.slice(0, SEARCH_CHARS_MAX) || undefined : undefined,
    server: filterValue(filters, 'server'),
    gamemode: filterValue(filters, 'gamemode'),
    domain: filterValue(filters, 'domain'),
    country: filterValue(filters, 'country'),
    platform: platform === 'java' || platform === 'bedrock' ? platform : undefined,
    version: filterValue(filters, 'version'),
    reason:
      reason !== undefined && Object.hasOwn(REASONS, reason) ? (reason as NonNullable<Query['reason']>) : undefined,
    open: open === 'open' ? 'true' : open === 'ended' ? 'false' : undefined,
  }
}
