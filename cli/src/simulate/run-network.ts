import { type LoadedHistory, loadHistory } from './load-history.ts'
import { playVisits } from './model/happenings.ts'
import { buildNetwork, type NetworkOptions } from './model/network.ts'
import { planVisits } from './model/visits.ts'
import { hasTroubles, type Pace } from './pace.ts'
import { playLive } from './play-live.ts'
import { sleep, throwIfRefused, waitForLink } from './pressure.ts'
import { openServers, type SimulatedServers } from './servers.ts'
import { type Counter, createCounter, type Tally } from './tally.ts'
import type { Target } from './target.ts'

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
  /** @throws CliError when the collector refuses the key, or cannot be reached at the start */
  readonly done: Promise<NetworkResult>
}

/** Runs a whole network against a collector: history first, if wanted, then the present until the signal aborts. */
export function startNetwork(target: Target, options: RunOptions, deps: RunDeps): NetworkRun {
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
  readonly target: Target
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
  const { historyMs, pace, isLive, durationMs } = options
  const startedAtMs = now()
  const network = buildNetwork({
    ...options.network,
    number: target.number,
    fromMs: startedAtMs - (historyMs ?? 0),
  })
  const { endpoint, key } = target
  const servers = await openServers(
    { counter, now, random },
    { network, endpoint, key, hasTroubles: isLive && hasTroubles(pace) },
  )
  state.servers = servers
  let history: HistoryResult | null = null
  let eventsWaiting = 0
  try {
    await waitForLink(servers.proxy, signal)
    let visits = planVisits(network) as LoadedHistory['rest']
    let fromMs = network.fromMs
    if (historyMs !== undefined) {
      state.phase = 'history'
      const onReached = (atMs: number): void => {
        state.historyShare = (atMs - network.fromMs) / (now() - network.fromMs)
      }
      const loaded = await loadHistory({ client: servers.proxy, counter, now, signal, onReached }, visits)
      visits = loaded.rest
      fromMs = loaded.untilMs
      history = await settleHistory()
    }
    if (isLive && !signal.aborted) {
      state.phase = 'live'
      await servers.startBackends()
      const until = durationMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(durationMs)])
      const happenings = playVisits({ ...network, fromMs }, visits)
      await playLive(
        { servers, counter, now, signal: until, onStarted: () => void servers.proxy.flush().then(onLive) },
        { pace, happenings, fromMs },
      )
    }
  } finally {
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

  /** Waits until all history is stored, and has past CCU filled from it. */
  async function settleHistory(): Promise<HistoryResult> {
    const { sessions, eventsSent } = tallyOf(counter, state)
    const toMs = now()
    state.phase = 'storing'
    while (!signal.aborted && servers.proxy.status().pendingEvents > 0) {
      throwIfRefused(servers.proxy)
      // Asked again and again, because what waits is sent without delay only while somebody waits for it.
      await Promise.race([servers.proxy.flush({ timeoutMs: 1_000 }), sleep(1_000, signal)])
    }
    state.phase = 'rebuilding'
    const ccuMinutes = signal.aborted ? null : ((await target.rebuildCcu?.({ fromMs: network.fromMs, toMs })) ?? null)
    return { fromMs: network.fromMs, toMs, sessions, events: eventsSent, durationMs: now() - startedAtMs, ccuMinutes }
  }
}
