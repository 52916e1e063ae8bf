import { viewOf } from '../../platform/view-of.ts'
import { readPlainText } from './plain-text.ts'

/**
 * Reads MessagePack straight from a frame's bytes, without making objects of it.
 *
 * @see https://github.com/msgpack/msgpack/blob/master/spec.md
 */
export interface Reader {
  bytes: Buffer
  /** The same bytes, for reading by words. */
  view: DataView
  at: number
  end: number
}

/** The bytes are not whole MessagePack, so that nothing after this point can be found. */
export class MalformedError extends Error {
  override readonly name = 'MalformedError'
}

/** Arrays and maps inside each other; the protocol needs four. */
const DEPTH_MAX = 16
const TWO_TO_32 = 4_294_967_296

/** What `readInteger` gives for something that is no whole number within 2^53. */
export const NOT_AN_INTEGER = Number.NaN

export function createReader(bytes: Buffer = Buffer.alloc(0)): Reader {
  return { bytes, view: viewOf(bytes), at: 0, end: bytes.length }
}

/** Turns the reader to the beginning of other bytes. */
export function openReader(reader: Reader, bytes: Buffer): void {
  reader.bytes = bytes
  reader.view = viewOf(bytes)
  reader.at = 0
  reader.end = bytes.length
}

function need(reader: Reader, bytes: number): void {
  if (reader.at + bytes > reader.end) throw new MalformedError('the frame ends in the middle of a value')
}

export function readByte(reader: Reader): number {
  if (reader.at >= reader.end) throw new MalformedError('the frame ends in the middle of a value')
  return reader.bytes[reader.at++] as number
}

function readUInt16(reader: Reader): number {
  need(reader, 2)
  const { view, at } = reader
  reader.at = at + 2
  return view.getUint16(at)
}

function readUInt32(reader: Reader): number {
  need(reader, 4)
  const { view, at } = reader
  reader.at = at + 4
  return view.getUint32(at)
}

/** Number of elements of an array, or -1 when the next value is none (and is left where it is). */
export function readArrayLength(reader: Reader): number {
  const first = readByte(reader)
  if ((first & 0xf0) === 0x90) return first & 15
  if (first === 0xdc) return readUInt16(reader)
  if (first === 0xdd) return readUInt32(reader)
  reader.at -= 1
  return -1
}

/** Number of fields that follow an event's type, at which the reader then stands; -1 for what is no event. */
export function readEventFields(reader: Reader): number {
  const length = readArrayLength(reader)
  return length < 1 ? -1 : length - 1
}

/** Number of entries of a map, or -1 when the next value is none (and is left where it is). */
export function readMapLength(reader: Reader): number {
  const first = readByte(reader)
  if ((first & 0xf0) === 0x80) return first & 15
  if (first === 0xde) return readUInt16(reader)
  if (first === 0xdf) return readUInt32(reader)
  reader.at -= 1
  return -1
}

/** A whole number in any of MessagePack's formats, float 64 included; NaN for anything else, which is passed over. */
export function readInteger(reader: Reader): number {
  const first = readByte(reader)
  if (first <= 0x7f) return first
  if (first >= 0xe0) return first - 256
  switch (first) {
    case 0xcc:
      return readByte(reader)
    case 0xcd:
      return readUInt16(reader)
    case 0xce:
      return readUInt32(reader)
    case 0xcf: {
      const high = readUInt32(reader)
      const low = readUInt32(reader)
      return high > 0x1fffff ? NOT_AN_INTEGER : high * TWO_TO_32 + low
    }
    case 0xcb: {
      need(reader, 8)
      const value = reader.view.getFloat64(reader.at)
      reader.at += 8
      return Number.isSafeInteger(value) ? value : NOT_AN_INTEGER
    }
    case 0xd0:
      return (readByte(reader) << 24) >> 24
    case 0xd1:
      return (readUInt16(reader) << 16) >> 16
    case 0xd2:
      return readUInt32(reader) | 0
    case 0xd3: {
      const high = readUInt32(reader) | 0
      const low = readUInt32(reader)
      const value = high * TWO_TO_32 + low
      return Number.isSafeInteger(value) ? value : NOT_AN_INTEGER
    }
    default:
      reader.at -= 1
      skipValue(reader)
      return NOT_AN_INTEGER
  }
}

/** Where the 16 bytes of an id begin, or -1 for anything else, which is passed over. */
export function readId(reader: Reader): number {
  const { bytes, at } = reader
  if (bytes[at] === 0xc4 && bytes[at + 1] === 16) {
    need(reader, 18)
    reader.at = at + 18
    return at + 2
  }
  skipValue(reader)
  return -1
}

/** Whether the next value is nil, which is then passed over. */
export function readNil(reader: Reader): boolean {
  if (reader.at >= reader.end || reader.bytes[reader.at] !== 0xc0) return false
  reader.at += 1
  return true
}

/** Number of bytes of a text that begins at `reader.at` afterwards and is not passed over; -1 for anything else, which is. */
export function readTextLength(reader: Reader): number {
  const first = readByte(reader)
  let length: number
  if ((first & 0xe0) === 0xa0) length = first & 31
  else if (first === 0xd9) length = readByte(reader)
  else if (first === 0xda) length = readUInt16(reader)
  else if (first === 0xdb) length = readUInt32(reader)
  else {
    reader.at -= 1
    skipValue(reader)
    return -1
  }
  need(reader, length)
  return length
}

