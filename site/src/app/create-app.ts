import { createMemo, createSignal } from 'solid-js'
import { type ApiClient, createApiClient } from '../api/client.ts'
import { sleep } from '../api/sleep.ts'
import { createMemoLater } from '../components/create-memo-later.ts'
import { createNow } from '../components/create-now.ts'
import { LOCALE } from '../components/format-context.ts'
import { createFormatters } from '../format/formatters.ts'
import { createTheme } from '../theme/create-theme.ts'
import { type AppPage, defaultRangeOf, formatLocation, signInHref } from '../url/app-location.ts'
import { type AppState, changeAppState, DEFAULT_STATE } from '../url/app-state.ts'
import { formatRange, resolveRange } from '../url/range.ts'
import type { App } from './app-context.ts'
import type { AppSources, NetworkSummary } from './app-sources.ts'
import { createRouter } from './create-router.ts'
import { createNotices } from './notices.ts'

const MINUTE_MS = 60_000

/** What the sources of the frame are made with. */
export interface SourceDeps {
  readonly api: ApiClient
  /** Id of the network that the URL names, or undefined for the first. */
  readonly wantedNetwork: () => string | undefined
  readonly network: () => NetworkSummary | undefined
  readonly app: () => App
}

/** Wires the dashboard, once. `createSources` says where its data comes from. */
export function createApp(createSources: (deps: SourceDeps) => AppSources): App {
  const router = createRouter()
  const now = createNow()
  const theme = createTheme()
  const notices = createNotices()
  const [sessionEnded, setSessionEnded] = createSignal(false)
  const [showsUtc, setShowsUtc] = createSignal(false)
  const api = createApiClient({
    fetch: (input, init) => fetch(input, init),
    sleep,
    onSessionEnded() {
      // Where nobody was signed in there is nothing to be kept on the page.
      if (sources.user() === undefined) window.location.replace(signInHref(window.location))
      else setSessionEnded(true)
    },
  })

  const state = createMemo(() => router.location().state)
  // Made before the rest, which it may only read later: in effects and when somebody acts.
  const sources = createSources({ api, wantedNetwork: () => state().network, network: () => network(), app: () => app })
  const network = createMemo(
    (): NetworkSummary | undefined => {
      const networks = sources.networks()
      if (networks.kind !== 'ready') return undefined
      const wanted = state().network
      return wanted === undefined ? networks.data[0] : networks.data.find(({ id }) => id === wanted)
    },
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  )
  const timeZone = createMemo(() => (showsUtc() ? 'UTC' : (network()?.timeZone ?? 'UTC')))
  const format = createMemo(() => createFormatters({ locale: LOCALE, timeZone: timeZone(), now: Date.now }))
  const minute = createMemo(() => Math.floor(now() / MINUTE_MS) * MINUTE_MS)
  // Days are the network's, also while somebody looks at the clock in UTC.
  const range = createMemoLater(
    () => resolveRange(state().range, { nowMs: minute(), timeZone: network()?.timeZone ?? 'UTC' }),
    { equals: (a, b) => a.fromMs === b.fromMs && a.toMs === b.toMs && a.isOpen === b.isOpen },
  )

  /** Another page keeps the network, the range and the comparison, and begins with its own list. */
  function locate(page: AppPage, change: Partial<AppState>) {
    const { network: id, range: shownRange, compare } = state()
    // A range that nobody chose is not carried to a page that has another one.
    const isChosen = formatRange(shownRange) !== formatRange(defaultRangeOf(router.location().page))
    const kept = isChosen ? shownRange : defaultRangeOf(page)
    return { page, state: changeAppState({ ...DEFAULT_STATE, network: id, range: kept, compare }, change) }
  }
  const app: App = {
    location: router.location,
    state,
    change: (change, mode = 'push') =>
      router.go({ page: router.location().page, state: changeAppState(state(), change) }, mode),
    go: (page, change = {}) => router.go(locate(page, change), 'push'),
    href: (page, change = {}) => formatLocation(locate(page, change)),
    network,
    range,
    format,
    now,
    showsUtc,
    setShowsUtc,
    api,
    theme,
    notices,
    sources,
    may: (permission) => sources.rights()?.may(permission, network()?.id ?? state().network) === true,
    sessionEnded,
    async checkSession() {
      const answer = await api.get('/networks', { query: {} }, { isSignIn: true })
      const isSignedIn = answer.kind === 'ok'
      if (isSignedIn) {
        setSessionEnded(false)
        sources.retryNetworks()
        sources.retryAccount()
        sources.live.retryNow()
      }
      return isSignedIn
    },
  }
  return app
}
