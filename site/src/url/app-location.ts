import { type AppState, formatAppState, parseAppState } from './app-state.ts'
import { DEFAULT_RANGE, type Range } from './range.ts'

/** The pages of the dashboard, in the order of its navigation. Each is built as a file of its own. */
export const APP_PAGES = [
  'live',
  'players',
  'sessions',
  'events',
  'servers',
  'health',
  'settings',
  'account',
  'start',
] as const
export type AppPage = (typeof APP_PAGES)[number]

/** Where an operator looks first at the last day, not at weeks. */
const LAST_DAY: Range = { kind: 'preset', preset: '24h' }
const DEFAULT_RANGES: Partial<Readonly<Record<AppPage, Range>>> = { servers: LAST_DAY, health: LAST_DAY }

/** The time range of a page whose address names none. */
export function defaultRangeOf(page: AppPage): Range {
  return DEFAULT_RANGES[page] ?? DEFAULT_RANGE
}

/** Where somebody is: a page and its state. */
export interface AppLocation {
  readonly page: AppPage
  readonly state: AppState
}

/** Below which address the dashboard stands. */
export const APP_BASE = '/app/'

/** Where people sign in; `next` says where to go on. */
export const SIGN_IN_PATH = '/sign-in/'

/** The address where somebody signs in who then comes back here. */
export function signInHref({ pathname, search }: { readonly pathname: string; readonly search: string }): string {
  return `${SIGN_IN_PATH}?next=${encodeURIComponent(pathname + search)}`
}

/** Reads an address of the dashboard; undefined when the path is none of its pages. `/app/` is the live page. */
export function parseLocation({
  pathname,
  search,
}: {
  readonly pathname: string
  readonly search: string
}): AppLocation | undefined {
  if (!`${pathname}/`.startsWith(APP_BASE)) return undefined
  const name = pathname.slice(APP_BASE.length).replace(/\/$/, '')
  const page = name === '' ? 'live' : APP_PAGES.find((known) => known === name)
  if (page === undefined) return undefined
  return { page, state: parseAppState(new URLSearchParams(search), defaultRangeOf(page)) }
}

/** The address of a page with its state, without the host. */
export function formatLocation({ page, state }: AppLocation): string {
  const search = formatAppState(state, defaultRangeOf(page)).toString()
  return `${APP_BASE}${page}/${search === '' ? '' : `?${search}`}`
}
