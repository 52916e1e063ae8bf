import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from '../node/client.ts'
import type { PlayerHistory } from '../node/options.ts'
import type { Visit } from './model/visit.ts'
import { relievePressure } from './pressure.ts'
import type { Counter } from './tally.ts'

/** Visits that are handed over before the event loop gets a turn to send them. */
const VISITS_A_TURN = 100

export interface LoadedHistory {
  readonly sessions: number
  readonly events: number
}

/**
 * Loads the visits that began before `untilMs` into the collector. Who is on the network then is disconnected, as by a
 * restart of the proxy, so that the present can begin with whole sessions of its own.
 */
export async function loadHistory(
  deps: {
    readonly client: Client
    readonly counter: Counter
    readonly signal: AbortSignal
    /** Told how far it is, in simulated time. */
    readonly onReached: (atMs: number) => void
  },
  options: { readonly visits: Iterable<Visit>; readonly untilMs: number },
): Promise<LoadedHistory> {
  const { client, counter, signal, onReached } = deps
  const { untilMs } = options
  let sessions = 0
  let events = 0
  for (const visit of options.visits) {
    if (visit.startedAtMs >= untilMs || signal.aborted) break
    add(visit.endedAtMs <= untilMs ? visit : cutVisit(visit, untilMs))
    if (sessions % VISITS_A_TURN !== 0) continue
    onReached(visit.startedAtMs)
    await nextTurn()
    await relievePressure(client, signal)
  }
  return { sessions, events }

  function add(visit: Visit | CutVisit): void {
    const history = toHistory(visit)
    client.addHistory(history)
    const { switches = [], events: deeds = [], purchases = [] } = history
    const count = 1 + switches.length + deeds.length + purchases.length
    counter.session()
    counter.events(count)
    sessions += 1
    events += count
  }
}

type CutVisit = Omit<Visit, 'reason'> & { readonly reason: 'shutdown' }

function cutVisit(visit: Visit, endedAtMs: number): CutVisit {
  return { ...visit, endedAtMs, reason: 'shutdown', steps: visit.steps.filter(({ atMs }) => atMs < endedAtMs) }
}

/** What the SDK is told of a visit that is over. */
export function toHistory(visit: Visit | CutVisit): PlayerHistory {
  const { player, domain, startedAtMs, endedAtMs, reason, backend, steps } = visit
  let afkMs = 0
  let awaySinceMs: number | undefined
  for (const step of steps) {
    if (step.kind !== 'away') continue
    if (step.isAway) awaySinceMs = step.atMs
    else if (awaySinceMs !== undefined) {
      afkMs += step.atMs - awaySinceMs
      awaySinceMs = undefined
    }
  }
  if (awaySinceMs !== undefined) afkMs += endedAtMs - awaySinceMs
  const { uuid, name, address, platform, device, protocolVersion, clientVersion } = player
  return {
    uuid,
    name,
    hostname: domain,
    address,
    platform,
    device,
    protocolVersion,
    clientVersion,
    backend,
    startedAtMs,
    endedAtMs,
    reason,
    afkMs,
    switches: steps.flatMap((step) => (step.kind === 'switch' ? [{ backend: step.backend, atMs: step.atMs }] : [])),
    events: steps.filter((step) => step.kind === 'track'),
    purchases: steps.flatMap((step) => (step.kind === 'purchase' ? [{ ...step.purchase, atMs: step.atMs }] : [])),
  }
}
