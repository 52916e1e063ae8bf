import { isUtf8 } from 'node:buffer'
import { type RowSink, writeLength } from '../../platform/clickhouse/row-binary.ts'
import { isText, type Reader } from './reader.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

/**
 * Copies the `length` bytes of text at the reader into a row, and passes over them.
 *
 * @returns false for what is not valid UTF-8 or has control characters; the row is useless then
 */
export function copyText(reader: Reader, sink: RowSink, length: number): boolean {
  const { bytes, at: start } = reader
  const end = start + length
  reader.at = end
  if (!isText(bytes, start, end)) return false
  writeLength(sink, length)
  bytes.copy(sink.bytes, sink.at, start, end)
  sink.at += length
  return true
}

/**
 * Copies the `length` bytes of text at the reader as a JSON text, and passes over them.
 *
 * @returns false for what is not valid UTF-8; the row is useless then
 */
export function copyJsonText(reader: Reader, sink: RowSink, length: number): boolean {
  const { bytes, at: start } = reader
  const { bytes: target } = sink
  const end = start + length
  let to = sink.at
  let isAscii = true
  reader.at = end
  target[to++] = QUOTE
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte === QUOTE || byte === BACKSLASH) {
      target[to++] = BACKSLASH
      target[to++] = byte
    } else if (byte < 32) {
      to += target.write(`\\u${byte.toString(16).padStart(4, '0')}`, to, 'latin1')
    } else {
      if (byte > 127) isAscii = false
      target[to++] = byte
    }
  }
  target[to++] = QUOTE
  sink.at = to
  return isAscii || isUtf8(bytes.subarray(start, end))
}
