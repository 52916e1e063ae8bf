import {
  FRAME,
  type GoodbyeFrame,
  type Id,
  isSameId,
  LIMITS,
  PROTOCOL_VERSION,
  type RejectFrame,
  SERVER_KIND_CODE,
  type ServerKind,
  type SlowFrame,
  type SnapshotFrame,
  type WelcomeFrame,
} from '../protocol/index.ts'
import { backoffMs } from './backoff.ts'
import type { Clock } from './clock.ts'
import { readCollectorFrame } from './frame-reader.ts'
import type { Emit, Input, LinkState } from './messages.ts'
import type { Sessions } from './sessions.ts'
import type { Streams } from './streams.ts'

/** Between the upgrade and the welcome. */
const WELCOME_WAIT_MS = 10_000
/** Missed heartbeats after which the other end is taken for dead. */
const HEARTBEATS_MISSED_MAX = 2.5

export interface Identity {
  readonly instance: Id
  readonly startedAtMs: number
  readonly server: { readonly name: string; readonly kind: ServerKind }
  readonly software: { readonly name: string; readonly version: string }
  readonly sdk: { readonly name: string; readonly version: string }
}

export interface Link {
  state(): LinkState
  /** @param leftoversNetwork the network that events of earlier instances belong to, if known */
  start(leftoversNetwork: Id | null): void
  opened(nowMs: number): void
  heard(nowMs: number): void
  frame(nowMs: number, value: unknown): void
  closed(input: Extract<Input, { kind: 'closed' }>): void
  /** Does what time alone asks for; returns when to be asked again, or null. */
  tick(nowMs: number): number | null
  stop(): void
}

interface LinkDeps {
  readonly identity: Identity
  readonly clock: Clock
  readonly sessions: Sessions
  readonly streams: Streams
  readonly emit: Emit
}