/** A text of at most `bytesMax` bytes of valid UTF-8, or undefined for anything else, which is passed over. */
export function readText(reader: Reader, bytesMax: number): string | undefined {
  const length = readTextLength(reader)
  if (length < 0) return undefined
  const { bytes, at: start } = reader
  const end = start + length
  reader.at = end
  if (length > bytesMax) return undefined
  if (length === 0) return ''
  const plain = readPlainText(bytes, start, end)
  if (plain !== undefined) return plain
  return isText(bytes, start, end) ? bytes.toString('utf8', start, end) : undefined
}

/** As `readText`, for a text that must not be remembered: it is never shared with one that is read later. */
export function readPrivateText(reader: Reader, bytesMax: number): string | undefined {
  const length = readTextLength(reader)
  if (length < 0) return undefined
  const { bytes, at: start } = reader
  const end = start + length
  reader.at = end
  return length <= bytesMax && isText(bytes, start, end) ? bytes.toString('utf8', start, end) : undefined
}

/** true or false, or undefined for anything else, which is passed over. */
export function readBoolean(reader: Reader): boolean | undefined {
  const first = readByte(reader)
  if (first === 0xc2) return false
  if (first === 0xc3) return true
  reader.at -= 1
  skipValue(reader)
  return undefined
}

/** A number of any format, null for nil, or undefined for anything else, which is passed over. */
export function readNumberOrNull(reader: Reader): number | null | undefined {
  if (readNil(reader)) return null
  const first = reader.bytes[reader.at]
  if (first === 0xcb || first === 0xca) {
    const size = first === 0xcb ? 8 : 4
    need(reader, size + 1)
    const at = reader.at + 1
    reader.at = at + size
    const value = size === 8 ? reader.view.getFloat64(at) : reader.view.getFloat32(at)
    return Number.isFinite(value) ? value : undefined
  }
  const value = readInteger(reader)
  return Number.isNaN(value) ? undefined : value
}

/** Valid UTF-8 without control characters other than tab and line ends. */
export function isText(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number
    if (byte > 127) return isWideText(bytes, start, end)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return false
    if (byte === 127) return false
  }
  return true
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function isWideText(bytes: Buffer, start: number, end: number): boolean {
  try {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
    return !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(utf8.decode(bytes.subarray(start, end)))
  } catch {
    return false // Not UTF-8.
  }
}

/** The 16 bytes at `at`, for keeping: the frame's own bytes die with the callback. */
export function copyId({ bytes }: Reader, at: number): Uint8Array {
  const id = new Uint8Array(16)
  for (let i = 0; i < 16; i++) id[i] = bytes[at + i] as number
  return id
}

/** Passes over one value, whatever it is. */
export function skipValue(reader: Reader): void {
  skip(reader, 0)
}

function skip(reader: Reader, depth: number): void {
  if (depth > DEPTH_MAX) throw new MalformedError('values are nested too deeply')
  const first = readByte(reader)
  if (first <= 0x7f || first >= 0xe0) return
  if (first <= 0x8f) return skipMany(reader, (first & 15) * 2, depth)
  if (first <= 0x9f) return skipMany(reader, first & 15, depth)
  if (first <= 0xbf) return skipBytes(reader, first & 31)
  switch (first) {
    case 0xc0:
    case 0xc2:
    case 0xc3:
      return
    case 0xc4:
    case 0xd9:
      return skipBytes(reader, readByte(reader))
    case 0xc5:
    case 0xda:
      return skipBytes(reader, readUInt16(reader))
    case 0xc6:
    case 0xdb:
      return skipBytes(reader, readUInt32(reader))
    case 0xc7:
      return skipBytes(reader, readByte(reader) + 1)
    case 0xc8:
      return skipBytes(reader, readUInt16(reader) + 1)
    case 0xc9:
      return skipBytes(reader, readUInt32(reader) + 1)
    case 0xcc:
    case 0xd0:
      return skipBytes(reader, 1)
    case 0xcd:
    case 0xd1:
    case 0xd4:
      return skipBytes(reader, 2)
    case 0xd5:
      return skipBytes(reader, 3)
    case 0xca:
    case 0xce:
    case 0xd2:
      return skipBytes(reader, 4)
    case 0xd6:
      return skipBytes(reader, 5)
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return skipBytes(reader, 8)
    case 0xd7:
      return skipBytes(reader, 9)
    case 0xd8:
      return skipBytes(reader, 17)
    case 0xdc:
      return skipMany(reader, readUInt16(reader), depth)
    case 0xdd:
      return skipMany(reader, readUInt32(reader), depth)
    case 0xde:
      return skipMany(reader, readUInt16(reader) * 2, depth)
    case 0xdf:
      return skipMany(reader, readUInt32(reader) * 2, depth)
    default:
      throw new MalformedError('a byte that MessagePack never uses')
  }
}

function skipBytes(reader: Reader, bytes: number): void {
  need(reader, bytes)
  reader.at += bytes
}

function skipMany(reader: Reader, values: number, depth: number): void {
  // Every value takes a byte at least, so a number beyond what is left can only be a lie.
  need(reader, values)
  for (let i = 0; i < values; i++) skip(reader, depth + 1)
}
