import type { Id, Lane, SessionFields, StayFields, WireEvent } from './events.ts'

/** The WebSocket subprotocol; a change that old readers cannot skip gets a new one. */
export const SUBPROTOCOL = 'mctrack.v1'
/** The version inside `hello`, for changes that both ends can agree on. */
export const PROTOCOL_VERSION = 1
export const STREAM_PATH = '/v1/stream'

/** Frame types. The client's are below 16, the collector's from 16 on. */
export const FRAME = {
  hello: 1,
  snapshot: 2,
  batch: 3,
  gauges: 4,
  leaving: 5,
  welcome: 16,
  ack: 17,
  reject: 18,
  slow: 19,
  command: 20,
  goodbye: 21,
} as const

/** First frame of a connection. `clockOffsetMs` is what the client already adds to its own clock; `nowMs` includes it. */
export type HelloFrame = readonly [
  type: typeof FRAME.hello,
  version: number,
  instanceId: Id,
  startedAtMs: number,
  nowMs: number,
  clockOffsetMs: number,
  server: readonly [name: string, kind: number],
  software: readonly [name: string, version: string],
  sdk: readonly [name: string, version: string],
  /** Highest event number per lane of this instance that the client has seen acknowledged. */
  acked: readonly [sessions: number, telemetry: number],
]

/** The sessions open once all events up to `through` of the sessions lane have happened; `last` marks the final part. */
export type SnapshotFrame = readonly [
  type: typeof FRAME.snapshot,
  through: number,
  last: boolean,
  sessions: ReadonlyArray<readonly [session: SessionFields, stay: StayFields | null]>,
]

/**
 * Events number `first`, `first + 1`, … of one lane of one instance. `after` is the highest number of that lane that
 * was sent before on this connection, or that `welcome` said is taken: a collector that has not taken it ignores the batch.
 */
export type BatchFrame = readonly [
  type: typeof FRAME.batch,
  instanceId: Id,
  lane: Lane,
  first: number,
  after: number,
  events: readonly WireEvent[],
]

/** How the server is now. Sent at most every few seconds, never stored by the client. `null` is unknown. */
export type GaugesFrame = readonly [
  type: typeof FRAME.gauges,
  atMs: number,
  players: number | null,
  tps: number | null,
  msptMean: number | null,
  msptP95: number | null,
  memoryUsedBytes: number | null,
  memoryMaxBytes: number | null,
  pingMeanMs: number | null,
  spoolBytes: number | null,
  spoolEvents: number | null,
  droppedEvents: number | null,
]

/** The client stops for good: its instance ends now, without a resume window. */
export type LeavingFrame = readonly [type: typeof FRAME.leaving]

export type WelcomeFrame = readonly [
  type: typeof FRAME.welcome,
  version: number,
  nowMs: number,
  /** Whether this collector still held the instance's sessions. */
  resumed: boolean,
  collector: readonly [name: string, version: string],
  heartbeatMs: number,
  resumeWindowMs: number,
  limits: readonly [frameBytesMax: number, batchEventsMax: number, inFlightBytesMax: number],
  /** Per lane of this instance: the highest event number taken, and the highest stored. */
  lanes: readonly [
    sessions: readonly [taken: number, stored: number],
    telemetry: readonly [taken: number, stored: number],
  ],
  network: readonly [id: Id, name: string],
]

/** All events of the lane up to and including number `through` are stored. */
export type AckFrame = readonly [type: typeof FRAME.ack, instanceId: Id, lane: Lane, through: number]

/** Single events that were refused. They are not stored, and are acknowledged like the others. */
export type RejectFrame = readonly [
  type: typeof FRAME.reject,
  instanceId: Id,
  lane: Lane,
  events: ReadonlyArray<readonly [number: number, code: string, sentence: string]>,
]

/** Wait `waitMs`. Batches of the lane from number `from` on were not taken and must be sent again; 0 means advice only. */
export type SlowFrame = readonly [
  type: typeof FRAME.slow,
  instanceId: Id,
  lane: Lane,
  from: number,
  waitMs: number,
  code: string,
]

/** Reserved for things that a server is asked to do. A client that does not know `name` ignores it. */
export type CommandFrame = readonly [type: typeof FRAME.command, commandId: Id, name: string, payload: unknown]

/** Last frame before the collector closes. `retryAfterMs` is null when the client may use its own back-off. */
export type GoodbyeFrame = readonly [
  type: typeof FRAME.goodbye,
  code: string,
  sentence: string,
  retryAfterMs: number | null,
  nowMs: number,
]

export type ClientFrame = HelloFrame | SnapshotFrame | BatchFrame | GaugesFrame | LeavingFrame
export type CollectorFrame = WelcomeFrame | AckFrame | RejectFrame | SlowFrame | CommandFrame | GoodbyeFrame
export type Frame = ClientFrame | CollectorFrame
