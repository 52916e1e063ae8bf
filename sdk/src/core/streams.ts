import { type Id, isSameId, LANE, type Lane, LIMITS, type WireEvent } from '../protocol/index.ts'
import type { Emit, LeftoverStream, StreamRef } from './messages.ts'

/** Session events leave at once, but at most this often, so that a storm of joins becomes a few batches. */
const SESSIONS_SPACING_MS = 10
/** After a batch that could not be sent; by then the host has usually said that the link is gone. */
const NOT_SENT_PAUSE_MS = 500
/** Telemetry waits this long for company. */
const TELEMETRY_LINGER_MS = 1_000

/** The first two streams are this instance's lanes. */
const OWN_STREAMS = 2

interface Stream {
  readonly instance: Id
  readonly lane: Lane
  /** Highest number appended, acknowledged, and sent on this connection; what the spool gave up counts as both. */
  last: number
  acked: number
  sent: number
  /** What the next batch says in `after`: the number before it that really was sent, or that the collector has. */
  after: number
  /** When the oldest event that was not sent yet was appended; meaningless when none waits. */
  waitingSinceMs: number
  lastSentMs: number
  blockedUntilMs: number
  /** Batches that were sent and not acknowledged, each with what it said in `after`. */
  readonly inFlight: Array<{ readonly after: number; readonly through: number; readonly bytes: number }>
  inFlightBytes: number
}

export interface StreamLimits {
  readonly batchBytesMax: number
  readonly batchEventsMax: number
  readonly inFlightBytesMax: number
}

export interface Streams {
  /** Numbers an event of this instance and has it kept. */
  append(lane: Lane, event: WireEvent, nowMs: number, provisional: boolean): void
  addLeftovers(leftovers: readonly LeftoverStream[]): void
  /** Gives up what earlier instances left; returns how many events that were. */
  abandonLeftovers(): number
  /** A connection is up: whatever is not acknowledged (or taken, for this instance's lanes) will be sent again. */
  restart(taken: readonly [sessions: number, telemetry: number], limits: StreamLimits): void
  /** Asks for one batch that may go now; returns when to ask again if none may, or null. */
  pump(nowMs: number, hurry: boolean): number | null
  sent(stream: StreamRef, through: number, bytes: number, nowMs: number): void
  acknowledge(instance: Id, lane: Lane, through: number): void
  slow(instance: Id, lane: Lane, from: number, untilMs: number): void
  dropped(stream: StreamRef, through: number): void
  /** Number of the last event of this instance's sessions lane. */
  lastSessionsNumber(): number
  acked(): readonly [sessions: number, telemetry: number]
  isDrained(): boolean
}

/**
 * Numbers the events of each lane and keeps track of what was sent and what is stored. The events themselves stay with
 * the host; only numbers live here. In-flight bytes are bounded per stream.
 */
