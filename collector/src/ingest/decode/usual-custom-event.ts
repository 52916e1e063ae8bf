import { EVENT, LIMITS } from '@mctrack/sdk/protocol'
import { copyUuid, fillPaddedLength, PADDED_LENGTH_BYTES, type RowSink } from '../../platform/clickhouse/row-binary.ts'
import { isMoment } from '../check-times.ts'
import { EVENT_KIND, type RowContext } from '../rows/event-row.ts'
import { writeJsonValue } from './json-value.ts'
import type { Reader } from './reader.ts'

/** An array of seven, and the type. */
const EVENT_HEAD = 0x9700 | EVENT.custom
/** Binary of 16 bytes. */
const ID_HEAD = 0xc410
const NIL = 0xc0
const FLOAT_64 = 0xcb
const UINT_64 = 0xcf
const MAP_16 = 0xde
/** The event up to its name, when nothing is nil. */
const HEAD_BYTES = 2 + 18 + 9 + 18 + 18
const TWO_TO_32 = 4_294_967_296

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BRACE_OPEN = 0x7b
const BRACE_CLOSE = 0x7d
const DIGIT_ZERO = 0x30

/**
 * Text goes four bytes at a time. The sums below set a byte's highest bit when the byte is wide, or is what is looked
 * for; a byte above such a one may be taken for one too, which costs time only.
 */
const HIGH_BITS = 0x80808080
const ONES = 0x01010101
const SPACES = 0x20202020
const QUOTES = 0x22222222
const BACKSLASHES = 0x5c5c5c5c

/** Whether a byte is wide, a control character, or DEL. */
function isOdd(word: number): boolean {
  return ((word | (word - SPACES) | (word + ONES)) & HIGH_BITS) !== 0
}

/** Whether a byte is wide, or is one that JSON wants escaped. */
function isOddInJson(word: number): boolean {
  return ((word | (word - SPACES) | ((word ^ QUOTES) - ONES) | ((word ^ BACKSLASHES) - ONES)) & HIGH_BITS) !== 0
}

/** The last one to three bytes of what ends at `end`, filled up with spaces; there must be four bytes before `end`. */
function tailOf(source: DataView, end: number, bytes: number): number {
  return (source.getInt32(end - 4) << (32 - 8 * bytes)) | (SPACES >>> (8 * bytes))
}

/** Copies plain text; up to three bytes behind it are written over. False when it needs a closer look. */
function copyPlain(source: DataView, from: number, length: number, target: DataView, to: number): boolean {
  let i = 0
  for (; i + 4 <= length; i += 4) {
    const word = source.getInt32(from + i)
    if (isOdd(word)) return false
    target.setInt32(to + i, word)
  }
  if (i === length) return true
  const tail = tailOf(source, from + length, length - i)
  target.setInt32(to + i, tail)
  return !isOdd(tail)
}

/** As `copyPlain`, for text that stands within quotes in JSON. */
function copyPlainJson(source: DataView, from: number, length: number, target: DataView, to: number): boolean {
  let i = 0
  for (; i + 4 <= length; i += 4) {
    const word = source.getInt32(from + i)
    if (isOddInJson(word)) return false
    target.setInt32(to + i, word)
  }
  if (i === length) return true
  const tail = tailOf(source, from + length, length - i)
  target.setInt32(to + i, tail)
  return !isOddInJson(tail)
}

/**
 * Reads a custom event that is written as nearly all are, and writes its row: in one piece, with everything in local
 * variables, which makes it several times as fast as the general way. Whatever it does not know, right or wrong, it
 * leaves to that one.
 *
 * @param reader stands at the event's array
 * @returns whether the row was written; if not, reader and sink stand anywhere
 */
export function decodeUsualCustomEvent(reader: Reader, context: RowContext, sink: RowSink): boolean {
  const { bytes, view: source, at: start, end } = reader
  const { bytes: row, view: target } = sink
  if (start + HEAD_BYTES > end || source.getUint16(start) !== EVENT_HEAD) return false

  let at = start + 2
  if (source.getUint16(at) !== ID_HEAD) return false
  const eventAt = at + 2
  at += 18
  const timeHead = bytes[at]
  if (timeHead !== FLOAT_64 && timeHead !== UINT_64) return false
  const atMs =
    timeHead === FLOAT_64 ? source.getFloat64(at + 1) : source.getUint32(at + 1) * TWO_TO_32 + source.getUint32(at + 5)
  if (!isMoment(atMs, context.nowMs) || Math.floor(atMs) !== atMs) return false
  at += 9
  let sessionAt = -1
  if (bytes[at] === NIL) at += 1
  else if (source.getUint16(at) === ID_HEAD) {
    sessionAt = at + 2
    at += 18
  } else return false
  let playerAt = -1
  if (bytes[at] === NIL) at += 1
  else if (source.getUint16(at) === ID_HEAD) {
    playerAt = at + 2
    at += 18
  } else return false

  const { view: prefix, length: prefixLength } = context.prefix
  let to = sink.at
  for (let i = 0; i < prefixLength; i += 4) target.setInt32(to + i, prefix.getInt32(i))
  to += prefixLength
  row[to] = EVENT_KIND.custom
  copyUuid(source, eventAt, target, to + 1)
  copyUuid(source, sessionAt, target, to + 17)
  copyUuid(source, playerAt, target, to + 33)
  const high = Math.floor(atMs / TWO_TO_32)
  target.setUint32(to + 49, atMs - high * TWO_TO_32, true)
  target.setUint32(to + 53, high, true)
  to += 57

  const nameHead = bytes[at++] as number
  const nameLength = nameHead & 31
  if ((nameHead & 0xe0) !== 0xa0 || nameLength === 0 || at + nameLength > end) return false
  row[to++] = nameLength
  if (!copyPlain(source, at, nameLength, target, to)) return false
  at += nameLength
  to += nameLength

  let entries = bytes[at++] as number
  if (entries === MAP_16 && at + 2 <= end) {
    entries = source.getUint16(at)
    at += 2
  } else if ((entries & 0xf0) === 0x80) entries &= 15
  else return false
  if (entries > LIMITS.propertiesMax) return false
  const lengthAt = to
  to += PADDED_LENGTH_BYTES
  row[to++] = BRACE_OPEN
  for (let i = 0; i < entries; i++) {
    if (i > 0) row[to++] = COMMA
    const keyHead = bytes[at++] as number
    const keyLength = keyHead & 31
    if ((keyHead & 0xe0) !== 0xa0 || keyLength === 0 || at + keyLength > end) return false
    row[to] = QUOTE
    if (!copyPlainJson(source, at, keyLength, target, to + 1)) return false
    at += keyLength
    to += keyLength + 1
    row[to] = QUOTE
    row[to + 1] = COLON
    to += 2
    const head = bytes[at] as number
    if (head < 10) {
      row[to++] = DIGIT_ZERO + head
      at += 1
      continue
    }
    const length = head & 31
    if ((head & 0xe0) === 0xa0 && at + 1 + length <= end && copyPlainJson(source, at + 1, length, target, to + 1)) {
      row[to] = QUOTE
      row[to + length + 1] = QUOTE
      at += length + 1
      to += length + 2
      continue
    }
    reader.at = at
    sink.at = to
    const wrong = writeJsonValue(reader, sink)
    at = reader.at
    to = sink.at
    if (wrong !== undefined) return false
  }
  row[to++] = BRACE_CLOSE
  fillPaddedLength(row, lengthAt, to - lengthAt - PADDED_LENGTH_BYTES)
  reader.at = at
  sink.at = to
  return true
}
