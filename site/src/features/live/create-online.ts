import { createEffect, createSignal, on, onCleanup, untrack } from 'solid-js'
import type { ApiError } from '../../api/api-error.ts'
import { browserEvents } from '../../api/browser-events.ts'
import { apiUrl } from '../../api/client.ts'
import { createEventFollower } from '../../api/event-follower.ts'
import type { App } from '../../app/app-context.ts'
import { chosen, LIVE_DIMENSIONS, type LiveDimension } from './online-filters.ts'
import { createOnlineIndex, isLiveEvent, type LiveEvent, type OnlinePlayer } from './online-index.ts'

const PAGE_SIZE = 1_000
/** Beyond, the list holds those who joined last; filters and the search then ask the collector. */
export const LISTED_MAX = 10_000
/** Between two pages, so that a long list does not take all that a person may ask for in a second. */
const PAGE_PAUSE_MS = 150
const FLUSH_MS = 250
/** A number that stays another one for so long means that something was missed: not every end comes as an event. */
const DRIFT_MS = 15_000
const RELOAD_MIN_MS = 60_000
const TYPED_MS = 300

/** Who is online: loaded once page by page, and kept current by the stream of events. */
export interface Online {
  /** Undefined until the first page is there. Changes at most four times a second. */
  readonly players: () => readonly OnlinePlayer[] | undefined
  readonly total: () => number
  readonly isCut: () => boolean
  readonly error: () => ApiError | undefined
  retry(): void
}

/** @param isWanted the list is asked for from then on; the numbers above it come first */
export function createOnline(
  app: App,
  isWanted: () => boolean,
  onEvents: (events: readonly LiveEvent[], skipped: number) => void,
): Online {
  const index = createOnlineIndex()
  const [players, setPlayers] = createSignal<readonly OnlinePlayer[]>()
  const [total, setTotal] = createSignal(0)
  const [error, setError] = createSignal<ApiError>()
  const [isCut, setCut] = createSignal(false)
  let abort: AbortController | undefined
  let sinceAsked: LiveEvent[] = []
  let loadedAtMs = 0
  let fresh: LiveEvent[] = []
  let skipped = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let driftSinceMs: number | undefined

  const networkId = () => (isWanted() && app.may('players.view') ? app.network()?.id : undefined)
  /** Only a list that is not whole asks the collector for what matches. */
  const wanted = (): Readonly<Record<string, string>> => {
    if (!isCut()) return {}
    const one = (dimension: LiveDimension): string | undefined => {
      const values = chosen(app.state().filters, dimension)
      return values.length === 1 ? values[0] : undefined
    }
    const pairs = LIVE_DIMENSIONS.map((dimension) => [dimension, one(dimension)] as const)
    // Platforms and devices are one list of which any may be chosen: the collector would want both.
    const sent = pairs.filter(([name, value]) => value !== undefined && name !== 'platform' && name !== 'device')
    const search = app.state().search.trim().slice(0, 64)
    return { ...Object.fromEntries(sent), ...(search !== '' && { search }) }
  }

  function show(): void {
    setPlayers(Array.from(index.players()))
    setTotal((before) => (isCut() ? before : index.size))
  }
  async function load(id: string): Promise<void> {
    abort?.abort()
    const own = new AbortController()
    abort = own
    sinceAsked = []
    const isFirst = untrack(players) === undefined
    const query = untrack(wanted)
    const listed: OnlinePlayer[] = []
    for (let offset = 0; offset < LISTED_MAX; offset += PAGE_SIZE) {
      if (offset > 0) await new Promise((resolve) => setTimeout(resolve, PAGE_PAUSE_MS))
      if (own.signal.aborted) return
      const answer = await app.api.get(
        '/networks/:networkId/live/players',
        { param: { networkId: id }, query: { ...query, limit: String(PAGE_SIZE), offset: String(offset) } },
        { signal: own.signal },
      )
      if (own.signal.aborted || answer.kind === 'aborted') return
      if (answer.kind === 'failed') {
        setError(answer.error)
        if (answer.error.status !== 403) schedule(() => load(id), answer.error.retryAfterMs ?? 5_000, own.signal)
        return
      }
      setError(undefined)
      listed.push(...answer.data.players)
      setTotal(answer.data.total)
      if (Object.keys(query).length === 0) setCut(answer.data.total > LISTED_MAX)
      const isLast = answer.data.players.length < PAGE_SIZE || listed.length >= answer.data.total
      if (isFirst || isLast || offset + PAGE_SIZE >= LISTED_MAX) {
        index.replace(listed, sinceAsked)
        show()
      }
      if (isLast) break
    }
    loadedAtMs = Date.now()
    driftSinceMs = undefined
    abort = undefined
  }
  function schedule(run: () => unknown, delayMs: number, signal: AbortSignal): void {
    const waiting = setTimeout(run, delayMs)
    signal.addEventListener('abort', () => clearTimeout(waiting))
  }
  function reload(): void {
    const id = networkId()
    if (id !== undefined) void load(id)
  }

  function flush(): void {
    timer = undefined
    const [events, missed] = [fresh, skipped]
    fresh = []
    skipped = 0
    onEvents(events, missed)
    const hasChanged = events.map((event) => index.apply(event)).some(Boolean)
    if (hasChanged && untrack(players) !== undefined) show()
  }
  function take(event: LiveEvent): void {
    if (abort !== undefined) sinceAsked.push(event)
    fresh.push(event)
    timer ??= setTimeout(flush, FLUSH_MS)
  }

  createEffect(
    on(networkId, (id, before) => {
      if (id === before) return id
      setPlayers(undefined)
      setCut(false)
      index.replace([], [])
      if (id === undefined) return id
      let wasLost = false
      const follower = createEventFollower(browserEvents, {
        url: apiUrl('/networks/:networkId/live/events', { param: { networkId: id } }),
        events: {
          event: (data) => isLiveEvent(data) && take(data),
          skipped: (data) => {
            skipped += Number((data as { readonly events?: unknown } | null)?.events) || 0
            timer ??= setTimeout(flush, FLUSH_MS)
          },
        },
        onState({ kind }) {
          if (kind === 'waiting' || kind === 'paused') wasLost = true
          if (kind !== 'open' || !wasLost) return
          wasLost = false
          reload()
        },
      })
      onCleanup(() => follower.close())
      void load(id)
      return id
    }),
  )
  // Filters of a list that is not whole.
  createEffect(
    on(
      () => JSON.stringify(wanted()),
      () => {
        const waiting = setTimeout(reload, TYPED_MS)
        onCleanup(() => clearTimeout(waiting))
      },
      { defer: true },
    ),
  )
  createEffect(() => {
    const nowMs = app.now()
    const counted = app.sources.live.counts()?.total
    if (counted === undefined || abort !== undefined || isCut() || untrack(players) === undefined) return
    if (counted === index.size) driftSinceMs = undefined
    else driftSinceMs ??= nowMs
    const hasDrifted = driftSinceMs !== undefined && nowMs - driftSinceMs >= DRIFT_MS
    if (hasDrifted && nowMs - loadedAtMs >= RELOAD_MIN_MS) reload()
  })
  onCleanup(() => {
    abort?.abort()
    clearTimeout(timer)
  })
  return { players, total, isCut, error, retry: reload }
}
