import { shiftTimes } from '../core/index.ts'
import { decode, encode, type WireEvent } from '../protocol/index.ts'

/** The one byte that MessagePack never uses. */
const MARK = 0xc1

/** Marks an encoded event whose times are to be moved before it is sent. */
export function markProvisional(event: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.of(MARK), event])
}

/** The event as it is sent: the one that was marked, with its times moved; any other as it is. */
export function settleEvent(event: Uint8Array, byMs: number): Uint8Array {
  if (event[0] !== MARK) return event
  const plain = event.subarray(1)
  return byMs === 0 ? plain : encode(shiftTimes(decode(plain) as WireEvent, byMs))
}
