import type { ServerGauges } from '../../node/options.ts'
import { createRandom, mix } from './random.ts'

const MEGABYTE = 1_048_576
const TICK_MS = 50

/** How a server feels with so many players: busier, and now and then with a bad minute. */
export function gaugesOf(options: {
  readonly kind: 'proxy' | 'backend'
  /** Of the server. */
  readonly seed: number
  readonly players: number
  readonly atMs: number
}): ServerGauges {
  const { kind, seed, players, atMs } = options
  const random = createRandom(mix(seed, Math.floor(atMs / 1_000)))
  const pingMeanMs = 38 + 6 * random.normal() + players / 50
  if (kind === 'proxy') {
    return { players, pingMeanMs, ...memory(180 + players * 1.1, 1_024, random.next()) }
  }
  const isBadMinute = createRandom(mix(seed, Math.floor(atMs / 60_000))).isLucky(0.02)
  const msptMean = Math.max(2, (6 + players * 0.13 + random.normal()) * (isBadMinute ? 3 : 1))
  return {
    players,
    pingMeanMs,
    tps: Math.min(20, 1_000 / Math.max(TICK_MS, msptMean)),
    msptMean,
    msptP95: msptMean * (1.5 + 0.3 * random.next()),
    ...memory(1_400 + players * 9, 8_192, random.next()),
  }
}

/** A sawtooth: garbage grows and is collected. */
function memory(baseMegabytes: number, maxMegabytes: number, draw: number): ServerGauges {
  const used = Math.min(maxMegabytes * 0.95, baseMegabytes + draw * maxMegabytes * 0.3)
  return { memoryUsedBytes: Math.round(used * MEGABYTE), memoryMaxBytes: maxMegabytes * MEGABYTE }
}
