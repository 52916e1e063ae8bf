import type { Purchase } from '../../node/options.ts'
import type { Deed } from './deeds.ts'
import { createHeap, type Heap } from './heap.ts'
import type { SimulatedNetwork } from './network.ts'
import { linkLossOn, outageOn } from './outages.ts'
import { DAY_MS } from './rhythm.ts'
import type { Visit } from './visit.ts'
import { planVisits } from './visits.ts'

/** Something that happens on the network. `atMs` is simulated time, Unix milliseconds. */
export type Happening = { readonly atMs: number } & (
  | { readonly kind: 'join'; readonly visit: Visit; readonly backend: string }
  | { readonly kind: 'switch'; readonly visit: Visit; readonly backend: string }
  | { readonly kind: 'away'; readonly visit: Visit; readonly isAway: boolean }
  | { readonly kind: 'track'; readonly visit: Visit; readonly deed: Deed }
  | { readonly kind: 'purchase'; readonly visit: Visit; readonly purchase: Purchase }
  | { readonly kind: 'leave'; readonly visit: Visit; readonly reason: Visit['reason'] }
  | { readonly kind: 'backend-down' | 'backend-up'; readonly backend: string }
  /** A server loses its link to the collector, and comes back. */
  | { readonly kind: 'link-loss'; readonly server: number }
)

/**
 * All that happens on a network from `fromMs` on, for ever, in the order of time. Who is on it at that moment joins then.
 *
 * @param visits those of the network that last beyond its `fromMs`, as `planVisits` gives them
 */
export function* playVisits(
  network: SimulatedNetwork,
  visits: Iterator<Visit> = planVisits(network),
): Generator<Happening, void> {
  const waiting: Heap<Happening> = createHeap()
  let plannedDay = Math.floor(network.fromMs / DAY_MS)
  let next = visits.next()
  for (;;) {
    const visitAtMs = next.done === true ? Number.POSITIVE_INFINITY : next.value.startedAtMs
    const dayAtMs = next.done === true ? Number.POSITIVE_INFINITY : plannedDay * DAY_MS
    if (waiting.nextAtMs() < Math.min(visitAtMs, dayAtMs)) {
      const happening = waiting.take()
      if (happening !== undefined) yield happening
    } else if (dayAtMs <= visitAtMs && next.done !== true) {
      addTroubles(waiting, network, plannedDay)
      plannedDay += 1
    } else if (next.done !== true) {
      addVisit(waiting, next.value, network.fromMs)
      next = visits.next()
    } else {
      return
    }
  }
}

function addVisit(waiting: Heap<Happening>, visit: Visit, fromMs: number): void {
  const joinsAtMs = Math.max(visit.startedAtMs, fromMs)
  const before = visit.steps.filter(({ atMs }) => atMs <= joinsAtMs)
  const backend = before.findLast((step) => step.kind === 'switch')?.backend ?? visit.backend
  waiting.add(joinsAtMs, { atMs: joinsAtMs, kind: 'join', visit, backend })
  for (const step of visit.steps) {
    const { atMs } = step
    if (atMs <= joinsAtMs) continue
    if (step.kind === 'track') {
      const { name, properties } = step
      waiting.add(atMs, { atMs, kind: 'track', visit, deed: { name, properties } })
    } else {
      waiting.add(atMs, { ...step, visit })
    }
  }
  waiting.add(visit.endedAtMs, { atMs: visit.endedAtMs, kind: 'leave', visit, reason: visit.reason })
}

function addTroubles(waiting: Heap<Happening>, { seed, backends, fromMs }: SimulatedNetwork, day: number): void {
  for (const [place, { name }] of backends.entries()) {
    const outage = outageOn(seed, place, day)
    if (outage !== undefined && outage.fromMs >= fromMs) {
      waiting.add(outage.fromMs, { atMs: outage.fromMs, kind: 'backend-down', backend: name })
      waiting.add(outage.toMs, { atMs: outage.toMs, kind: 'backend-up', backend: name })
    }
  }
  for (let server = 0; server <= backends.length; server++) {
    const loss = linkLossOn(seed, server, day)
    if (loss !== undefined && loss.atMs >= fromMs) {
      waiting.add(loss.atMs, { atMs: loss.atMs, kind: 'link-loss', server })
    }
  }
}
