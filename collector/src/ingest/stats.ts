import type { ErrorCode } from '@mctrack/sdk/protocol'

/** What became of an event, or of a frame or request as a whole; also the label of the metrics. */
export type Outcome = 'accepted' | 'duplicate' | 'unknown_type' | ErrorCode

/** Counts for one network, since the start of this process. */
export interface IngestCounts {
  readonly accepted: number
  /** Events that were sent again and had been taken before. */
  readonly duplicates: number
  /** Events of types that this version does not know, passed over. */
  readonly unknownTypes: number
  readonly refused: ReadonlyMap<ErrorCode, number>
}

export interface IngestStats {
  /** @param networkId undefined when the sender could not be told apart (an unknown key, say) */
  count(networkId: string | undefined, outcome: Outcome, events?: number): void
  of(networkId: string): IngestCounts
  /** Counts since the last call, by network and outcome; for storing them by the minute. */
  takeDeltas(): Array<{ readonly networkId: string; readonly outcome: Outcome; readonly events: number }>
}

/** Counts everything that arrives, so that nothing is dropped without a reason that can be seen. */
export function createIngestStats(onCount: (outcome: Outcome, events: number) => void): IngestStats {
  const totals = new Map<string, Map<Outcome, number>>()
  let deltas = new Map<string, Map<Outcome, number>>()

  function add(into: Map<string, Map<Outcome, number>>, networkId: string, outcome: Outcome, events: number): void {
    let counts = into.get(networkId)
    if (counts === undefined) {
      counts = new Map()
      into.set(networkId, counts)
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + events)
  }

  return {
    count(networkId, outcome, events = 1) {
      if (events === 0) return
      onCount(outcome, events)
      if (networkId === undefined) return
      add(totals, networkId, outcome, events)
      add(deltas, networkId, outcome, events)
    },

    of(networkId) {
      const counts = totals.get(networkId) ?? new Map<Outcome, number>()
      const refused = new Map<ErrorCode, number>()
      for (const [outcome, events] of counts) {
        if (outcome !== 'accepted' && outcome !== 'duplicate' && outcome !== 'unknown_type')
          refused.set(outcome, events)
      }
      return {
        accepted: counts.get('accepted') ?? 0,
        duplicates: counts.get('duplicate') ?? 0,
        unknownTypes: counts.get('unknown_type') ?? 0,
        refused,
      }
    },

    takeDeltas() {
      const taken = deltas
      deltas = new Map()
      return Array.from(taken).flatMap(([networkId, counts]) =>
        Array.from(counts, ([outcome, events]) => ({ networkId, outcome, events })),
      )
    },
  }
}
