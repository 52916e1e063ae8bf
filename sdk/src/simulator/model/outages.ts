import { createRandom, mix } from './random.ts'
import { DAY_MS } from './rhythm.ts'

/** A backend that crashes, and is back a little later. Unix milliseconds. */
export interface Outage {
  readonly backend: number
  readonly fromMs: number
  readonly toMs: number
}

/** A server that loses its link to the collector for a moment; 0 is the proxy, the others are backends. */
export interface LinkLoss {
  readonly server: number
  readonly atMs: number
}

/** How often each backend with a game crashes. */
const CRASHES_A_DAY = 0.15
const LINK_LOSSES_A_DAY = 0.7
const DOWN_MS_MIN = 45_000
const DOWN_MS_MAX = 180_000

/** The crash of a backend on a UTC day, if there is one: never more, and never over midnight. */
export function outageOn(seed: number, backend: number, day: number): Outage | undefined {
  if (backend === 0) return undefined
  const random = createRandom(mix(mix(seed, 0x0c0 + backend), day))
  if (!random.isLucky(CRASHES_A_DAY)) return undefined
  const fromMs = Math.floor(day * DAY_MS + random.between(0, DAY_MS - DOWN_MS_MAX))
  return { backend, fromMs, toMs: fromMs + Math.floor(random.between(DOWN_MS_MIN, DOWN_MS_MAX)) }
}

/** The first crash of a backend that ends after `fromMs` and begins before `toMs`. */
export function findOutage(seed: number, backend: number, fromMs: number, toMs: number): Outage | undefined {
  for (let day = Math.floor(fromMs / DAY_MS); day * DAY_MS < toMs; day++) {
    const outage = outageOn(seed, backend, day)
    if (outage !== undefined && outage.toMs > fromMs && outage.fromMs < toMs) return outage
  }
  return undefined
}

/** The moment of a UTC day at which a server loses its link, if there is one. */
export function linkLossOn(seed: number, server: number, day: number): LinkLoss | undefined {
  const random = createRandom(mix(mix(seed, 0x1105 + server), day))
  if (!random.isLucky(LINK_LOSSES_A_DAY)) return undefined
  return { server, atMs: Math.floor(day * DAY_MS + random.between(0, DAY_MS)) }
}
