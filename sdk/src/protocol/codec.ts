import { Packr } from 'msgpackr'

/**
 * MessagePack as the protocol uses it: plain arrays and maps, no extension types, 64-bit integers as numbers.
 * Numbers beyond 32 bits are written as float 64, which readers must accept wherever an integer is expected.
 */
const packr = new Packr({ useRecords: false, mapsAsObjects: true, int64AsType: 'number', encodeUndefinedAsNil: true })

/** Encodes one value. The bytes belong to the caller. */
export function encode(value: unknown): Uint8Array {
  return packr.pack(value)
}

/**
 * Decodes one value. Binary fields are views into `bytes`.
 *
 * @throws when the bytes are not one whole MessagePack value
 */
export function decode(bytes: Uint8Array): unknown {
  return packr.unpack(bytes)
}
