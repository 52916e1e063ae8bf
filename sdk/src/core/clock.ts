/** Differences below this are the network's doing, not the clock's. */
const OFFSET_IGNORED_MS = 1_000

export interface Clock {
  /** The host's time, corrected to the collector's, in Unix milliseconds. */
  correct(nowMs: number): number
  offsetMs(): number
  /**
   * Learns from a moment that the collector named. Small differences change nothing, so that times stay in order.
   *
   * @returns whether the offset changed
   */
  learn(options: { readonly nowMs: number; readonly collectorNowMs: number; readonly roundTripMs: number }): boolean
}

/** Corrects a host's wrong clock by what the collector says, so that a server set to the wrong hour still counts right. */
export function createClock(initialOffsetMs: number): Clock {
  let offset = initialOffsetMs
  return {
    correct: (nowMs) => nowMs + offset,
    offsetMs: () => offset,
    learn({ nowMs, collectorNowMs, roundTripMs }) {
      const measured = Math.round(collectorNowMs + roundTripMs / 2 - nowMs)
      if (Math.abs(measured - offset) <= Math.max(OFFSET_IGNORED_MS, roundTripMs)) return false
      const next = Math.abs(measured) <= OFFSET_IGNORED_MS ? 0 : measured
      if (next === offset) return false
      offset = next
      return true
    },
  }
}
