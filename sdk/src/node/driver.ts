import { type Core, createCore, type Identity, type Input, type Output } from '../core/index.ts'
import { decode, encode, formatUuid, LANE, type Lane, parseUuid } from '../protocol/index.ts'
import { encodeBatch } from './batch.ts'
import { markProvisional, settleEvent } from './provisional.ts'
import type { Drop, Spool, SpoolStats, SpoolStream } from './spool.ts'
import type { Connection, Transport } from './transport.ts'

/** What one batch frame needs beside its events: array head, instance, lane and two numbers. */
const BATCH_OVERHEAD_BYTES = 64

export interface DriverDeps {
  readonly identity: Identity
  readonly spool: Spool
  readonly transport: Transport
  readonly now: () => number
  readonly random: () => number
  readonly loadNote: () => unknown
  readonly saveNote: (note: unknown) => void
  /** Outputs that are news for the client rather than work for the driver. */
  readonly onNews: (news: News) => void
}

export type News =
  | Extract<Output, { kind: 'link' | 'rejected' | 'foreign' | 'command' | 'drained' }>
  | { readonly kind: 'dropped'; readonly lane: Lane; readonly events: number; readonly why: WhyDropped }
  | { readonly kind: 'closed'; readonly detail: string }

type WhyDropped = 'the spool is full' | 'the spool on disk lost them'

export interface Driver {
  step(input: Input): void
  start(): void
  state(): ReturnType<Core['state']>
  spoolStats(): SpoolStats
  /** Stops timers and the connection; what is not stored stays in the spool. */
  stop(): void
}