/** The connection's state machine: connect, hello, welcome, snapshot, stream; and back-off when it breaks. */
export function createLink({ identity, clock, sessions, streams, emit }: LinkDeps): Link {
  let state: LinkState = 'idle'
  let attempt = 0
  let retryAtMs: number | null = null
  let helloSentMs = 0
  let heardMs = 0
  let heartbeatMs: number | null = null
  let network: { readonly id: Id; readonly name: string } | null = null
  let goodbye: GoodbyeFrame | null = null
  let leftoversNetwork: Id | null = null

  function enter(next: LinkState, code: string | null = null): void {
    state = next
    emit({ kind: 'link', state, code, retryAtMs, network })
  }

  function connect(): void {
    retryAtMs = null
    goodbye = null
    heartbeatMs = null
    enter('connecting')
    emit({ kind: 'connect' })
  }

  function sendSnapshot(): void {
    const all = sessions.snapshot()
    const through = streams.lastSessionsNumber()
    let from = 0
    do {
      const part = all.slice(from, from + LIMITS.snapshotSessionsMax)
      from += LIMITS.snapshotSessionsMax
      const frame: SnapshotFrame = [FRAME.snapshot, through, from >= all.length, part]
      emit({ kind: 'frame', frame })
    } while (from < all.length)
  }

  function onWelcome(nowMs: number, frame: WelcomeFrame): void {
    if (state !== 'greeting') return
    const [, , collectorNowMs, , , heartbeat, , limits, lanes] = frame
    const learned = clock.learn({ nowMs, collectorNowMs, roundTripMs: nowMs - helloSentMs })
    if (learned) emit({ kind: 'clock', offsetMs: clock.offsetMs() })
    attempt = 0
    heartbeatMs = heartbeat > 0 ? heartbeat : null
    network = { id: frame[9][0], name: frame[9][1] }
    enter('streaming')
    if (leftoversNetwork !== null && !isSameId(leftoversNetwork, network.id)) {
      emit({ kind: 'foreign', events: streams.abandonLeftovers() })
    }
    leftoversNetwork = null
    sendSnapshot()
    lanes.forEach(([, stored], index) => {
      const lane = index === 0 ? 1 : 2
      if (stored > 0) streams.acknowledge(identity.instance, lane, stored)
    })
    const [frameBytesMax, batchEventsMax, inFlightBytesMax] = limits
    streams.restart([lanes[0][0], lanes[1][0]], { batchBytesMax: frameBytesMax, batchEventsMax, inFlightBytesMax })
  }

  function onReject([, , lane, events]: RejectFrame): void {
    for (const [number, code, sentence] of events) emit({ kind: 'rejected', lane, number, code, sentence })
  }

  function onSlow(nowMs: number, [, instance, lane, from, waitMs]: SlowFrame): void {
    streams.slow(instance, lane, from, nowMs + waitMs)
  }

  function onGoodbye(nowMs: number, frame: GoodbyeFrame): void {
    goodbye = frame
    const learned = clock.learn({ nowMs, collectorNowMs: frame[4], roundTripMs: Math.max(0, nowMs - helloSentMs) })
    if (learned) emit({ kind: 'clock', offsetMs: clock.offsetMs() })
  }

  return {
    state: () => state,
    start(network) {
      leftoversNetwork = network
      connect()
    },

    opened(nowMs) {
      if (state !== 'connecting') return
      helloSentMs = nowMs
      heardMs = nowMs
      enter('greeting')
      const { instance, startedAtMs, server, software, sdk } = identity
      emit({
        kind: 'frame',
        frame: [
          FRAME.hello,
          PROTOCOL_VERSION,
          instance,
          clock.correct(startedAtMs),
          clock.correct(nowMs),
          clock.offsetMs(),
          [server.name, SERVER_KIND_CODE[server.kind]],
          [software.name, software.version],
          [sdk.name, sdk.version],
          streams.acked(),
        ],
      })
    },

    heard(nowMs) {
      heardMs = nowMs
    },

    frame(nowMs, value) {
      heardMs = nowMs
      const frame = readCollectorFrame(value)
      if (frame === 'unknown') return
      if (frame === undefined) {
        emit({ kind: 'disconnect', why: 'the collector sent a frame that does not follow the protocol' })
        return
      }
      switch (frame[0]) {
        case FRAME.welcome:
          return onWelcome(nowMs, frame)
        case FRAME.ack:
          return streams.acknowledge(frame[1], frame[2], frame[3])
        case FRAME.reject:
          return onReject(frame)
        case FRAME.slow:
          return onSlow(nowMs, frame)
        case FRAME.command:
          return emit({ kind: 'command', commandId: frame[1], name: frame[2], payload: frame[3] })
        case FRAME.goodbye:
          return onGoodbye(nowMs, frame)
      }
    },

    closed({ nowMs, random, code, retryAfterMs }) {
      if (state === 'closed' || state === 'idle' || state === 'waiting') return
      const reason = goodbye?.[1] ?? code
      // The goodbye carried the right time, so a corrected clock is welcome at once.
      const clockMended = reason === 'CLOCK_OFF' && attempt === 0
      const asked = clockMended ? 0 : (goodbye?.[3] ?? retryAfterMs)
      retryAtMs = nowMs + Math.round(backoffMs({ attempt, random, code: reason, retryAfterMs: asked }))
      attempt += 1
      enter('waiting', reason)
    },

    tick(nowMs) {
      if (state === 'waiting' && retryAtMs !== null) {
        if (nowMs < retryAtMs) return retryAtMs
        connect()
        return null
      }
      if (state === 'greeting') {
        const deadline = helloSentMs + WELCOME_WAIT_MS
        if (nowMs < deadline) return deadline
        emit({ kind: 'disconnect', why: 'no welcome came in time' })
      } else if (state === 'streaming' && heartbeatMs !== null) {
        const deadline = heardMs + heartbeatMs * HEARTBEATS_MISSED_MAX
        if (nowMs < deadline) return deadline
        emit({ kind: 'disconnect', why: 'the collector went silent' })
      }
      return null
    },

    stop() {
      retryAtMs = null
      if (state === 'streaming') emit({ kind: 'frame', frame: [FRAME.leaving] })
      enter('closed')
      emit({ kind: 'disconnect', why: 'closed' })
    },
  }
}
