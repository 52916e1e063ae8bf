import type { ErrorCode } from '@mctrack/sdk/protocol'

/** What became of an event, or of a frame or request as a whole; also the label of the metrics. */
export type Outcome = TakenOutcome | ErrorCode

/** Outcomes that are no refusals: taken, sent again, of a type that is not known, or of a player who opted out. */
const TAKEN_OUTCOMES = ['accepted', 'duplicate', 'unknown_type', 'opted_out'] as const
type TakenOutcome = (typeof TAKEN_OUTCOMES)[number]

/** Whether it is no refusal. */
export function isTaken(outcome: string): outcome is TakenOutcome {
  return (TAKEN_OUTCOMES as readonly string[]).includes(outcome)
}

/** Who sent what is counted: a key, and the server as far as it said who it is. */
export interface Sender {
  readonly server: string
  readonly keyId: string
}

/** What was counted of one sender, or of nobody in particular. */
export interface IngestDelta {
  readonly networkId: string
  readonly outcome: Outcome
  readonly sender: Sender | undefined
  readonly events: number
}

/** Counts for one network, since the start of this process. */
export interface IngestCounts {
  readonly accepted: number
  /** Events that were sent again and had been taken before. */
  readonly duplicates: number
  /** Events of types that this version does not know, passed over. */
  readonly unknownTypes: number
  /** Events of players who opted out, dropped. */
  readonly optedOut: number
  readonly refused: ReadonlyMap<ErrorCode, number>
}

export interface IngestStats {
  /** @param networkId undefined when the sender could not be told apart (an unknown key, say) */
  count(networkId: string | undefined, outcome: Outcome, events?: number, sender?: Sender): void
  of(networkId: string): IngestCounts
  /** Counts since the last call, by network, outcome and sender; for storing them by the minute. */
  takeDeltas(): IngestDelta[]
}

/** Senders of a network that are told apart between two calls; their servers' names are theirs to choose. */
const SENDERS_MAX = 2_000

/** Counts everything that arrives, so that nothing is dropped without a reason that can be seen. */
export function createIngestStats(onCount: (outcome: Outcome, events: number) => void): IngestStats {
  const totals = new Map<string, Map<Outcome, number>>()
  let deltas = new Map<string, Map<string, { readonly delta: Omit<IngestDelta, 'events'>; events: number }>>()

  function add(into: Map<string, Map<Outcome, number>>, networkId: string, outcome: Outcome, events: number): void {
    let counts = into.get(networkId)
    if (counts === undefined) {
      counts = new Map()
      into.set(networkId, counts)
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + events)
  }

  function addDelta(networkId: string, outcome: Outcome, events: number, sender: Sender | undefined): void {
    let counts = deltas.get(networkId)
    if (counts === undefined) {
      counts = new Map()
      deltas.set(networkId, counts)
    }
    const known = counts.size < SENDERS_MAX ? sender : undefined
    const exact = `${outcome} ${sender?.keyId ?? ''} ${sender?.server ?? ''}`
    const place = counts.has(exact) || known !== undefined ? exact : `${outcome}  `
    const count = counts.get(place)
    if (count === undefined) counts.set(place, { delta: { networkId, outcome, sender: known }, events })
    else count.events += events
  }

  return {
    count(networkId, outcome, events = 1, sender) {
      if (events === 0) return
      onCount(outcome, events)
      if (networkId === undefined) return
      add(totals, networkId, outcome, events)
      addDelta(networkId, outcome, events, sender)
    },

    of(networkId) {
      const counts = totals.get(networkId) ?? new Map<Outcome, number>()
      const refused = new Map<ErrorCode, number>()
      for (const [outcome, events] of counts) {
        if (!isTaken(outcome)) refused.set(outcome, events)
      }
      return {
        accepted: counts.get('accepted') ?? 0,
        duplicates: counts.get('duplicate') ?? 0,
        unknownTypes: counts.get('unknown_type') ?? 0,
        optedOut: counts.get('opted_out') ?? 0,
        refused,
      }
    },

    takeDeltas() {
      const taken = deltas
      deltas = new Map()
      return Array.from(taken.values()).flatMap((counts) =>
        Array.from(counts.values(), ({ delta, events }) => ({ ...delta, events })),
      )
    },
  }
}
