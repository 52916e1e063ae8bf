import {
  type CollectorFrame,
  closeCodeOf,
  ERROR_CODES,
  type ErrorCode,
  encode,
  FRAME,
  type Id,
  isSameId,
  LANE,
  LIMITS,
  PROTOCOL_VERSION,
  parseUuid,
} from '@mctrack/sdk/protocol'
import type { ApiKey, Fingerprint } from '../keys/index.ts'
import { type Instance, keyOf, type OpenDetails, type Registry } from '../live/index.ts'
import type { Network } from '../networks/index.ts'
import type { OptedOut } from '../opt-outs/index.ts'
import type { CountryOf } from '../platform/country.ts'
import type { GaugesReport } from '../servers/index.ts'
import type { Storage } from '../storage/index.ts'
import {
  type BatchHeader,
  batchRowBytesMax,
  decodeSnapshot,
  type EventRefusal,
  readBatchHeader,
  takeSessions,
  takeTelemetry,
} from './batch.ts'
import { createReader, MalformedError, openReader, readArrayLength, readInteger } from './decode/reader.ts'
import { decodeGauges } from './gauges.ts'
import { type Hello, parseHello } from './hello.ts'
import type { Pipeline } from './pipeline.ts'
import { prepareEventPrefix } from './rows/event-row.ts'
import type { Source, SourceOf } from './source.ts'
import type { IngestStats, Sender } from './stats.ts'
import type { Stream, Streams } from './streams.ts'

/** The other end, as uWebSockets.js gives it; what is returned is of no interest here. */
export interface Peer {
  send(message: Uint8Array, isBinary: boolean): unknown
  ping(): unknown
  end(closeCode: number, reason: string): unknown
}

/** One connection. Only what differs from one to the next lives here: there may be many thousands. */
export interface Connection {
  readonly key: ApiKey
  readonly fingerprint: Fingerprint
  readonly peer: Peer
  isOpen: boolean
  /** Frames that may still come before the rate is exceeded, as of `tokensAtMs`. */
  tokens: number
  tokensAtMs: number
  link: Link | undefined
}

/** What is known once hello was said. */
export interface Link {
  readonly instance: Instance
  readonly instanceId: Id
  readonly source: Source
  readonly sender: Sender
  /** Streams that acknowledge on this connection: both lanes of the instance, and what earlier instances left. */
  readonly streams: Stream[]
  /** Parts of the snapshot that came so far; undefined once it is complete. */
  snapshot: OpenDetails[] | undefined
  /** Events of the sessions lane up to this number are in the snapshot already. */
  snapshotThrough: number
  /** The collector did not hold the instance's sessions, and may have closed them in the database. */
  readonly isReturning: boolean
}

export interface ConnectionDeps {
  readonly registry: Registry
  readonly storage: Storage
  readonly streams: Streams<Connection>
  readonly pipeline: Pipeline
  readonly stats: IngestStats
  readonly countryOf: CountryOf
  readonly networkOf: (networkId: string) => Network | undefined
  readonly optedOutOf: (networkId: string) => OptedOut | undefined
  readonly isStillValid: (fingerprint: Fingerprint) => boolean
  readonly sourceOf: SourceOf
  readonly collector: { readonly name: string; readonly version: string }
  readonly now: () => number
  /** In [0, 1), for spreading retries. */
  readonly random: () => number
  readonly onHello: (key: ApiKey, hello: Hello) => void
  /** A connection that had said hello is gone. */
  readonly onClosed: (key: ApiKey) => void
  /** The connection is ended, and why. */
  readonly onDismissed: (key: ApiKey, code: ErrorCode) => void
  /** Something was taken, and whether a player was in it who joined or is there. */
  readonly onTaken: (key: ApiKey, hasPlayer: boolean) => void
  readonly onGauges: (link: Link, networkId: string, gauges: GaugesReport) => void
  readonly onRefusal: (refusal: EventRefusal, link: Link, key: ApiKey) => void
  /** A frame could not be dealt with for a reason of our own. */
  readonly onError: (error: unknown) => void
  /** Shows a telemetry frame to those who watch. */
  readonly onTelemetry: (networkId: string, link: Link, frame: Buffer) => void
}