/** Does what the core says, with a socket, a spool and one timer. */
export function createDriver(deps: DriverDeps): Driver {
  const { identity, spool, transport, now, random, onNews } = deps
  const core = createCore(identity)
  const leftovers = spool.leftovers()
  const streams: SpoolStream[] = [
    spool.open(identity.instance, LANE.sessions),
    spool.open(identity.instance, LANE.telemetry),
    ...leftovers.map((leftover) => leftover.stream),
  ]
  const queue: Input[] = []
  let running = false
  let connection: Connection | undefined
  let timer: NodeJS.Timeout | undefined
  let timerAtMs = Number.POSITIVE_INFINITY
  let stopped = false
  let note = readNote(deps.loadNote())

  /** Inputs that arise while outputs are carried out wait their turn. */
  function step(input: Input): void {
    queue.push(input)
    if (running) return
    running = true
    try {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        for (const output of core.step(next)) carryOut(output)
      }
    } finally {
      running = false
    }
  }

  function carryOut(output: Output): void {
    switch (output.kind) {
      case 'append':
        return append(output)
      case 'settle':
        return settle(output.byMs)
      case 'send':
        return sendBatch(output)
      case 'release':
        return spool.release(streamOf(output.stream), output.through)
      case 'frame':
        connection?.send(encode(output.frame))
        return
      case 'connect':
        return connect()
      case 'disconnect':
        return connection?.close()
      case 'wake':
        return wakeAt(output.atMs)
      case 'clock':
        return keep({ ...note, clockOffsetMs: output.offsetMs })
      case 'link':
        if (output.network !== null) keep({ ...note, network: formatUuid(output.network.id) })
        return onNews(output)
      default:
        return onNews(output)
    }
  }

  function append({ stream, number, event, provisional }: Extract<Output, { kind: 'append' }>): void {
    const bytes = encode(event)
    const kept = provisional ? markProvisional(bytes) : bytes
    report(spool.append(streamOf(stream), number, kept), 'the spool is full')
  }

  /** Kept before anything is sent, so that a repeat by the next start is the same in every field. */
  function settle(byMs: number): void {
    const settled = streams.map(({ instance }) => {
      const id = formatUuid(instance)
      return [id, note.settledByMs[id] ?? byMs]
    })
    keep({ ...note, settledByMs: Object.fromEntries(settled) })
  }

  function streamOf(ref: number): SpoolStream {
    const stream = streams[ref]
    if (stream === undefined) throw new Error(`there is no stream ${ref}`)
    return stream
  }

  function keep(next: Note): void {
    const { clockOffsetMs, network, settledByMs } = note
    if (next.clockOffsetMs === clockOffsetMs && next.network === network && next.settledByMs === settledByMs) return
    note = next
    deps.saveNote(note)
  }

  function report(drops: readonly Drop[], why: WhyDropped): void {
    for (const { stream, through, events } of drops) {
      step({ kind: 'dropped', nowMs: now(), stream: streams.indexOf(stream), through, events })
      onNews({ kind: 'dropped', lane: stream.lane, events, why })
    }
  }

  function sendBatch(output: Extract<Output, { kind: 'send' }>): void {
    const { stream: ref, first, after, eventsMax } = output
    const stream = streamOf(ref)
    const bytesMax = output.bytesMax - BATCH_OVERHEAD_BYTES
    const batch = spool.read(stream, { first, eventsMax, bytesMax })
    if (batch?.kind === 'lost')
      report([{ stream, through: batch.through, events: batch.events }], 'the spool on disk lost them')
    let through = first - 1
    let bytes = 0
    if (batch?.kind === 'events') {
      const { instance, lane } = stream
      const byMs = note.settledByMs[formatUuid(instance)] ?? 0
      const events = batch.events.map((event) => settleEvent(event, byMs))
      const frame = encodeBatch({ instance, lane, first: batch.first, after, events })
      if (connection?.send(frame)) {
        through = batch.first + batch.events.length - 1
        bytes = frame.length
      }
    }
    step({ kind: 'sent', nowMs: now(), stream: ref, through, bytes })
  }

  function connect(): void {
    const mine = transport({
      onOpen: () => connection === mine && step({ kind: 'opened', nowMs: now() }),
      onMessage: (message) =>
        connection === mine && step({ kind: 'frame', nowMs: now(), frame: decodeOrNull(message) }),
      onHeard: () => connection === mine && step({ kind: 'heard', nowMs: now() }),
      onClose({ code, retryAfterMs, detail }) {
        if (connection !== mine) return
        connection = undefined
        onNews({ kind: 'closed', detail })
        step({ kind: 'closed', nowMs: now(), random: random(), code, retryAfterMs })
      },
    })
    connection = mine
  }

  function wakeAt(atMs: number): void {
    if (stopped || atMs >= timerAtMs) return
    clearTimeout(timer)
    timerAtMs = atMs
    timer = setTimeout(
      () => {
        timerAtMs = Number.POSITIVE_INFINITY
        step({ kind: 'tick', nowMs: now() })
      },
      Math.max(0, atMs - now()),
    )
    timer.unref()
  }

  return {
    step,
    start() {
      step({
        kind: 'start',
        nowMs: now(),
        clockOffsetMs: note.clockOffsetMs,
        leftovers: leftovers.map(({ stream, first, last }) => ({
          instance: stream.instance,
          lane: stream.lane,
          first,
          last,
        })),
        leftoversNetwork: leftovers.length === 0 ? null : (parseUuid(note.network) ?? null),
      })
    },
    state: core.state,
    spoolStats: spool.stats,
    stop() {
      step({ kind: 'stop', nowMs: now() })
      stopped = true
      clearTimeout(timer)
      spool.close()
    },
  }
}

/** What is remembered from run to run beside the events. */
interface Note {
  readonly clockOffsetMs: number
  /** UUID of the network, or ''. */
  readonly network: string
  /** By how much the provisional events of an instance, named by its UUID, are moved. */
  readonly settledByMs: Readonly<Record<string, number>>
}

function readNote(value: unknown): Note {
  const { clockOffsetMs, network, settledByMs } = (value ?? {}) as Readonly<Record<string, unknown>>
  const settled = Object.entries(settledByMs ?? {}).filter(([, byMs]) => Number.isSafeInteger(byMs))
  return {
    clockOffsetMs: typeof clockOffsetMs === 'number' && Number.isFinite(clockOffsetMs) ? clockOffsetMs : 0,
    network: typeof network === 'string' ? network : '',
    settledByMs: Object.fromEntries(settled),
  }
}

function decodeOrNull(message: Uint8Array): unknown {
  try {
    return decode(message)
  } catch {
    return null // The core disconnects from a peer that does not speak the protocol.
  }
}
