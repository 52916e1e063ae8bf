import { EVENT, LIMITS } from '@mctrack/sdk/protocol'
import {
  copyUuid,
  type Field,
  fillPaddedLength,
  PADDED_LENGTH_BYTES,
  type RowSink,
  writeField,
  writeInt64,
  writeString,
  writeUInt8,
  writeZeroUuid,
} from '../../platform/clickhouse/row-binary.ts'
import { checkMoment, checkSpan } from '../check-times.ts'
import { type Refusal, refuse } from '../event.ts'
import { copyJsonText, copyText } from './copy-text.ts'
import { type Reader, readId, readInteger, readMapLength, readNil, readTextLength, skipValue } from './reader.ts'

/** What is the same in all rows of one connection, prepared once. */
export interface RowContext {
  readonly networkIdField: Field
  readonly serverNameField: Field
  readonly nowMs: number
  /** False when a person asked for the event again, however old it is. */
  readonly isAgeChecked: boolean
}

/** Kinds of rows in the table `events`. */
export const EVENT_KIND = { custom: 1, afk: 2, purchase: 3 } as const

const CUSTOM_FIELDS = 6
const AFK_FIELDS = 5
const DIGIT_ZERO = 0x30

/** In JSON a byte may become six. */
const JSON_GROWTH = 6
/** Room that one row needs at most, by the limits of an event. */
export const TELEMETRY_ROW_BYTES_MAX =
  512 + LIMITS.propertiesMax * ((LIMITS.propertyKeyBytesMax + LIMITS.propertyStringBytesMax) * JSON_GROWTH + 8)

/**
 * Reads what follows the type of a telemetry event, checks it, and writes its row into the table `events`, in one pass
 * over the bytes and without making objects.
 *
 * @returns 'unknown' for a type that is not known; the caller passes over the event and takes the row back then, as for
 * a refusal
 * @throws MalformedError when the bytes are not whole MessagePack
 */
export function decodeTelemetryEvent(
  reader: Reader,
  type: number,
  fields: number,
  context: RowContext,
  sink: RowSink,
): 'written' | 'unknown' | Refusal {
  if (type === EVENT.custom) {
    return fields < CUSTOM_FIELDS ? tooFew() : decodeCustom(reader, fields, context, sink)
  }
  if (type === EVENT.afkSpan) return fields < AFK_FIELDS ? tooFew() : decodeAfkSpan(reader, fields, context, sink)
  return 'unknown'
}

function tooFew(): Refusal {
  return refuse('EVENT_MALFORMED', 'the event has too few fields')
}

/** What nearly every custom event begins with: three ids and a time, each in the format that everybody writes. */
const USUAL_HEAD_BYTES = 3 * 18 + 9
const ID_HEAD = 0xc410
const FLOAT_64 = 0xcb

function hasUsualHead({ bytes, view, at, end }: Reader): boolean {
  return (
    at + USUAL_HEAD_BYTES <= end &&
    view.getUint16(at) === ID_HEAD &&
    bytes[at + 18] === FLOAT_64 &&
    view.getUint16(at + 27) === ID_HEAD &&
    view.getUint16(at + 45) === ID_HEAD
  )
}

function decodeCustom(reader: Reader, fields: number, context: RowContext, sink: RowSink): 'written' | Refusal {
  let eventAt: number
  let atMs: number
  let sessionAt: number | null
  let playerAt: number | null
  if (hasUsualHead(reader)) {
    const { view, at } = reader
    eventAt = at + 2
    atMs = view.getFloat64(at + 19)
    sessionAt = at + 29
    playerAt = at + 47
    reader.at = at + USUAL_HEAD_BYTES
    if (!Number.isSafeInteger(atMs)) return refuse('EVENT_MALFORMED', 'atMs')
  } else {
    eventAt = readId(reader)
    if (eventAt < 0) return refuse('EVENT_MALFORMED', 'eventId')
    atMs = readInteger(reader)
    sessionAt = readNil(reader) ? null : readId(reader)
    if (sessionAt !== null && sessionAt < 0) return refuse('EVENT_MALFORMED', 'sessionId')
    playerAt = readNil(reader) ? null : readId(reader)
    if (playerAt !== null && playerAt < 0) return refuse('EVENT_MALFORMED', 'playerId')
  }
  if (!(atMs >= 0)) return refuse('EVENT_MALFORMED', 'atMs')
  const wrongMoment = context.isAgeChecked ? checkMoment(atMs, context.nowMs) : undefined
  if (wrongMoment !== undefined) return wrongMoment
  writeFixedColumns(reader, context, sink, { kind: EVENT_KIND.custom, eventAt, sessionAt, playerAt, atMs })
  writeField(sink, context.serverNameField)
  const nameLength = readTextLength(reader)
  if (nameLength < 1 || nameLength > LIMITS.eventNameBytesMax || !copyText(reader, sink, nameLength)) {
    return refuse('EVENT_MALFORMED', 'name')
  }
  const wrongProperties = writeProperties(reader, sink)
  if (wrongProperties !== undefined) return wrongProperties
  for (let i = CUSTOM_FIELDS; i < fields; i++) skipValue(reader)
  return 'written'
}

