import type { Author } from '../access/index.ts'
import type { Keys } from '../keys/index.ts'
import type { Network, Networks } from '../networks/index.ts'
import type { Log } from '../platform/log.ts'
import type { DemoStore, StoredDemo } from './demo-store.ts'
import type { Simulation, StartSimulation } from './simulation.ts'

const DAY_MS = 86_400_000
/** Of the key that the simulator uses. It gets a new secret whenever the simulator starts: who had the earlier one is cut off. */
const KEY_NAME = 'demo'
/** Of the ten seconds that a collector may take to stop. */
const STOP_TIMEOUT_MS = 2_000
/** What is played now changes all the time; it need not be written down as often. */
const SAVE_LIVE_MS = 15_000
const RETRY_MS_MIN = 5_000
const RETRY_MS_MAX = 300_000
/** The collector's last word on the simulator's key: starting again would only ask for another one. */
const REFUSALS = new Set(['KEY_REVOKED', 'KEY_UNKNOWN', 'KEY_MISSING', 'FORBIDDEN'])

/** Plays the demo network while there is one, in one collector of all. */
export interface DemoRunner {
  /** To be called every second or so: starts, ends, and writes down how far it is. */
  tick(): Promise<void>
  /** Ends what is played, at once. */
  end(): Promise<void>
  /** Ends what is played in order, and plays no more: another collector may. */
  close(): Promise<void>
}

export interface DemoRunnerDeps {
  readonly store: Pick<DemoStore, 'load' | 'save'>
  readonly networks: Pick<Networks, 'list' | 'get'>
  readonly keys: Pick<Keys, 'list' | 'create' | 'rotate'>
  readonly startSimulation: StartSimulation
  /** Takes or renews the right to play it. True while this collector has it. */
  readonly hold: () => Promise<boolean>
  readonly release: () => Promise<void>
  /** Removes all that was stored of the network. */
  readonly removeRows: (networkId: string) => Promise<void>
  /** Where the simulator reports to: this collector. */
  readonly endpoint: () => string
  readonly createId: () => string
  readonly now: () => number
  readonly log: Log
}

interface Running {
  readonly simulation: Simulation
  /** As it was when it started, for what is counted on. */
  readonly before: StoredDemo
  saved: StoredDemo
  savedAtMs: number
}

export function createDemoRunner(deps: DemoRunnerDeps): DemoRunner {
  const { store, networks, keys, now, log } = deps
  let running: Running | undefined
  let isHeld = false
  let isClosed = false
  let retryMs = RETRY_MS_MIN
  let notBeforeMs = 0
  /** The network whose key was refused. It is tried again once it was archived, or by the next start. */
  let refusedId: string | undefined
  let turn: Promise<void> = Promise.resolve()

  /** One after the other: a simulator that starts must not be missed by what ends it. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = turn.then(work)
    turn = done.catch(() => undefined)
    return done
  }

  async function release(): Promise<void> {
    if (!isHeld) return
    isHeld = false
    await deps.release()
  }

  async function stop(timeoutMs: number): Promise<void> {
    const ending = running
    running = undefined
    await ending?.simulation.stop(timeoutMs)
  }

  async function prepareKey(networkId: string): Promise<string> {
    const author: Author = { actor: { kind: 'system' }, address: null, requestId: deps.createId() }
    const known = keys.list(networkId).find(({ name, revokedAtMs }) => name === KEY_NAME && revokedAtMs === null)
    const made =
      known === undefined
        ? await keys.create(networkId, { name: KEY_NAME, gamemode: null }, author)
        : await keys.rotate(networkId, known.id, 0, author)
    return made.secret
  }

  async function start({ id: networkId }: Network): Promise<void> {
    const stored = await store.load(networkId)
    if (stored === undefined) return
    const isLoaded = stored.loadedAtMs !== null
    const before = isLoaded ? stored : { ...stored, historyShare: 0, sessions: 0, events: 0 }
    const starting: StoredDemo = { ...before, phase: isLoaded ? 'starting' : 'history', failure: null }
    await store.save(starting)
    const key = await prepareKey(networkId)
    // History that was begun and not finished: what is there of it cannot be told from what is missing.
    if (!isLoaded && stored.phase !== 'starting') await deps.removeRows(networkId)
    if (isClosed || !isPlayed(networks.get(networkId))) return
    const historyMs = isLoaded ? null : stored.days * DAY_MS
    const simulation = deps.startSimulation({ networkId, endpoint: deps.endpoint(), key, historyMs })
    running = { simulation, before, saved: starting, savedAtMs: now() }
    log.info({ networkId, pid: simulation.pid, isLoaded }, 'the demo network is played')
  }

  async function note(current: Running): Promise<void> {
    const failure = current.simulation.failure()
    const progress = current.simulation.progress()
    const { before, saved } = current
    if (failure !== undefined) {
      running = undefined
      if (REFUSALS.has(failure.code)) refusedId = before.networkId
      notBeforeMs = now() + retryMs
      retryMs = Math.min(RETRY_MS_MAX, retryMs * 2)
      log.warn({ networkId: before.networkId, failure }, 'the demo network is played no more')
      return store.save({ ...saved, phase: 'failed', failure: failure.message })
    }
    if (progress === undefined || progress.phase === 'starting') return
    const isDue = progress.phase !== 'live' || saved.phase !== 'live' || now() - current.savedAtMs >= SAVE_LIVE_MS
    if (!isDue) return
    if (progress.phase === 'live') retryMs = RETRY_MS_MIN
    current.saved = {
      ...before,
      phase: progress.phase,
      historyShare: progress.historyShare,
      sessions: before.sessions + progress.sessions,
      events: before.events + progress.events,
      failure: null,
      loadedAtMs: before.loadedAtMs ?? saved.loadedAtMs ?? (progress.phase === 'live' ? now() : null),
    }
    current.savedAtMs = now()
    await store.save(current.saved)
  }

  async function tick(): Promise<void> {
    if (isClosed) return
    const network = networks.list().find(isPlayed)
    if (network === undefined) {
      refusedId = undefined
      await stop(0)
      return release()
    }
    isHeld = await deps.hold()
    if (!isHeld || (running !== undefined && running.before.networkId !== network.id)) await stop(STOP_TIMEOUT_MS)
    if (!isHeld) return
    if (running !== undefined) return note(running)
    if (now() >= notBeforeMs && refusedId !== network.id) await start(network)
  }

  return {
    tick: () => inTurn(tick),
    end: () => inTurn(() => stop(0)),
    // Not in turn: the collector has no time to wait for what a turn may wait for.
    async close() {
      isClosed = true
      await stop(STOP_TIMEOUT_MS)
      await release()
    },
  }
}

function isPlayed(network: Network | undefined): network is Network {
  return network?.isDemo === true && network.archivedAtMs === null
}
