import { createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js'
import { browserEvents } from '../api/browser-events.ts'
import { apiUrl } from '../api/client.ts'
import { createCard } from '../api/create-card.ts'
import { createEventFollower, type EventFollower, type FollowState } from '../api/event-follower.ts'
import { SIGN_IN_PATH } from '../url/app-location.ts'
import { createApiPalette, listApiActions } from './api-palette.ts'
import type { AppSources, LiveCounts, UserSummary } from './app-sources.ts'
import { countAttention } from './attention.ts'
import type { SourceDeps } from './create-app.ts'
import { readRights } from './rights.ts'

const INGEST_EVERY_MS = 60_000
/** The numbers beside the navigation may come after the page: a person may ask ten times a second. */
const INGEST_LATER_MS = 1_500
const CONNECTING: FollowState = { kind: 'connecting', lastMessageMs: undefined, retryAtMs: undefined, failures: 0 }

/** Archived networks stand last. */
function byArchived(a: { readonly archivedAtMs: number | null }, b: { readonly archivedAtMs: number | null }): number {
  return Number(a.archivedAtMs !== null) - Number(b.archivedAtMs !== null)
}

/** Everything that the frame shows, from the collector. */
export function createApiSources({ api, app, wantedNetwork, network }: SourceDeps): AppSources {
  const networks = createCard(
    () => ({}),
    async (_, signal) => {
      const answer = await api.get('/networks', { query: { archived: 'true' } }, { signal })
      // The number that the page is about comes first: it is on its way while the page is made.
      if (answer.kind === 'ok') followNetwork(wantedNetwork() ?? answer.data.toSorted(byArchived)[0]?.id)
      return answer
    },
  )
  /** Archived ones last, so that none of them is shown unasked. */
  const shownNetworks = createMemo(() => {
    const state = networks.state()
    if (state.kind !== 'ready') return state
    return { ...state, data: state.data.toSorted(byArchived) }
  })
  const account = createCard(
    () => ({}),
    (_, signal) => api.get('/account', {}, { signal }),
  )
  /** The operator of the machine is nobody in particular. */
  function user(): UserSummary | undefined {
    const state = account.state()
    return state.kind === 'ready' ? (state.data.user ?? undefined) : undefined
  }
  const rights = createMemo(() => {
    const state = account.state()
    return state.kind === 'ready' ? readRights(state.data) : undefined
  })
  const [isSettled, setSettled] = createSignal(false)
  const settling = setTimeout(() => setSettled(true), INGEST_LATER_MS)
  onCleanup(() => clearTimeout(settling))
  const ingest = createCard(
    () => {
      const id = network()?.id
      if (!isSettled() && app().location().page !== 'health') return undefined
      return id !== undefined && rights()?.may('network.view', id) === true ? { networkId: id } : undefined
    },
    (param, signal) => api.get('/networks/:networkId/ingest', { param }, { signal }),
    { refreshEveryMs: INGEST_EVERY_MS },
  )
  async function signOut(): Promise<void> {
    const answer = await api.post('/sign-out', {}, { isSignIn: true })
    if (answer.kind === 'ok' || (answer.kind === 'failed' && answer.error.status === 401))
      window.location.assign(SIGN_IN_PATH)
    else if (answer.kind === 'failed') app().notices.show({ tone: 'error', title: answer.error.message })
  }
  const [counts, setCounts] = createSignal<LiveCounts>()
  const [follow, setFollow] = createSignal<FollowState>(CONNECTING)
  let follower: EventFollower | undefined

  let followed: string | undefined
  function followNetwork(networkId: string | undefined): void {
    if (networkId === followed) return
    followed = networkId
    follower?.close()
    follower = undefined
    setCounts(undefined)
    setFollow(CONNECTING)
    if (networkId === undefined) return
    follower = createEventFollower(browserEvents, {
      url: apiUrl('/networks/:networkId/live/stream', { param: { networkId } }),
      // The collector's own type; a stream of another network never reaches here.
      events: { counts: (data) => setCounts(data as LiveCounts) },
      onState: setFollow,
      onFailure: () => void api.get('/networks', { query: {} }),
    })
  }
  createEffect(
    // The wanted network is known before the list of networks is: the first number need not wait for it.
    on(() => network()?.id ?? wantedNetwork(), followNetwork),
  )
  onCleanup(() => follower?.close())

  return {
    networks: shownNetworks,
    retryNetworks: networks.refresh,
    live: { counts, follow, retryNow: () => follower?.retryNow() },
    user,
    rights,
    retryAccount: account.refresh,
    signOut: () => void signOut(),
    ingest,
    attention: () => {
      const state = ingest.state()
      return state.kind === 'ready' ? countAttention(state.data) : {}
    },
    palette: createApiPalette(app),
    actions: () => listApiActions(app()),
  }
}
