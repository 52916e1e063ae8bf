import type { EndReason, Frame, Id, Lane, Platform, Properties, WireEvent } from '../protocol/index.ts'

/** Place of a numbered stream of events: 0 and 1 are this instance's lanes, the rest what earlier instances left behind. */
export type StreamRef = number
/** The host's own number for an open session. */
export type SessionRef = number

/** What an earlier instance left in the spool: events `first` to `last` of one lane. */
export interface LeftoverStream {
  readonly instance: Id
  readonly lane: Lane
  readonly first: number
  readonly last: number
}

export interface JoinDetails {
  readonly sessionId: Id
  readonly player: Id
  readonly name: string
  /** As the client typed it; the core normalizes it. */
  readonly hostname: string
  /** Textual IP address, or '' when unknown. */
  readonly address: string
  readonly platform: Platform
  readonly device: string
  readonly protocolVersion: number
  readonly clientVersion: string
  /** The backend that the player starts on, or '' when not known yet. */
  readonly backend: string
}

/** A session that is over already, for loading history. */
export interface FinishedSession extends JoinDetails {
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly reason: EndReason
  readonly afkMs: number
  /** Later stays in order; the first one is `backend` from `startedAtMs`. */
  readonly switches: ReadonlyArray<{ readonly backend: string; readonly atMs: number }>
  readonly purchases?: readonly PurchaseDetails[]
  readonly events?: ReadonlyArray<{
    readonly eventId: Id
    readonly name: string
    readonly properties: Properties
    readonly atMs: number
  }>
}

/** A purchase that happened in a finished session. */
interface PurchaseDetails {
  readonly eventId: Id
  readonly atMs: number
  readonly store: string
  readonly transactionId: string
  readonly product: string
  readonly amountMinor: number
  readonly currency: string
}

export interface Gauges {
  readonly players: number | null
  readonly tps: number | null
  readonly msptMean: number | null
  readonly msptP95: number | null
  readonly memoryUsedBytes: number | null
  readonly memoryMaxBytes: number | null
  readonly pingMeanMs: number | null
  readonly spoolBytes: number | null
  readonly spoolEvents: number | null
}

/**
 * Everything that can happen to the core. `nowMs` is the host's own clock, uncorrected, in whole milliseconds: it may be
 * wrong, but it must go on at the pace of time, also when the host's clock is set. `random` lies in [0, 1).
 */
export type Input =
  | {
      readonly kind: 'start'
      readonly nowMs: number
      /** What the last run had learned about the host's clock. */
      readonly clockOffsetMs: number
      readonly leftovers: readonly LeftoverStream[]
      /** The network that the leftovers belong to, if it was known when they were kept. */
      readonly leftoversNetwork: Id | null
    }
  | { readonly kind: 'join'; readonly nowMs: number; readonly ref: SessionRef; readonly details: JoinDetails }
  | { readonly kind: 'switch'; readonly nowMs: number; readonly ref: SessionRef; readonly backend: string }
  | {
      readonly kind: 'away'
      readonly nowMs: number
      readonly ref: SessionRef
      readonly away: boolean
      readonly eventId: Id
    }
  | {
      readonly kind: 'leave'
      readonly nowMs: number
      readonly ref: SessionRef
      readonly reason: EndReason
      readonly eventId: Id
    }
  | { readonly kind: 'finished'; readonly nowMs: number; readonly session: FinishedSession }
  | {
      readonly kind: 'track'
      readonly nowMs: number
      readonly eventId: Id
      readonly ref: SessionRef | null
      readonly name: string
      readonly properties: Properties
      /** When it happened, already correct; null for now. */
      readonly atMs: number | null
    }
  | {
      readonly kind: 'purchase'
      readonly nowMs: number
      readonly eventId: Id
      readonly ref: SessionRef
      readonly store: string
      readonly transactionId: string
      readonly product: string
      readonly amountMinor: number
      readonly currency: string
    }
  | { readonly kind: 'gauges'; readonly nowMs: number; readonly gauges: Gauges }
  | { readonly kind: 'opened'; readonly nowMs: number }
  | { readonly kind: 'heard'; readonly nowMs: number }
  | { readonly kind: 'frame'; readonly nowMs: number; readonly frame: unknown }
  | {
      readonly kind: 'closed'
      readonly nowMs: number
      readonly random: number
      /** Why, when the other end said so: an error code, and how long to stay away. */
      readonly code: string | null
      readonly retryAfterMs: number | null
    }
  /** The answer to `send`: the last number in the batch that went out; below `first` when none could go. */
  | {
      readonly kind: 'sent'
      readonly nowMs: number
      readonly stream: StreamRef
      readonly through: number
      readonly bytes: number
    }
  /** The spool was full and gave up its oldest `events` events, up to number `through`. */
  | {
      readonly kind: 'dropped'
      readonly nowMs: number
      readonly stream: StreamRef
      readonly through: number
      readonly events: number
    }
  | { readonly kind: 'tick'; readonly nowMs: number }
  | { readonly kind: 'flush'; readonly nowMs: number }
  /** Ends every open session; `eventIds` has one id for each, in the order they were opened. */
  | { readonly kind: 'close'; readonly nowMs: number; readonly eventIds: readonly Id[] }
  | { readonly kind: 'stop'; readonly nowMs: number }

export type LinkState = 'idle' | 'connecting' | 'greeting' | 'streaming' | 'waiting' | 'closed'

/** What the host must do, in order. */
export type Output =
  | { readonly kind: 'connect' }
  | { readonly kind: 'disconnect'; readonly why: string }
  | { readonly kind: 'frame'; readonly frame: Frame }
  /**
   * Keep the event. It must be on disk, or as safe as the host makes it, before the host returns to its caller.
   * A provisional one was made before the collector ever said what time it is: its times are moved by `settle`.
   */
  | {
      readonly kind: 'append'
      readonly stream: StreamRef
      readonly number: number
      readonly event: WireEvent
      readonly provisional?: true
    }
  /**
   * The collector said for the first time what time it is. Times of provisional events, of this instance and of earlier
   * ones to which none of this happened, are to be moved by `byMs` before they are sent, and every time alike.
   */
  | { readonly kind: 'settle'; readonly byMs: number }
  /** Send one batch of what is kept from `first` on, then step with `sent`, whatever became of it. */
  | {
      readonly kind: 'send'
      readonly stream: StreamRef
      readonly first: number
      readonly after: number
      readonly eventsMax: number
      readonly bytesMax: number
    }
  /** Everything up to `through` is stored by the collector and can go. */
  | { readonly kind: 'release'; readonly stream: StreamRef; readonly through: number }
  | { readonly kind: 'wake'; readonly atMs: number }
  | {
      readonly kind: 'link'
      readonly state: LinkState
      readonly code: string | null
      /** When the next attempt is made, or null when none is planned. */
      readonly retryAtMs: number | null
      /** The key's network, once known. */
      readonly network: { readonly id: Id; readonly name: string } | null
    }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  /** The key belongs to another network than the leftovers, so `events` of them were given up rather than mixed. */
  | { readonly kind: 'foreign'; readonly events: number }
  | {
      readonly kind: 'rejected'
      readonly lane: Lane
      readonly number: number
      readonly code: string
      readonly sentence: string
    }
  | { readonly kind: 'command'; readonly commandId: Id; readonly name: string; readonly payload: unknown }
  /** Nothing waits any more: all that was appended is stored. */
  | { readonly kind: 'drained' }

export type Emit = (output: Output) => void