export function createStreams(instance: Id, emit: Emit): Streams {
  const streams: Stream[] = [createStream(instance, LANE.sessions, 0, 0), createStream(instance, LANE.telemetry, 0, 0)]
  /** A `send` is out and not answered yet; there is at most one. */
  let asked = false
  let limits: StreamLimits = {
    batchBytesMax: LIMITS.frameBytesMax,
    batchEventsMax: LIMITS.batchEventsMax,
    inFlightBytesMax: LIMITS.inFlightBytesMax,
  }

  const own = (lane: Lane): Stream => at(lane === LANE.sessions ? 0 : 1)
  function at(ref: StreamRef): Stream {
    const stream = streams[ref]
    if (stream === undefined) throw new Error(`there is no stream ${ref}`)
    return stream
  }

  function find(id: Id, lane: Lane): StreamRef {
    return streams.findIndex((stream) => stream.lane === lane && isSameId(stream.instance, id))
  }

  /** Everything of the sessions lanes goes before any telemetry; this instance's before what earlier ones left. */
  let byPriority: StreamRef[] = []
  function prioritize(): void {
    const refs = Array.from(streams.keys())
    const isSessions = (ref: StreamRef): boolean => at(ref).lane === LANE.sessions
    byPriority = refs.filter(isSessions).concat(refs.filter((ref) => !isSessions(ref)))
  }
  prioritize()

  /** When the stream may send next: now or earlier, later, or null when it has nothing or must wait for an ack. */
  function dueAt(stream: Stream, hurry: boolean): number | null {
    if (stream.sent >= stream.last || stream.inFlightBytes >= limits.inFlightBytesMax) return null
    const full = stream.last - stream.sent >= limits.batchEventsMax
    const linger = stream.lane === LANE.telemetry && !hurry && !full ? stream.waitingSinceMs + TELEMETRY_LINGER_MS : 0
    const spacing = full ? 0 : stream.lastSentMs + SESSIONS_SPACING_MS
    return Math.max(linger, spacing, stream.blockedUntilMs)
  }

  return {
    append(lane, event, nowMs, provisional) {
      const stream = own(lane)
      if (stream.sent === stream.last) stream.waitingSinceMs = nowMs
      stream.last += 1
      const ref = lane === LANE.sessions ? 0 : 1
      emit({ kind: 'append', stream: ref, number: stream.last, event, ...(provisional ? { provisional } : {}) })
    },

    addLeftovers(leftovers) {
      for (const { instance: id, lane, first, last } of leftovers) streams.push(createStream(id, lane, first - 1, last))
      prioritize()
    },

    abandonLeftovers() {
      let events = 0
      streams.forEach((stream, ref) => {
        if (ref < OWN_STREAMS || stream.acked >= stream.last) return
        events += stream.last - stream.acked
        stream.acked = stream.last
        stream.sent = stream.last
        emit({ kind: 'release', stream: ref, through: stream.last })
      })
      return events
    },

    restart(taken, nextLimits) {
      limits = nextLimits
      asked = false
      streams.forEach((stream, ref) => {
        stream.inFlight.length = 0
        stream.inFlightBytes = 0
        stream.blockedUntilMs = 0
        stream.lastSentMs = 0
        stream.sent = Math.min(stream.last, Math.max(stream.acked, taken[ref] ?? 0))
        // The first batch of an earlier instance tells the collector where it begins.
        stream.after = Math.min(stream.sent, taken[ref] ?? stream.acked)
      })
    },

    pump(nowMs, hurry) {
      if (asked) return null
      let earliest: number | null = null
      for (const ref of byPriority) {
        const stream = at(ref)
        const due = dueAt(stream, hurry)
        if (due === null) continue
        if (due <= nowMs) {
          const { batchEventsMax: eventsMax, batchBytesMax: bytesMax } = limits
          asked = true
          emit({ kind: 'send', stream: ref, first: stream.sent + 1, after: stream.after, eventsMax, bytesMax })
          return null
        }
        earliest = earliest === null ? due : Math.min(earliest, due)
      }
      return earliest
    },

    sent(ref, through, bytes, nowMs) {
      asked = false
      const stream = at(ref)
      if (through <= stream.sent) {
        stream.blockedUntilMs = nowMs + NOT_SENT_PAUSE_MS
        return
      }
      stream.sent = through
      stream.lastSentMs = nowMs
      stream.waitingSinceMs = nowMs
      if (bytes > 0) {
        stream.inFlight.push({ after: stream.after, through, bytes })
        stream.inFlightBytes += bytes
        stream.after = through
      }
    },

    acknowledge(id, lane, through) {
      const ref = find(id, lane)
      const stream = streams[ref]
      if (stream === undefined || through > stream.last) return
      // Also when the spool gave these events up meanwhile: they are no longer on their way.
      for (let head = stream.inFlight[0]; head !== undefined && head.through <= through; head = stream.inFlight[0]) {
        stream.inFlight.shift()
        stream.inFlightBytes -= head.bytes
      }
      stream.after = Math.max(stream.after, through)
      if (through <= stream.acked) return
      stream.acked = through
      stream.sent = Math.max(stream.sent, through)
      emit({ kind: 'release', stream: ref, through })
    },

    slow(id, lane, from, untilMs) {
      const stream = streams[find(id, lane)]
      if (stream === undefined) return
      stream.blockedUntilMs = untilMs
      if (from <= 0 || from > stream.sent) return
      stream.sent = Math.max(stream.acked, from - 1)
      for (
        let tail = stream.inFlight.at(-1);
        tail !== undefined && tail.through >= from;
        tail = stream.inFlight.at(-1)
      ) {
        stream.inFlight.pop()
        stream.inFlightBytes -= tail.bytes
        stream.after = tail.after
      }
    },

    dropped(ref, through) {
      const stream = at(ref)
      stream.acked = Math.max(stream.acked, through)
      stream.sent = Math.max(stream.sent, through)
    },

    lastSessionsNumber: () => own(LANE.sessions).last,
    acked: () => [own(LANE.sessions).acked, own(LANE.telemetry).acked],
    isDrained: () => streams.every((stream) => stream.acked >= stream.last),
  }
}

function createStream(instance: Id, lane: Lane, acked: number, last: number): Stream {
  return {
    instance,
    lane,
    last,
    acked,
    sent: acked,
    after: acked,
    waitingSinceMs: 0,
    lastSentMs: 0,
    blockedUntilMs: 0,
    inFlight: [],
    inFlightBytes: 0,
  }
}
