import { appendFilters, type Filter, normalizeFilters, parseFilters } from './filters.ts'
import { DEFAULT_RANGE, formatRange, parseRange, type Range } from './range.ts'

/** What the numbers are compared with. */
export const COMPARISONS = ['previous', 'weekday', 'year', 'none'] as const
export type Comparison = (typeof COMPARISONS)[number]

export interface Sort {
  readonly column: string
  readonly direction: 'ascending' | 'descending'
}

/** Everything about a screen that one would share with a colleague. It stands in the URL and nowhere else. */
export interface AppState {
  /** Id of the network, or undefined for the first one that the person may see. */
  readonly network: string | undefined
  readonly range: Range
  readonly compare: Comparison
  readonly filters: readonly Filter[]
  /** What was typed into the search of the page. */
  readonly search: string
  readonly sort: Sort | undefined
  readonly cursor: string | undefined
  /** Id of the one thing that is opened: a player, a session, a server. */
  readonly open: string | undefined
  /** The part of a page that has several, such as the keys in the settings. */
  readonly tab: string | undefined
  /** Names of the charts that are shown as tables. */
  readonly tables: readonly string[]
}

export const DEFAULT_STATE: AppState = {
  network: undefined,
  range: DEFAULT_RANGE,
  compare: 'previous',
  filters: [],
  search: '',
  sort: undefined,
  cursor: undefined,
  open: undefined,
  tab: undefined,
  tables: [],
}

const ID = /^[\w-]{1,64}$/
/** Servers are opened by their names, which are the senders' to choose; but a browser would take dots for a folder. */
const OPEN = /^(?!\.{1,2}$)[^\p{C}]{1,64}$/u
const WORD = /^[a-z][a-z0-9-]{0,31}$/i
const CURSOR = /^[\w.~=-]{1,512}$/
const SEARCH_CHARS_MAX = 200
const TABLES_MAX = 20

/** Reads the state of a URL. What is missing or makes no sense is the default; it never throws. */
export function parseAppState(params: URLSearchParams, defaultRange: Range = DEFAULT_RANGE): AppState {
  const search = params.get('q') ?? ''
  return {
    network: matching(ID, params.get('network')),
    range: parseRange(params.get('range') ?? '') ?? defaultRange,
    compare: COMPARISONS.find((known) => known === params.get('compare')) ?? DEFAULT_STATE.compare,
    filters: parseFilters(params),
    search: search.isWellFormed() ? search.slice(0, SEARCH_CHARS_MAX).toWellFormed() : '',
    sort: parseSort(params.get('sort') ?? ''),
    cursor: matching(CURSOR, params.get('cursor')),
    open: matching(OPEN, params.get('open')),
    tab: matching(WORD, params.get('tab')),
    tables: normalizeTables(params.getAll('table')),
  }
}

/** Writes the state: always in the same order, and what is the default is left out. */
export function formatAppState(state: AppState, defaultRange: Range = DEFAULT_RANGE): URLSearchParams {
  const params = new URLSearchParams()
  const set = (name: string, value: string | undefined, preset?: string): void => {
    if (value !== undefined && value !== '' && value !== preset) params.set(name, value)
  }
  set('network', state.network)
  set('range', formatRange(state.range), formatRange(defaultRange))
  set('compare', state.compare, DEFAULT_STATE.compare)
  appendFilters(params, state.filters)
  set('q', state.search)
  set('sort', state.sort && `${state.sort.direction === 'descending' ? '-' : ''}${state.sort.column}`)
  set('cursor', state.cursor)
  set('open', state.open)
  set('tab', state.tab)
  for (const table of normalizeTables(state.tables)) params.append('table', table)
  return params
}

/**
 * The state after a change. What the cursor counted is no longer the same list when anything but itself, an opened
 * thing or a chart's table changes, so it goes.
 */
export function changeAppState(state: AppState, change: Partial<AppState>): AppState {
  const next = { ...state, ...change }
  const keepsList = Object.keys(change).every((key) => ['cursor', 'open', 'tables', 'compare'].includes(key))
  return { ...next, cursor: keepsList ? next.cursor : change.cursor, filters: normalizeFilters(next.filters) }
}

/** Shows one chart as a table, or as a chart again. */
export function toggleTable(state: AppState, table: string): Partial<AppState> {
  const { tables } = state
  return {
    tables: normalizeTables(tables.includes(table) ? tables.filter((name) => name !== table) : [...tables, table]),
  }
}

function parseSort(text: string): Sort | undefined {
  if (text === '') return undefined
  const column = text.replace(/^-/, '')
  if (!WORD.test(column)) return undefined
  return { column, direction: text.startsWith('-') ? 'descending' : 'ascending' }
}

function normalizeTables(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => WORD.test(name)))].sort().slice(0, TABLES_MAX)
}

function matching(pattern: RegExp, text: string | null): string | undefined {
  return text !== null && pattern.test(text) ? text : undefined
}
