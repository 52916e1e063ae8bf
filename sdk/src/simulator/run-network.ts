import { loadHistory } from './load-history.ts'
import { playVisits } from './model/happenings.ts'
import { buildNetwork, type NetworkOptions, type SimulatedNetwork } from './model/network.ts'
import { planVisits } from './model/visits.ts'
import { hasTroubles, type Pace } from './pace.ts'
import { playLive } from './play-live.ts'
import { sleep, waitForLink, waitUntilStored } from './pressure.ts'
import { openServers, type SimulatedServers } from './servers.ts'
import { type Counter, createCounter, type Tally } from './tally.ts'

/** Where a simulated network reports to. */
export interface SimulatorTarget {
  /** From 0. */
  readonly number: number
  readonly name: string
  /** Null when only a key is known. */
  readonly networkId: string | null
  readonly endpoint: string
  readonly key: string
  /** Has past CCU filled from the sessions, and returns how many minutes; undefined when nobody can be asked to. */
  readonly rebuildCcu?: (range: { readonly fromMs: number; readonly toMs: number }) => Promise<number | null>
}

export interface RunOptions {
  readonly network: Omit<NetworkOptions, 'fromMs' | 'number'>
  readonly pace: Pace
  /** How much history is loaded first. */
  readonly historyMs: number | undefined
  /** Whether it goes on live. */
  readonly isLive: boolean
  /** How long it is live, in real time; undefined is until the signal aborts. */
  readonly durationMs: number | undefined
}

/** What one network is doing now. */
export interface NetworkProgress {
  readonly phase: 'connecting' | 'history' | 'storing' | 'rebuilding' | 'live' | 'closing' | 'done'
  /** How much of the history is handed over, from 0 to 1; 1 when there is none. */
  readonly historyShare: number
  readonly tally: Tally
}

export interface HistoryResult {
  readonly fromMs: number
  readonly toMs: number
  readonly sessions: number
  readonly events: number
  /** Until all of it was stored and past CCU was filled. */
  readonly durationMs: number
  /** Minutes of past CCU that were filled, or null when that could not be asked for. */
  readonly ccuMinutes: number | null
}

export interface NetworkResult {
  readonly name: string
  readonly id: string | null
  readonly tally: Tally
  readonly eventsWaiting: number
  readonly firstRefusal: string | undefined
  readonly history: HistoryResult | null
}

export interface RunDeps {
  readonly now: () => number
  readonly random: () => number
  readonly signal: AbortSignal
}

/** One simulated network, while it runs. */
export interface NetworkRun {
  progress(): NetworkProgress
  /** Resolves once everybody is on who is on at the beginning, or the run is over. Rejects with `done`. */
  readonly live: Promise<void>
  /** @throws SimulatorError when the collector refuses the key, or cannot be reached at the start */
  readonly done: Promise<NetworkResult>
}

/** Runs a whole network against a collector: history first, if wanted, then the present until the signal aborts. */
export function startNetwork(target: SimulatorTarget, options: RunOptions, deps: RunDeps): NetworkRun {
  const counter = createCounter()
  const state: RunState = {
    phase: 'connecting',
    historyShare: options.historyMs === undefined ? 1 : 0,
    servers: undefined,
  }
  const live = Promise.withResolvers<void>()
  // Whoever only waits for the end hears of a failure there.
  live.promise.catch(() => undefined)
  const done = run({ target, options, deps, counter, state, onLive: live.resolve })
  done.then(() => live.resolve(), live.reject)
  return {
    live: live.promise,
    done,
    progress: () => ({ phase: state.phase, historyShare: state.historyShare, tally: tallyOf(counter, state) }),
  }
}

interface RunState {
  phase: NetworkProgress['phase']
  historyShare: number
  servers: SimulatedServers | undefined
}

interface Run {
  readonly target: SimulatorTarget
  readonly options: RunOptions
  readonly deps: RunDeps
  readonly counter: Counter
  readonly state: RunState
  readonly onLive: () => void
}

function tallyOf(counter: Counter, { servers }: RunState): Tally {
  return counter.tally(servers?.proxy.status() ?? { pendingEvents: 0, rejectedEvents: 0, droppedEvents: 0 })
}

async function run({ target, options, deps, counter, state, onLive }: Run): Promise<NetworkResult> {
  const { now, random, signal } = deps
  const { pace, isLive } = options
  const { endpoint, key } = target
  const presentMs = now()
  const networkAt = (fromMs: number): SimulatedNetwork =>
    buildNetwork({ ...options.network, number: target.number, fromMs })
  const network = networkAt(presentMs)
  const servers = await openServers(
    { counter, now, random },
    { network, endpoint, key, hasTroubles: isLive && hasTroubles(pace) },
  )
  state.servers = servers
  const stop = new AbortController()
  const running = { servers, counter, now, signal: AbortSignal.any([signal, stop.signal]) }
  const joined = Promise.withResolvers<void>()
  let playing: Promise<void> = Promise.resolve()
  let history: HistoryResult | null = null
  let eventsWaiting = 0
  try {
    await waitForLink(servers.proxy, signal)
    // Players are there from the first moment on, so that no sample finds nobody while history is loaded. A load test
    // has to wait, because both would be slowed down.
    if (isLive && pace.kind === 'speed') play()
    if (options.historyMs !== undefined) history = await addHistory(networkAt(presentMs - options.historyMs))
    if (isLive && pace.kind === 'rate') play()
    state.phase = isLive ? 'live' : 'closing'
    void joined.promise.then(onLive)
    if (options.durationMs !== undefined) await Promise.race([playing, sleep(options.durationMs, signal)])
    else await playing
  } finally {
    stop.abort()
    // Whatever went wrong first is what is told.
    await playing.catch(() => undefined)
    state.phase = 'closing'
    eventsWaiting = (await servers.close()).eventsWaiting
    state.phase = 'done'
  }
  return {
    name: target.name,
    id: target.networkId,
    tally: tallyOf(counter, state),
    eventsWaiting,
    firstRefusal: counter.firstRefusal(),
    history,
  }

  function play(): void {
    const onStarted = (): void => {
      // A refusal meanwhile is told by who plays.
      waitUntilStored({ ...running, client: servers.proxy }).then(joined.resolve, () => undefined)
    }
    const happenings = playVisits(network)
    playing = servers
      .startBackends()
      .then(() => playLive({ ...running, onStarted }, { pace, happenings, fromMs: presentMs }))
    // Its failure is told when it is waited for.
    playing.catch(() => stop.abort())
  }

  async function addHistory(past: SimulatedNetwork): Promise<HistoryResult> {
    const startedAtMs = now()
    const { fromMs } = past
    state.phase = 'history'
    const { sessions, events } = await loadHistory(
      {
        client: servers.proxy,
        counter,
        signal: running.signal,
        onReached: (atMs) => {
          state.historyShare = (atMs - fromMs) / (presentMs - fromMs)
        },
      },
      { visits: planVisits(past), untilMs: presentMs },
    )
    state.phase = 'storing'
    await waitUntilStored({ ...running, client: servers.proxy })
    state.phase = 'rebuilding'
    const range = { fromMs, toMs: presentMs }
    const ccuMinutes = running.signal.aborted ? null : ((await target.rebuildCcu?.(range)) ?? null)
    return { ...range, sessions, events, durationMs: now() - startedAtMs, ccuMinutes }
  }
}
