import { randomBytes } from 'node:crypto'
import { createUuidV7, decode, encode, FRAME, LANE, type Lane, SUBPROTOCOL } from '@mctrack/sdk/protocol'
import WebSocket from 'ws'

const TIMEOUT_MS = 10_000

export type RawFrame = readonly unknown[]

/** A connection without any SDK: sends what a test wants, right or wrong. */
export interface RawSocket {
  readonly instance: Uint8Array
  /** Sends a frame, or bytes as they are. */
  send(frame: RawFrame | Uint8Array): void
  sendText(text: string): void
  /** Sends a hello that is right, unless a test changes fields, and waits for the welcome. */
  hello(options?: HelloOptions): Promise<RawFrame>
  sendHello(options?: HelloOptions): void
  /** Sends events numbered from `first` on. */
  batch(
    lane: Lane,
    first: number,
    events: readonly RawFrame[],
    options?: { after?: number; instance?: Uint8Array },
  ): void
  snapshot(through: number, sessions: readonly RawFrame[]): void
  /** The next frame of a type, also one that has come already and was not asked for yet. */
  next(type: number): Promise<RawFrame>
  /** Waits for an acknowledgement up to a number at least. */
  acknowledged(lane: Lane, through: number): Promise<void>
  /** Frames that have come and that nobody asked for. */
  unread(): readonly RawFrame[]
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  close(): void
  /** Ends the connection without a word, as a cut cable does. */
  terminate(): void
}

export interface HelloOptions {
  readonly version?: number
  readonly nowMs?: number
  readonly startedAtMs?: number
  readonly server?: readonly [name: string, kind: number]
  readonly acked?: readonly [number, number]
}

export function makeId(): Uint8Array {
  return createUuidV7(Date.now(), randomBytes(10))
}

/** @throws with status and body when the upgrade is refused */
export async function connectRaw(
  endpoint: string,
  key: string,
  options: { readonly instance?: Uint8Array } = {},
): Promise<RawSocket> {
  const { instance = makeId() } = options
  const socket = new WebSocket(`${endpoint}/v1/stream`, [SUBPROTOCOL], { headers: { authorization: `Bearer ${key}` } })
  const frames: RawFrame[] = []
  const waiters = new Set<() => void>()
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
  })
  socket.on('message', (data) => {
    frames.push(decode(data as Buffer) as RawFrame)
    for (const wake of waiters) wake()
  })
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })

  function send(frame: RawFrame | Uint8Array): void {
    socket.send(frame instanceof Uint8Array ? frame : encode(frame))
  }

  async function next(type: number): Promise<RawFrame> {
    const deadline = Date.now() + TIMEOUT_MS
    for (;;) {
      const place = frames.findIndex(([its]) => its === type)
      const [frame] = place < 0 ? [] : frames.splice(place, 1)
      if (frame !== undefined) return frame
      if (Date.now() > deadline) throw new Error(`no frame of type ${type} came; others: ${JSON.stringify(frames)}`)
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          waiters.delete(wake)
          resolve()
        }
        waiters.add(wake)
        setTimeout(wake, 200)
      })
    }
  }

  function sendHello(hello: HelloOptions = {}): void {
    const { version = 1, nowMs = Date.now(), startedAtMs = nowMs, server = ['raw-1', 1], acked = [0, 0] } = hello
    send([FRAME.hello, version, instance, startedAtMs, nowMs, 0, server, ['test', '1'], ['raw', '1'], acked])
  }

  return {
    instance,
    send,
    sendText: (text) => socket.send(text),
    sendHello,
    async hello(hello) {
      sendHello(hello)
      return next(FRAME.welcome)
    },
    batch(lane, first, events, more = {}) {
      send([FRAME.batch, more.instance ?? instance, lane, first, more.after ?? first - 1, events])
    },
    snapshot: (through, sessions) => send([FRAME.snapshot, through, true, sessions]),
    next,
    async acknowledged(lane, through) {
      for (;;) {
        const [, , its, to] = await next(FRAME.ack)
        if (its === lane && (to as number) >= through) return
      }
    },
    unread: () => frames,
    closed,
    close: () => socket.close(),
    terminate: () => socket.terminate(),
  }
}

/** The status and the error of a refused upgrade. */
export async function refusedUpgrade(
  endpoint: string,
  options: { readonly headers?: Readonly<Record<string, string>>; readonly subprotocols?: string[] } = {},
): Promise<{ readonly status: number; readonly code: string; readonly retryAfter: string | undefined }> {
  const { headers = {}, subprotocols = [SUBPROTOCOL] } = options
  const socket = new WebSocket(`${endpoint}/v1/stream`, subprotocols, { headers })
  return new Promise((resolve, reject) => {
    socket.on('error', () => undefined)
    socket.on('open', () => reject(new Error('the upgrade was not refused')))
    socket.on('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString()
      })
      response.on('end', () => {
        const { error } = JSON.parse(body) as { error: { code: string } }
        resolve({ status: response.statusCode ?? 0, code: error.code, retryAfter: response.headers['retry-after'] })
      })
    })
  })
}

/** A session's fields on the wire. */
export function sessionFields(
  options: {
    readonly sessionId?: Uint8Array
    readonly player?: Uint8Array
    readonly name?: string
    readonly startedAtMs?: number
    readonly domain?: string
    readonly address?: string
    readonly protocolVersion?: number
  } = {},
): RawFrame {
  const { sessionId = makeId(), player = makeId(), name = 'Notch', startedAtMs = Date.now() } = options
  const { domain = 'play.example.net', address = '', protocolVersion = 774 } = options
  return [sessionId, startedAtMs, player, name, domain, address, 1, '', protocolVersion, '']
}

export function customEvent(
  name: string,
  options: { readonly id?: Uint8Array; readonly atMs?: number; readonly properties?: unknown } = {},
): RawFrame {
  const { id = makeId(), atMs = Date.now(), properties = {} } = options
  return [16, id, atMs, null, null, name, properties]
}

export { FRAME, LANE }
