import type { Storage } from '../storage/index.ts'
import { type Counts, DIMENSIONS, type Dimension } from './counts.ts'
import type { LiveNetwork, Registry } from './registry.ts'

const MINUTE_MS = 60_000

/** Numbers of the dimensions in the table `ccu_samples`; 0 is the total. */
const DIMENSION_CODE: Readonly<Record<Dimension, number>> = {
  server: 1,
  gamemode: 2,
  platform: 3,
  device: 4,
  country: 5,
  domain: 6,
  version: 7,
}
const TOTAL_CODE = 0

export interface SamplerDeps {
  readonly registry: Registry
  readonly storage: Storage
  readonly dayOf: (networkId: string, atMs: number) => number
}

/**
 * To be told of every minute in every collector, whoever writes its sample: a minute's peaks must not outlive it, or
 * they would be written as another minute's when the work comes to a new hand.
 */
export interface Sampler {
  /** Writes the sample of the minute that has just begun. */
  sample(nowMs: number): void
  /** Another collector writes the sample of this minute. */
  leave(nowMs: number): void
  /** Who writes the sample of this minute is not known: it may have none. */
  miss(): void
}

/**
 * Writes who is online at every aligned minute, and the peaks of the minute before it. A network without any server that reports has
 * no sample: that is a gap, which is not zero.
 */
export function createSampler({ registry, storage, dayOf }: SamplerDeps): Sampler {
  const days = new Map<string, number>()

  function write(networkId: string, counts: Counts, sampledAtMs: number): void {
    const sampledAt = sampledAtMs / 1_000
    const add = (dimension: number, value: string, players: number, peak: number): void => {
      const row = { network_id: networkId, sampled_at: sampledAt, dimension, value, players, peak }
      storage.add('ccu_samples', row)
    }
    add(TOTAL_CODE, '', counts.total(), counts.peak())
    for (const dimension of DIMENSIONS) {
      const players = counts.by(dimension)
      for (const value of counts.peakValues(dimension)) {
        add(DIMENSION_CODE[dimension], value, players.get(value) ?? 0, counts.peakOf(dimension, value))
      }
    }
  }

  /** @returns whether another day than at the minute before has begun in the network */
  function turnDay(networkId: string, nowMs: number): boolean {
    const today = dayOf(networkId, nowMs)
    const before = days.get(networkId)
    days.set(networkId, today)
    return before !== undefined && before !== today
  }

  /** Whoever is online when a day begins was there on that day, though no session starts or ends. */
  function beginDay(networkId: string, live: LiveNetwork, nowMs: number): void {
    const today = dayOf(networkId, nowMs)
    for (const { primary } of live.presence.players()) {
      const row = {
        network_id: networkId,
        day: today,
        player_id: primary.playerId,
        first_seen_at: primary.startedAtMs,
        last_seen_at: nowMs,
      }
      storage.add('player_days', row)
    }
  }

  return {
    sample(nowMs) {
      const sampledAtMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
      for (const networkId of registry.networkIds()) {
        const live = registry.network(networkId)
        const { counts } = live.presence
        if (live.instances.size > 0 || counts.peak() > 0) write(networkId, counts, sampledAtMs)
        counts.resetPeaks()
        if (turnDay(networkId, nowMs)) beginDay(networkId, live, nowMs)
      }
    },
    leave(nowMs) {
      for (const networkId of registry.networkIds()) {
        registry.network(networkId).presence.counts.resetPeaks()
        turnDay(networkId, nowMs)
      }
    },
    miss() {
      // A day that began stays to be begun: whoever writes the next sample writes who is online then.
      for (const networkId of registry.networkIds()) registry.network(networkId).presence.counts.resetPeaks()
    },
  }
}
