import { encode, FRAME, type Id, type Lane } from '../protocol/index.ts'

/** Builds a `batch` frame around events that are encoded already, so that nothing is encoded twice. */
export function encodeBatch(options: {
  readonly instance: Id
  readonly lane: Lane
  readonly first: number
  readonly after: number
  readonly events: readonly Uint8Array[]
}): Uint8Array {
  const { instance, lane, first, after, events } = options
  const head = encode([FRAME.batch, instance, lane, first, after, null])
  // The head ends in the byte of `null`, where the array of events begins.
  const count = Buffer.from([0xdc, events.length >> 8, events.length & 0xff])
  return Buffer.concat([head.subarray(0, head.length - 1), count, ...events])
}
