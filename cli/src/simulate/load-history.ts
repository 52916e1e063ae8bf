import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client, PlayerHistory } from '@mctrack/sdk'
import type { Visit } from './model/visit.ts'
import { relievePressure } from './pressure.ts'
import type { Counter } from './tally.ts'

/** Visits that are handed over before the event loop gets a turn to send them. */
const VISITS_A_TURN = 100

export interface LoadedHistory {
  /** When history ends and the present begins, Unix milliseconds. */
  readonly untilMs: number
  /** Visits that last beyond it, and all that begin after it, in the order in which they begin. */
  readonly rest: Iterator<Visit>
}

/**
 * Loads visits that are over into the collector, up to the moment at which this is done. Who is on the network at the
 * end is disconnected, as by a restart of the proxy, so that the present can begin with whole sessions of its own.
 */
export async function loadHistory(
  deps: {
    readonly client: Client
    readonly counter: Counter
    readonly now: () => number
    readonly signal: AbortSignal
    /** Told how far it is, in simulated time. */
    readonly onReached: (atMs: number) => void
  },
  visits: Iterator<Visit>,
): Promise<LoadedHistory> {
  const { client, counter, now, signal, onReached } = deps
  let open: Visit[] = []
  let sinceTurn = 0
  let next = visits.next()
  while (next.done !== true && next.value.startedAtMs < now() && !signal.aborted) {
    const visit = next.value
    if (visit.endedAtMs <= now()) add(visit)
    else open.push(visit)
    next = visits.next()
    sinceTurn += 1
    if (sinceTurn >= VISITS_A_TURN) {
      sinceTurn = 0
      onReached(visit.startedAtMs)
      await nextTurn()
      await relievePressure(client, signal)
    }
  }
  const untilMs = now()
  for (const visit of open) add(visit.endedAtMs <= untilMs ? visit : cutVisit(visit, untilMs))
  open = open.filter((visit) => visit.endedAtMs > untilMs)
  onReached(untilMs)
  return { untilMs, rest: chain(next.done === true ? open : [...open, next.value], visits) }

  function add(visit: Visit | CutVisit): void {
    const history = toHistory(visit)
    client.addHistory(history)
    counter.session()
    counter.events(1 + (history.switches?.length ?? 0))
    for (const step of visit.steps) {
      if (step.kind !== 'track') continue
      client.track(step.name, step.properties, { atMs: step.atMs })
      counter.events(1)
    }
  }
}

type CutVisit = Omit<Visit, 'reason'> & { readonly reason: 'shutdown' }

function cutVisit(visit: Visit, endedAtMs: number): CutVisit {
  return { ...visit, endedAtMs, reason: 'shutdown', steps: visit.steps.filter(({ atMs }) => atMs < endedAtMs) }
}

/** What the SDK can be told of a visit that is over; it takes no purchases of the past. */
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
  }
}

function* chain(first: readonly Visit[], rest: Iterator<Visit>): Generator<Visit, void> {
  yield* first
  for (let next = rest.next(); next.done !== true; next = rest.next()) yield next.value
}