function decodeAfkSpan(reader: Reader, fields: number, context: RowContext, sink: RowSink): 'written' | Refusal {
  const eventAt = readId(reader)
  const startedAtMs = readInteger(reader)
  const endedAtMs = readInteger(reader)
  const sessionAt = readId(reader)
  const playerAt = readId(reader)
  if (eventAt < 0) return refuse('EVENT_MALFORMED', 'eventId')
  if (!(startedAtMs >= 0)) return refuse('EVENT_MALFORMED', 'startedAtMs')
  if (!(endedAtMs >= 0)) return refuse('EVENT_MALFORMED', 'endedAtMs')
  if (sessionAt < 0) return refuse('EVENT_MALFORMED', 'sessionId')
  if (playerAt < 0) return refuse('EVENT_MALFORMED', 'playerId')
  const wrongMoment = context.isAgeChecked ? checkMoment(endedAtMs, context.nowMs) : undefined
  const wrongTimes = wrongMoment ?? checkSpan(startedAtMs, endedAtMs)
  if (wrongTimes !== undefined) return wrongTimes
  writeFixedColumns(reader, context, sink, { kind: EVENT_KIND.afk, eventAt, sessionAt, playerAt, atMs: startedAtMs })
  writeField(sink, context.serverNameField)
  writeString(sink, 'afk')
  writeString(sink, `{"durationMs":${endedAtMs - startedAtMs}}`)
  for (let i = AFK_FIELDS; i < fields; i++) skipValue(reader)
  return 'written'
}

/** The columns before the texts; ids by where they stand in the frame. */
function writeFixedColumns(
  { view }: Reader,
  context: RowContext,
  sink: RowSink,
  row: {
    readonly kind: number
    readonly eventAt: number
    readonly sessionAt: number | null
    readonly playerAt: number | null
    readonly atMs: number
  },
): void {
  writeField(sink, context.networkIdField)
  copyUuid(sink, view, row.eventAt)
  if (row.sessionAt === null) writeZeroUuid(sink)
  else copyUuid(sink, view, row.sessionAt)
  if (row.playerAt === null) writeZeroUuid(sink)
  else copyUuid(sink, view, row.playerAt)
  writeInt64(sink, row.atMs)
  writeInt64(sink, context.nowMs)
  writeUInt8(sink, row.kind)
}

/** Writes a MessagePack map as the text of a JSON object. */
function writeProperties(reader: Reader, sink: RowSink): Refusal | undefined {
  const entries = readMapLength(reader)
  if (entries < 0) return refuse('PROPERTIES_INVALID', 'properties are not a map')
  if (entries > LIMITS.propertiesMax) return refuse('PROPERTIES_INVALID', 'there are too many properties')
  const lengthAt = sink.at
  sink.at += PADDED_LENGTH_BYTES
  const start = sink.at
  writeUInt8(sink, 0x7b)
  for (let i = 0; i < entries; i++) {
    if (i > 0) writeUInt8(sink, 0x2c)
    const keyLength = readTextLength(reader)
    if (keyLength < 1 || keyLength > LIMITS.propertyKeyBytesMax || !copyJsonText(reader, sink, keyLength)) {
      return refuse('PROPERTIES_INVALID', "a property's name")
    }
    writeUInt8(sink, 0x3a)
    const wrong = writeJsonValue(reader, sink)
    if (wrong !== undefined) return wrong
  }
  writeUInt8(sink, 0x7d)
  fillPaddedLength(sink, lengthAt, sink.at - start)
  return undefined
}

function writeJsonValue(reader: Reader, sink: RowSink): Refusal | undefined {
  const first = reader.bytes[reader.at] as number
  if ((first & 0xe0) === 0xa0 || first === 0xd9 || first === 0xda || first === 0xdb) {
    const length = readTextLength(reader)
    if (length > LIMITS.propertyStringBytesMax || !copyJsonText(reader, sink, length)) {
      return refuse('PROPERTIES_INVALID', 'a text is too long or not UTF-8')
    }
    return undefined
  }
  if (first === 0xc0 || first === 0xc2 || first === 0xc3) {
    reader.at += 1
    writeAscii(sink, first === 0xc0 ? 'null' : first === 0xc2 ? 'false' : 'true')
    return undefined
  }
  if (first < 10) {
    reader.at += 1
    writeUInt8(sink, DIGIT_ZERO + first)
    return undefined
  }
  const number = readNumber(reader, first)
  if (number === undefined) return refuse('PROPERTIES_INVALID', 'a value is neither text, number, boolean nor null')
  writeAscii(sink, String(number))
  return undefined
}

/** A finite number, or undefined for anything else. Integers beyond 2^53 keep what a double can hold of them. */
function readNumber(reader: Reader, first: number): number | undefined {
  const { view, at, end } = reader
  if (first === 0xcb && at + 9 <= end) {
    reader.at = at + 9
    const value = view.getFloat64(at + 1)
    return Number.isFinite(value) ? value : undefined
  }
  if (first === 0xca && at + 5 <= end) {
    reader.at = at + 5
    const value = view.getFloat32(at + 1)
    return Number.isFinite(value) ? value : undefined
  }
  if ((first === 0xcf || first === 0xd3) && at + 9 <= end) {
    reader.at = at + 9
    return Number(first === 0xcf ? view.getBigUint64(at + 1) : view.getBigInt64(at + 1))
  }
  const value = readInteger(reader)
  return Number.isNaN(value) ? undefined : value
}

function writeAscii(sink: RowSink, text: string): void {
  for (let i = 0; i < text.length; i++) sink.bytes[sink.at++] = text.charCodeAt(i)
}
