import { viewOf } from '../view-of.ts'

/**
 * ClickHouse's RowBinary: values one after the other, without names or separators.
 *
 * @see https://clickhouse.com/docs/en/interfaces/formats/RowBinary
 */
export interface RowSink {
  bytes: Buffer
  /** The same bytes, for what is written by words: far fewer steps than byte by byte. */
  view: DataView
  /** Where the next value goes. */
  at: number
}

/** A value that stands in many rows, as bytes that are ready to be copied; padded to whole words. */
export interface Field {
  readonly view: DataView
  /** Without the padding. */
  readonly length: number
}

const TWO_TO_32 = 4_294_967_296
/** A length in three bytes of LEB128, padded, so that a text can be written before its length is known. */
export const PADDED_LENGTH_BYTES = 3
export const PADDED_LENGTH_MAX = 2 ** 21 - 1

export function createRowSink(bytes: number): RowSink {
  const made = Buffer.allocUnsafeSlow(bytes)
  return { bytes: made, view: viewOf(made), at: 0 }
}

/** Makes room for `bytes` more; everything written stays. */
export function ensureRoom(sink: RowSink, bytes: number): void {
  const needed = sink.at + bytes
  if (needed <= sink.bytes.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, sink.bytes.length * 2))
  sink.bytes.copy(larger, 0, 0, sink.at)
  sink.bytes = larger
  sink.view = viewOf(larger)
}

export function writeUInt8(sink: RowSink, value: number): void {
  sink.bytes[sink.at++] = value
}

export function writeUInt16(sink: RowSink, value: number): void {
  sink.view.setUint16(sink.at, value, true)
  sink.at += 2
}

export function writeUInt32(sink: RowSink, value: number): void {
  sink.view.setUint32(sink.at, value, true)
  sink.at += 4
}

/** A whole number up to 2^53 in either direction, as Int64 or UInt64. */
export function writeInt64(sink: RowSink, value: number): void {
  const high = Math.floor(value / TWO_TO_32)
  const { view, at } = sink
  view.setUint32(at, value - high * TWO_TO_32, true)
  view.setInt32(at + 4, high, true)
  sink.at = at + 8
}

/** UInt64's largest number. */
export function writeUInt64Max(sink: RowSink): void {
  sink.bytes.fill(0xff, sink.at, sink.at + 8)
  sink.at += 8
}

export function writeFloat32(sink: RowSink, value: number): void {
  sink.at = sink.bytes.writeFloatLE(value, sink.at)
}

/** ClickHouse keeps a UUID as two little-endian halves. */
export function writeUuid(sink: RowSink, id: Uint8Array): void {
  const { bytes } = sink
  let at = sink.at
  for (let i = 7; i >= 0; i--) bytes[at++] = id[i] as number
  for (let i = 15; i >= 8; i--) bytes[at++] = id[i] as number
  sink.at = at
}

/** As `writeUuid`, from the 16 bytes at `from` of a frame to `to`; below 0 it is the id of nothing, all zeros. */
export function copyUuid(source: DataView, from: number, target: DataView, to: number): void {
  if (from < 0) {
    for (let i = 0; i < 16; i += 4) target.setInt32(to + i, 0)
    return
  }
  target.setInt32(to, source.getInt32(from + 4), true)
  target.setInt32(to + 4, source.getInt32(from), true)
  target.setInt32(to + 8, source.getInt32(from + 12), true)
  target.setInt32(to + 12, source.getInt32(from + 8), true)
}

export function writeZeroUuid(sink: RowSink): void {
  writeInt64(sink, 0)
  writeInt64(sink, 0)
}

export function writeLength(sink: RowSink, length: number): void {
  let rest = length
  while (rest > 127) {
    sink.bytes[sink.at++] = (rest & 127) | 128
    rest >>>= 7
  }
  sink.bytes[sink.at++] = rest
}

/** A text; short ASCII is written byte by byte, which beats a call into the runtime. */
export function writeString(sink: RowSink, text: string): void {
  const { bytes } = sink
  const { length } = text
  if (length <= 32) {
    let at = sink.at + 1
    let i = 0
    for (; i < length; i++) {
      const unit = text.charCodeAt(i)
      if (unit > 127) break
      bytes[at++] = unit
    }
    if (i === length) {
      bytes[sink.at] = length
      sink.at = at
      return
    }
  }
  writeLength(sink, Buffer.byteLength(text))
  sink.at += bytes.write(text, sink.at)
}

/** Fills in a length for which PADDED_LENGTH_BYTES were left at `at`. */
export function fillPaddedLength(bytes: Uint8Array, at: number, length: number): void {
  bytes[at] = (length & 127) | 128
  bytes[at + 1] = ((length >>> 7) & 127) | 128
  bytes[at + 2] = length >>> 14
}

/** The UUID as `writeUuid` writes it. */
export function uuidField(id: Uint8Array): Field {
  const sink = createRowSink(16)
  writeUuid(sink, id)
  return { view: sink.view, length: 16 }
}

/** Copies a prepared value. Up to three bytes behind it are written over: they are the next value's. */
export function writeField(sink: RowSink, { view: source, length }: Field): void {
  const { view, at } = sink
  for (let i = 0; i < length; i += 4) view.setInt32(at + i, source.getInt32(i))
  sink.at = at + length
}
