/**
 * Sends custom events over the protocol as fast as the collector acknowledges them, or at a rate, as a process of its
 * own. Frames are made beforehand; only their numbers and the ids of their events change.
 */
import { decode, encode, FRAME, type Id, LANE } from '@mctrack/sdk/protocol'
import { customEvent, makeId } from '../lib/frames.ts'
import { type Link, openLink, wsFrame } from '../lib/link.ts'

export interface SenderOptions {
  readonly port: number
  readonly keys: readonly string[]
  readonly events: number
  /** Events in one frame. */
  readonly batch: number
  /** Events a second over all links, or 0 for as fast as they are acknowledged. */
  readonly rate: number
}

export interface SenderReport {
  readonly seconds: number
  readonly events: number
  readonly slowed: number
  /** From a batch's write to its acknowledgement, in milliseconds. */
  readonly latenciesMs: readonly number[]
}

interface SendingLink {
  readonly link: Link
  readonly instance: Id
  next: number
  /** Sent and not acknowledged: the last number of each batch, its bytes, and when it was sent. */
  readonly waiting: { readonly last: number; readonly bytes: number; readonly sentMs: number }[]
  inFlight: number
}

const IN_FLIGHT_BYTES_MAX = 4_000_000
const TICK_MS = 5
const LATENCIES_MAX = 200_000

const options = JSON.parse(process.argv[2] ?? '{}') as SenderOptions
const { port, keys, events: eventsWanted, batch, rate } = options

/** The events of a batch as MessagePack, and where the changing half of each event's id stands. */
function makeBody(): { readonly bytes: Buffer; readonly idsAt: readonly number[] } {
  const parts: Buffer[] = [Buffer.from([0xdc, batch >> 8, batch & 255])]
  const idsAt: number[] = []
  let at = 3
  for (let i = 0; i < batch; i++) {
    const event = Buffer.from(encode(customEvent() as never))
    idsAt.push(at + 4 + 8) // Behind the array, the type and the head of the id; the first half is its time.
    at += event.length
    parts.push(event)
  }
  return { bytes: Buffer.concat(parts), idsAt }
}

const body = makeBody()
const latenciesMs: number[] = []
let idCounter = 0
let sent = 0
let acknowledged = 0
let slowed = 0
let startedMs = 0

async function openSending(key: string): Promise<SendingLink> {
  const link = await openLink(port, { key })
  const instance = makeId()
  const nowMs = Date.now()
  const server = [`bench-${key.slice(4, 10)}`, 1]
  const hello = [FRAME.hello, 1, instance, nowMs, nowMs, 0, server, ['bench', '1'], ['bench', '1'], [0, 0]]
  const sending: SendingLink = { link, instance, next: 1, waiting: [], inFlight: 0 }
  const welcomed = new Promise<void>((resolve, reject) => {
    link.onMessage((message) => {
      const frame = decode(message) as readonly unknown[]
      if (frame[0] === FRAME.welcome) return resolve()
      if (frame[0] === FRAME.goodbye) return reject(new Error(`goodbye: ${frame[1]}`))
      if (frame[0] === FRAME.slow) return goBack(sending, frame[3] as number, frame[4] as number)
      if (frame[0] === FRAME.ack && frame[2] === LANE.telemetry) onAck(sending, frame[3] as number)
    })
  })
  link.write(wsFrame(encode(hello as never)))
  await welcomed
  link.write(wsFrame(encode([FRAME.snapshot, 0, true, []] as never)))
  return sending
}

function onAck(sending: SendingLink, through: number): void {
  const nowMs = performance.now()
  while (sending.waiting[0] !== undefined && sending.waiting[0].last <= through) {
    const done = sending.waiting.shift()
    if (done === undefined) break
    sending.inFlight -= done.bytes
    acknowledged += batch
    if (latenciesMs.length < LATENCIES_MAX) latenciesMs.push(nowMs - done.sentMs)
  }
  if (rate === 0) fill(sending)
  if (acknowledged >= eventsWanted) finish()
}

/** The buffers are full: what was sent from `from` on was not taken. */
function goBack(sending: SendingLink, from: number, waitMs: number): void {
  slowed += 1
  while (sending.waiting.at(-1) !== undefined && (sending.waiting.at(-1)?.last ?? 0) >= from) {
    const undone = sending.waiting.pop()
    sending.inFlight -= undone?.bytes ?? 0
    sent -= batch
  }
  sending.next = from
  if (rate === 0) setTimeout(() => fill(sending), waitMs)
}

function sendBatch(sending: SendingLink): void {
  const { instance, next, link } = sending
  const head = Buffer.from(encode([FRAME.batch, instance, LANE.telemetry, next, next - 1, 0] as never))
  for (const at of body.idsAt) body.bytes.writeUInt32BE(idCounter++ >>> 0, at + 4)
  const message = Buffer.concat([head.subarray(0, head.length - 1), body.bytes])
  link.write(wsFrame(message))
  sending.waiting.push({ last: next + batch - 1, bytes: message.length, sentMs: performance.now() })
  sending.inFlight += message.length
  sending.next += batch
  sent += batch
}

function fill(sending: SendingLink): void {
  while (sent < eventsWanted && sending.inFlight < IN_FLIGHT_BYTES_MAX) sendBatch(sending)
}

function finish(): void {
  const seconds = (performance.now() - startedMs) / 1_000
  const report: SenderReport = { seconds, events: acknowledged, slowed, latenciesMs }
  process.send?.(report, undefined, undefined, () => process.exit())
}

const links = await Promise.all(keys.map(openSending))
startedMs = performance.now()
if (rate === 0) for (const sending of links) fill(sending)
else {
  let turn = 0
  setInterval(() => {
    const due = Math.min(eventsWanted, ((performance.now() - startedMs) / 1_000) * rate)
    let skipped = 0
    while (sent + batch <= due && skipped < links.length) {
      const sending = links[turn++ % links.length]
      if (sending === undefined || sending.inFlight >= IN_FLIGHT_BYTES_MAX) skipped += 1
      else {
        skipped = 0
        sendBatch(sending)
      }
    }
  }, TICK_MS)
}
