/**
 * ClickHouse's RowBinary: values one after the other, without names or separators.
 *
 * @see https://clickhouse.com/docs/en/interfaces/formats/RowBinary
 */
export interface RowSink {
  bytes: Buffer
  /** Where the next value goes. */
  at: number
}

const TWO_TO_32 = 4_294_967_296
/** A length in three bytes of LEB128, padded, so that a text can be written before its length is known. */
export const PADDED_LENGTH_BYTES = 3
export const PADDED_LENGTH_MAX = 2 ** 21 - 1

export function createRowSink(bytes: number): RowSink {
  return { bytes: Buffer.allocUnsafeSlow(bytes), at: 0 }
}

/** Makes room for `bytes` more; everything written stays. */
export function ensureRoom(sink: RowSink, bytes: number): void {
  const needed = sink.at + bytes
  if (needed <= sink.bytes.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(needed, sink.bytes.length * 2))
  sink.bytes.copy(larger, 0, 0, sink.at)
  sink.bytes = larger
}

export function writeUInt8(sink: RowSink, value: number): void {
  sink.bytes[sink.at++] = value
}

export function writeUInt16(sink: RowSink, value: number): void {
  const { bytes } = sink
  bytes[sink.at++] = value & 0xff
  bytes[sink.at++] = value >>> 8
}

export function writeUInt32(sink: RowSink, value: number): void {
  const { bytes } = sink
  let at = sink.at
  bytes[at++] = value & 0xff
  bytes[at++] = (value >>> 8) & 0xff
  bytes[at++] = (value >>> 16) & 0xff
  bytes[at++] = value >>> 24
  sink.at = at
}

/** A whole number up to 2^53 in either direction, as Int64 or UInt64. */
export function writeInt64(sink: RowSink, value: number): void {
  const high = Math.floor(value / TWO_TO_32)
  writeUInt32(sink, value - high * TWO_TO_32)
  writeUInt32(sink, high >>> 0)
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
export function writeUuid(sink: RowSink, id: Uint8Array, from = 0): void {
  const { bytes } = sink
  let at = sink.at
  for (let i = 7; i >= 0; i--) bytes[at++] = id[from + i] as number
  for (let i = 15; i >= 8; i--) bytes[at++] = id[from + i] as number
  sink.at = at
}

export function writeZeroUuid(sink: RowSink): void {
  sink.bytes.fill(0, sink.at, sink.at + 16)
  sink.at += 16
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

/** A text that is UTF-8 already. */
export function writeBytes(sink: RowSink, source: Uint8Array, start: number, end: number): void {
  writeLength(sink, end - start)
  const { bytes } = sink
  let at = sink.at
  for (let i = start; i < end; i++) bytes[at++] = source[i] as number
  sink.at = at
}

/** Fills in a length for which PADDED_LENGTH_BYTES were left at `at`. */
export function fillPaddedLength(sink: RowSink, at: number, length: number): void {
  sink.bytes[at] = (length & 127) | 128
  sink.bytes[at + 1] = ((length >>> 7) & 127) | 128
  sink.bytes[at + 2] = length >>> 14
}

/** The UUID as `writeUuid` writes it, for values that stand in many rows. */
export function uuidField(id: Uint8Array): Buffer {
  const sink = createRowSink(16)
  writeUuid(sink, id)
  return sink.bytes
}

/** The text as `writeString` writes it, for values that stand in many rows. */
export function stringField(text: string): Buffer {
  const sink = createRowSink(Buffer.byteLength(text) + 5)
  writeString(sink, text)
  return sink.bytes.subarray(0, sink.at)
}

/** A field that was prepared by `uuidField` or `stringField`. */
export function writeField(sink: RowSink, field: Buffer): void {
  const { bytes } = sink
  let at = sink.at
  for (let i = 0; i < field.length; i++) bytes[at++] = field[i] as number
  sink.at = at
}
