import type { Properties, ServerKind } from '../protocol/index.ts'
import type { Transport } from './transport.ts'

/** Names of a network's own events, each with the types of its properties. */
export type EventMap = Readonly<Record<string, Properties>>

/** What `createClient` takes. Only the key, the endpoint and the server are needed. */
export interface ClientOptions {
  /** API key of the network: `mct_` and 32 letters or digits. */
  readonly key: string
  /** Address of the collector: `ws://127.0.0.1:4000`, `wss://…`; `http` and `https` mean the same. */
  readonly endpoint: string
  readonly server: {
    /** What this server is called on every screen. It stays the same from start to start. At most 64 bytes. */
    readonly name: string
    readonly kind: ServerKind
  }
  /** The server software, such as `{ name: 'Velocity', version: '3.4.0' }`. */
  readonly software?: { readonly name: string; readonly version: string }
  readonly spool?: SpoolOptions
  /** Told about every change of the link. */
  readonly onStatus?: (status: ClientStatus) => void
  /** Told about everything that went wrong but did not stop the client. */
  readonly onProblem?: (problem: Problem) => void
  /** Sees everything before it is kept, may change it, and drops it by returning null. */
  readonly beforeSend?: (outgoing: Outgoing) => Outgoing | null
  /** Replaces the WebSocket; see `@mctrack/sdk/testing`. */
  readonly transport?: Transport
  /** False makes a client that does nothing, for development machines. */
  readonly enabled?: boolean
}

/** Where and how much is kept of what the collector has not stored yet. */
export interface SpoolOptions {
  /**
   * Where events wait until they are stored. Default: `.mctrack/spool` in the working directory. False keeps them in
   * memory only, so that they are lost when the process dies.
   */
  readonly directory?: string | false
  /** Bound on what waits, in bytes; the oldest telemetry goes first. Default: 64 MiB. */
  readonly bytesMax?: number
}

/**
 * How the link to the collector is.
 *
 * - `connecting`: an attempt is under way
 * - `connected`: events flow
 * - `waiting`: the link is down, the next attempt is planned; events are kept
 * - `refused`: the collector said no for a reason that a person must mend; it is asked again rarely
 * - `closed`: `close()` was called
 */
export type LinkStatus = 'connecting' | 'connected' | 'waiting' | 'refused' | 'closed'

/** How the client is right now, and what it counted since the start. */
export interface ClientStatus {
  readonly link: LinkStatus
  /** Error code of the last refusal or goodbye, from the table in PROTOCOL.md. */
  readonly code: string | null
  /** What is wrong and what to do, for people. */
  readonly message: string | null
  /** Unix milliseconds of the next attempt. */
  readonly retryAtMs: number | null
  /** Name of the network that the key belongs to, once connected. */
  readonly network: string | null
  readonly openSessions: number
  /** Events that wait to be stored. */
  readonly pendingEvents: number
  readonly pendingBytes: number
  /** Events given up because the spool was full or its disk lost them, since the start. */
  readonly droppedEvents: number
  /** Events that the collector refused, since the start. */
  readonly rejectedEvents: number
  /** What is added to this host's clock to match the collector's, in milliseconds. */
  readonly clockOffsetMs: number
}

/** Something that went wrong and did not stop the client: a code for programs, a sentence for people. */
export interface Problem {
  readonly code:
    | 'INPUT_INVALID'
    | 'HOOK_FAILED'
    | 'EVENT_REJECTED'
    | 'EVENTS_DROPPED'
    | 'SPOOL_FAILED'
    | 'SPOOL_OF_OTHER_NETWORK'
    | 'CLOSED'
  readonly message: string
}

/** What `beforeSend` sees. */
export type Outgoing =
  | { readonly kind: 'join'; readonly join: PlayerJoin }
  | { readonly kind: 'track'; readonly name: string; readonly properties: Properties }
  | { readonly kind: 'purchase'; readonly purchase: Purchase }

/** A player who joins. Only the UUID and the name are needed. */
export interface PlayerJoin {
  /** The player's UUID, with or without hyphens. */
  readonly uuid: string
  readonly name: string
  /** The host name that the player typed, as the handshake gives it. */
  readonly hostname?: string
  /** The player's IP address. The collector looks up the country and drops it. */
  readonly address?: string
  readonly platform?: 'java' | 'bedrock'
  /** Bedrock's device: `android`, `ios`, `windows`, `playstation`, `xbox`, `switch`, … */
  readonly device?: string
  /** Number of the client's protocol, such as 774. */
  readonly protocolVersion?: number
  /** The client's version as people say it, when it is known; else it follows from the protocol's number. */
  readonly clientVersion?: string
  /** The backend that the player starts on. A backend server's own name is the default there. */
  readonly backend?: string
}

/** A session that ended in the past, with what happened in it, for loading history. */
export interface PlayerHistory<Events extends EventMap = EventMap> extends PlayerJoin {
  /** Yours to give (a UUID), so that a session that is loaded again, with the same times, is counted once. */
  readonly sessionId?: string
  /** Unix milliseconds, at most 90 days ago. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly reason?: 'quit' | 'kick' | 'timeout' | 'crash' | 'shutdown'
  readonly afkMs?: number
  readonly switches?: ReadonlyArray<{ readonly backend: string; readonly atMs: number }>
  /** Events of your own, of this player in this session. */
  readonly events?: ReadonlyArray<PastEvent<Events>>
  readonly purchases?: ReadonlyArray<Purchase & { readonly atMs: number; readonly eventId?: string }>
}

/** One of your own events that happened in the past. */
export type PastEvent<Events extends EventMap = EventMap> = {
  readonly [Name in keyof Events & string]: {
    readonly name: Name
    readonly properties?: Events[Name]
    readonly atMs: number
    /** Yours to give (a UUID), so that an event that is loaded again, with the same name and time, is counted once. */
    readonly eventId?: string
  }
}[keyof Events & string]

/** A purchase that the game saw. Revenue is counted from the store's own report. */
export interface Purchase {
  /** The store: `paynow`, `tebex`, … */
  readonly store: string
  readonly transactionId: string
  readonly product: string
  /** Price in the currency's minor units: 499 for 4.99 EUR. */
  readonly amountMinor: number
  /** ISO 4217. */
  readonly currency: string
}

/** How the server is right now. What is not known is left out. */
export interface ServerGauges {
  readonly players?: number
  /** Ticks a second, 20 when all is well. */
  readonly tps?: number
  /** Milliseconds a tick. */
  readonly msptMean?: number
  readonly msptP95?: number
  readonly memoryUsedBytes?: number
  readonly memoryMaxBytes?: number
  readonly pingMeanMs?: number
}