export interface Connections {
  open(peer: Peer, credential: { readonly key: ApiKey; readonly fingerprint: Fingerprint }): Connection
  /** One message. Its bytes are read before this returns and not kept. */
  receive(connection: Connection, message: Buffer, isBinary: boolean): void
  /** A sign of life without a message. */
  heard(connection: Connection): void
  /** Says goodbye and closes. */
  dismiss(connection: Connection, code: ErrorCode): void
  /** The connection is gone. */
  closed(connection: Connection): void
  /** Dismisses who may no longer send, and who never said hello. Call it twice a second. */
  patrol(): void
  /** Pings everybody. Call it every HEARTBEAT_MS. */
  beat(): void
  /** From now on nothing more is taken; what was taken is still acknowledged. */
  stopTaking(): void
  all(): ReadonlySet<Connection>
}

/** The collector pings this often; a client that hears nothing for two and a half of these takes the link for dead. */
export const HEARTBEAT_MS = 10_000
/** How long a sender should wait when the buffers are full. */
const SLOW_WAIT_MS = 2_000
/** Streams that acknowledge on one connection: its own two, and those of earlier instances until they are stored. */
const STREAMS_MAX = 64
/** Telemetry may use this share of its buffer, so that purchases always find room. */
const TELEMETRY_SHARE = 0.8
const RATE_WINDOW_MS = 10_000
const RATE_TOKENS_MAX = (LIMITS.framesPerSecondMax * RATE_WINDOW_MS) / 1_000

function send(connection: Connection, frame: CollectorFrame): void {
  if (connection.isOpen) connection.peer.send(encode(frame), true)
}

/** Tells the other end up to which number a stream is stored. */
export function sendAck(connection: Connection, { instanceId, lane, stored }: Stream): void {
  send(connection, [FRAME.ack, instanceId, lane, stored])
}

