import { isUtf8 } from 'node:buffer'
import { type RowSink, writeLength } from '../../platform/clickhouse/row-binary.ts'
import { isText, type Reader } from './reader.ts'

/**
 * Text goes four bytes at a time as long as it is plain ASCII, which nearly all of it is; the first byte that needs a
 * closer look leaves the rest to the slow and plain way. The sums below set a byte's highest bit when the byte is wide,
 * or is what is looked for; a byte above such a one may be taken for one too, which costs time only.
 */
const HIGH_BITS = 0x80808080
const ONES = 0x01010101
const SPACES = 0x20202020
const QUOTES = 0x22222222
const BACKSLASHES = 0x5c5c5c5c
const QUOTE = 0x22
const BACKSLASH = 0x5c

/** Whether a byte is wide, a control character, or DEL. */
function needsLook(word: number): boolean {
  return ((word | (word - SPACES) | (word + ONES)) & HIGH_BITS) !== 0
}

/** Whether a byte is wide, or is one that JSON wants escaped. */
function needsEscape(word: number): boolean {
  return ((word | (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES)) & HIGH_BITS) !== 0
}

/**
 * Copies the `length` bytes of text at the reader into a row, and passes over them.
 *
 * @returns false for what is not valid UTF-8 or has control characters; the row is useless then
 */
export function copyText(reader: Reader, sink: RowSink, length: number): boolean {
  writeLength(sink, length)
  const { bytes, view, at: start } = reader
  const { bytes: target, view: targetView } = sink
  const end = start + length
  let to = sink.at
  let at = start
  reader.at = end
  sink.at = to + length
  for (; at + 4 <= end; at += 4, to += 4) {
    const word = view.getInt32(at)
    if (needsLook(word)) return copyAnyText(reader, sink, start, end)
    targetView.setInt32(to, word)
  }
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte < 32 || byte > 126) return copyAnyText(reader, sink, start, end)
    target[to++] = byte
  }
  return true
}

/** @param sink stands behind the text's place */
function copyAnyText({ bytes }: Reader, sink: RowSink, start: number, end: number): boolean {
  if (!isText(bytes, start, end)) return false
  bytes.copy(sink.bytes, sink.at - (end - start), start, end)
  return true
}

/**
 * Copies the `length` bytes of text at the reader as a JSON text, and passes over them.
 *
 * @returns false for what is not valid UTF-8; the row is useless then
 */
export function copyJsonText(reader: Reader, sink: RowSink, length: number): boolean {
  const { bytes, view, at: start } = reader
  const { bytes: target, view: targetView } = sink
  const end = start + length
  let to = sink.at
  let at = start
  reader.at = end
  target[to++] = QUOTE
  for (; at + 4 <= end; at += 4, to += 4) {
    const word = view.getInt32(at)
    if (needsEscape(word)) break
    targetView.setInt32(to, word)
  }
  let isAscii = true
  for (; at < end; at++) {
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