/** The collector's side of the protocol: hello, snapshot, batches, gauges, and what is answered to them. */
export function createConnections(deps: ConnectionDeps): Connections {
  const { registry, storage, streams, pipeline, stats, now } = deps
  const reader = createReader()
  const connections = new Set<Connection>()
  const holders = new Map<Instance, Connection>()
  const sessionsBuffers = [
    storage.buffer('network_sessions'),
    storage.buffer('gamemode_sessions'),
    storage.buffer('events'),
  ]
  const telemetryBuffers = [storage.buffer('events')]
  let isTaking = true

  function dismiss(connection: Connection, code: ErrorCode, retryAfterMs: number | null = null): void {
    if (!connection.isOpen) return
    stats.count(connection.key.networkId, code, 1, connection.link?.sender ?? { server: '', keyId: connection.key.id })
    deps.onDismissed(connection.key, code)
    send(connection, [FRAME.goodbye, code, ERROR_CODES[code].sentence, retryAfterMs, now()])
    connection.isOpen = false
    connection.peer.end(closeCodeOf(code), code)
  }

  /** Whether the frame is within the rate: a bucket that holds a window's worth of frames. */
  function takeToken(connection: Connection): boolean {
    const nowMs = now()
    const earned = ((nowMs - connection.tokensAtMs) * LIMITS.framesPerSecondMax) / 1_000
    connection.tokens = Math.min(RATE_TOKENS_MAX, connection.tokens + Math.max(0, earned)) - 1
    connection.tokensAtMs = nowMs
    return connection.tokens >= 0
  }

  function attach(
    connection: Connection,
    link: Link,
    instanceId: Id,
    lane: BatchHeader['lane'],
    known: number,
  ): Stream | undefined {
    const held = link.streams.find((stream) => stream.lane === lane && isSameId(stream.instanceId, instanceId))
    if (held !== undefined) return held
    if (link.streams.length >= STREAMS_MAX) {
      const over = link.streams.findIndex(
        (stream) => stream.stored >= stream.taken && !isSameId(stream.instanceId, link.instanceId),
      )
      if (over < 0) return undefined
      for (const stream of link.streams.splice(over, 1)) streams.detach(stream, connection)
    }
    const stream = streams.attach(connection.key.networkId, instanceId, lane, known, connection)
    link.streams.push(stream)
    return stream
  }

  function onHello(connection: Connection, message: Buffer): void {
    const { key } = connection
    const hello = parseHello(message)
    if (hello === undefined) return dismiss(connection, 'HELLO_EXPECTED')
    if (!('instanceId' in hello)) return dismiss(connection, 'VERSION_UNSUPPORTED')
    const nowMs = now()
    if (Math.abs(hello.nowMs - nowMs) > LIMITS.clockOffMsMax) return dismiss(connection, 'CLOCK_OFF')
    const network = deps.networkOf(key.networkId)
    if (network === undefined || network.archivedAtMs !== null) return dismiss(connection, 'NETWORK_ARCHIVED')
    const { instanceId, startedAtMs, server } = hello
    const { instance, resumed } = registry.link(
      {
        key: keyOf(instanceId),
        networkId: key.networkId,
        serverName: server.name,
        serverKind: server.kind,
        startedAtMs,
      },
      nowMs,
    )
    const earlier = holders.get(instance)
    holders.set(instance, connection)
    if (earlier !== undefined) dismiss(earlier, 'INSTANCE_REPLACED')
    const sessions = streams.attach(key.networkId, instanceId, LANE.sessions, hello.acked[0], connection)
    const telemetry = streams.attach(key.networkId, instanceId, LANE.telemetry, hello.acked[1], connection)
    connection.link = {
      instance,
      instanceId,
      source: deps.sourceOf(key.networkId, { ...server, instanceId }, key.gamemode),
      sender: { server: server.name, keyId: key.id },
      streams: [sessions, telemetry],
      snapshot: [],
      snapshotThrough: 0,
      isReturning: !resumed,
    }
    deps.onHello(key, hello)
    send(connection, [
      FRAME.welcome,
      PROTOCOL_VERSION,
      nowMs,
      resumed,
      [deps.collector.name, deps.collector.version],
      HEARTBEAT_MS,
      network.resumeWindowMs,
      [LIMITS.frameBytesMax, LIMITS.batchEventsMax, LIMITS.inFlightBytesMax],
      [
        [sessions.taken, sessions.stored],
        [telemetry.taken, telemetry.stored],
      ],
      [parseUuid(network.id) ?? new Uint8Array(16), network.name],
    ])
  }

  function onSnapshot(connection: Connection, link: Link): void {
    const part = decodeSnapshot(reader, {
      countryOf: deps.countryOf,
      gamemodeOf: (stay) => pipeline.gamemodeOf(link.source, stay),
      check: (details) => pipeline.checkOpen(details, link.source, now()),
    })
    if (part === undefined || link.snapshot === undefined) return dismiss(connection, 'FRAME_MALFORMED')
    for (const outcome of part.leftOut) stats.count(connection.key.networkId, outcome, 1, link.sender)
    if (part.sessions.length > 0) deps.onTaken(connection.key, true)
    for (const details of part.sessions) link.snapshot.push(details)
    if (link.snapshot.length > LIMITS.instanceSessionsMax) return dismiss(connection, 'TOO_MANY_SESSIONS')
    if (!part.isLast) return
    link.snapshotThrough = part.through
    registry.reconcile(link.instance, link.snapshot, now(), link.isReturning)
    link.snapshot = undefined
    storage.poke('network_sessions')
    storage.poke('gamemode_sessions')
  }

  function onBatch(connection: Connection, link: Link, message: Buffer): void {
    const header = readBatchHeader(reader)
    if (header === undefined) return dismiss(connection, 'FRAME_MALFORMED')
    const { instanceId, lane, first, after, events } = header
    const { networkId } = connection.key
    const stream = attach(connection, link, instanceId, lane, after)
    const last = first + events - 1
    if (stream === undefined) return slowDown(connection, header)
    if (after > stream.taken) return // Sent before the sender knew that it must go back.
    if (last <= stream.taken) {
      stats.count(networkId, 'duplicate', events, link.sender)
      if (last <= stream.stored) sendAck(connection, stream)
      return
    }
    const isSessions = lane === LANE.sessions
    const buffers = isSessions ? sessionsBuffers : telemetryBuffers
    const bytes = batchRowBytesMax(header, message.length)
    if (!buffers.every((buffer) => buffer.hasRoom(bytes, isSessions ? 1 : TELEMETRY_SHARE))) {
      return slowDown(connection, header)
    }
    const refusals = isSessions ? takeSessionsBatch(header, stream, link) : takeTelemetryBatch(header, stream, link)
    if (refusals.length < events) deps.onTaken(connection.key, link.instance.sessions.size > 0)
    if (!isSessions) deps.onTelemetry(networkId, link, message)
    stream.taken = last
    streams.wrote(stream, last, buffers)
    if (isSessions) {
      storage.poke('network_sessions')
      storage.poke('gamemode_sessions')
    }
    storage.poke('events')
    report(connection, link, header, refusals)
    if (link.instance.sessions.size > LIMITS.instanceSessionsMax) dismiss(connection, 'TOO_MANY_SESSIONS')
  }

  function slowDown(connection: Connection, { instanceId, lane, first, events }: BatchHeader): void {
    stats.count(connection.key.networkId, 'BUFFER_FULL', events, connection.link?.sender)
    const waitMs = Math.round(SLOW_WAIT_MS * (0.5 + deps.random()))
    send(connection, [FRAME.slow, instanceId, lane, first, waitMs, 'BUFFER_FULL'])
  }

  function takeSessionsBatch(header: BatchHeader, stream: Stream, link: Link): EventRefusal[] {
    const { source, instance, sender } = link
    const isOwn = isSameId(header.instanceId, link.instanceId)
    const itsSource = isOwn ? source : { ...source, owner: { ...source.owner, instanceId: header.instanceId } }
    const nowMs = now()
    return takeSessions(reader, header, {
      taken: stream.taken,
      countryOf: deps.countryOf,
      count: (outcome, events) => stats.count(source.networkId, outcome, events, sender),
      accept(event, number) {
        // What happened before the snapshot is in it already; what an earlier instance left is over.
        const isLive = isOwn && link.snapshot === undefined && number > link.snapshotThrough
        return pipeline.accept(event, itsSource, instance, isLive ? 'live' : 'history', nowMs)
      },
    })
  }

  function takeTelemetryBatch(header: BatchHeader, stream: Stream, { source, sender }: Link): EventRefusal[] {
    const nowMs = now()
    return takeTelemetry(reader, header, {
      taken: stream.taken,
      buffer: storage.buffer('events'),
      optedOut: deps.optedOutOf(source.networkId),
      context: { prefix: prepareEventPrefix(source.owner, nowMs), nowMs, isAgeChecked: true },
      count: (outcome, events) => stats.count(source.networkId, outcome, events, sender),
    })
  }

  function report(connection: Connection, link: Link, header: BatchHeader, refusals: readonly EventRefusal[]): void {
    if (refusals.length === 0) return
    const { instanceId, lane } = header
    const events = refusals.map(({ number, code }) => [number, code, ERROR_CODES[code].sentence] as const)
    send(connection, [FRAME.reject, instanceId, lane, events])
    for (const refusal of refusals) {
      stats.count(connection.key.networkId, refusal.code, 1, link.sender)
      deps.onRefusal(refusal, link, connection.key)
    }
  }

  function onGauges(connection: Connection, link: Link): void {
    const gauges = decodeGauges(reader)
    if (gauges === undefined) return dismiss(connection, 'FRAME_MALFORMED')
    deps.onGauges(link, connection.key.networkId, gauges)
  }

  /** The instance is over at once; what still comes is stored, but changes nothing that is live. */
  function onLeaving(connection: Connection, link: Link): void {
    if (holders.get(link.instance) !== connection) return
    holders.delete(link.instance)
    link.snapshot = []
    registry.end(link.instance, 'link_lost', now())
  }

  function dispatch(connection: Connection, message: Buffer): void {
    const { link } = connection
    if (link === undefined) return onHello(connection, message)
    link.instance.lastSeenAtMs = now()
    openReader(reader, message)
    if (readArrayLength(reader) < 1) return dismiss(connection, 'FRAME_MALFORMED')
    const type = readInteger(reader)
    switch (type) {
      case FRAME.snapshot:
        return onSnapshot(connection, link)
      case FRAME.batch:
        return onBatch(connection, link, message)
      case FRAME.gauges:
        return onGauges(connection, link)
      case FRAME.leaving:
        return onLeaving(connection, link)
      case FRAME.hello:
        return dismiss(connection, 'HELLO_EXPECTED')
      default:
        if (Number.isNaN(type)) return dismiss(connection, 'FRAME_MALFORMED')
        stats.count(connection.key.networkId, 'unknown_type', 1, link.sender) // A newer client's, to be skipped.
    }
  }

  return {
    open(peer, { key, fingerprint }) {
      const connection: Connection = {
        key,
        fingerprint,
        peer,
        isOpen: true,
        tokens: RATE_TOKENS_MAX,
        tokensAtMs: now(),
        link: undefined,
      }
      connections.add(connection)
      return connection
    },

    receive(connection, message, isBinary) {
      if (!connection.isOpen || !isTaking) return
      if (!takeToken(connection)) return dismiss(connection, 'TOO_FAST', RATE_WINDOW_MS)
      if (!isBinary) return dismiss(connection, 'FRAME_MALFORMED')
      if (message.length > LIMITS.frameBytesMax) return dismiss(connection, 'FRAME_TOO_LARGE')
      try {
        dispatch(connection, message)
      } catch (error) {
        if (error instanceof MalformedError) return dismiss(connection, 'FRAME_MALFORMED')
        // Whatever it is, it must not reach the others.
        deps.onError(error)
        dismiss(connection, 'INTERNAL')
      }
    },

    heard(connection) {
      if (connection.link !== undefined) connection.link.instance.lastSeenAtMs = now()
    },

    dismiss: (connection, code) => dismiss(connection, code),

    closed(connection) {
      connection.isOpen = false
      connections.delete(connection)
      const { link } = connection
      if (link === undefined) return
      deps.onClosed(connection.key)
      for (const stream of link.streams) streams.detach(stream, connection)
      if (holders.get(link.instance) !== connection) return // A newer connection of the same instance holds it.
      holders.delete(link.instance)
      const network = deps.networkOf(connection.key.networkId)
      registry.unlink(link.instance, now(), network?.resumeWindowMs ?? 0)
    },

    patrol() {
      const nowMs = now()
      for (const connection of connections) {
        if (!deps.isStillValid(connection.fingerprint)) dismiss(connection, 'KEY_REVOKED')
        else if (connection.link === undefined && nowMs - connection.tokensAtMs > LIMITS.helloWaitMsMax) {
          dismiss(connection, 'HELLO_TIMEOUT')
        } else if (connection.link !== undefined && deps.networkOf(connection.key.networkId)?.archivedAtMs !== null) {
          dismiss(connection, 'NETWORK_ARCHIVED')
        }
      }
    },

    beat() {
      for (const connection of connections) if (connection.isOpen) connection.peer.ping()
    },

    stopTaking() {
      isTaking = false
    },

    all: () => connections,
  }
}
