import { EVENT, LIMITS } from '@mctrack/sdk/protocol'
import type { OptedOut } from '../../opt-outs/index.ts'
import {
  copyUuid,
  fillPaddedLength,
  PADDED_LENGTH_BYTES,
  type RowSink,
  writeField,
  writeInt64,
  writeString,
  writeUInt8,
} from '../../platform/clickhouse/row-binary.ts'
import { checkMoment, checkSpan } from '../check-times.ts'
import { NO_EVENT, type Refusal, refuse, TOO_FEW_FIELDS } from '../event.ts'
import { EVENT_KIND, type RowContext } from '../rows/event-row.ts'
import { copyJsonText, copyText } from './copy-text.ts'
import { writeJsonValue } from './json-value.ts'
import {
  type Reader,
  readEventFields,
  readId,
  readInteger,
  readMapLength,
  readNil,
  readTextLength,
  skipValue,
} from './reader.ts'
import { decodeUsualCustomEvent } from './usual-custom-event.ts'

const CUSTOM_FIELDS = 6
const AFK_FIELDS = 5

/** In JSON a byte may become six. */
const JSON_GROWTH = 6
/** Room that one row needs at most, by the limits of an event. */
export const TELEMETRY_ROW_BYTES_MAX =
  512 + LIMITS.propertiesMax * ((LIMITS.propertyKeyBytesMax + LIMITS.propertyStringBytesMax) * JSON_GROWTH + 8)

/**
 * Reads an event of the telemetry lane, checks it, and writes its row into the table `events`, in one pass over the
 * bytes and without making objects.
 *
 * @param reader stands at the event's array
 * @returns 'unknown' for a type that is not known; the caller passes over the event and takes the row back then, as for
 * a refusal
 * @throws MalformedError when the bytes are not whole MessagePack
 */
export function decodeTelemetryEvent(
  reader: Reader,
  context: RowContext,
  sink: RowSink,
): 'written' | 'unknown' | Refusal {
  const { at } = reader
  const { at: rowAt } = sink
  // The usual way always checks the age.
  if (context.isAgeChecked && decodeUsualCustomEvent(reader, context, sink)) return 'written'
  reader.at = at
  sink.at = rowAt
  return decodeAnyTelemetryEvent(reader, context, sink)
}

/**
 * Whether an event of the telemetry lane is of a player who opted out, as far as it can be read.
 *
 * @param reader stands at the event's array, before and after
 * @throws MalformedError when the bytes are not whole MessagePack
 */
export function isOfOptedOut(reader: Reader, optedOut: OptedOut): boolean {
  const { at, bytes } = reader
  if (readEventFields(reader) < 1) return reset(reader, at)
  const type = readInteger(reader)
  if (type !== EVENT.custom && type !== EVENT.afkSpan) return reset(reader, at)
  readId(reader)
  readInteger(reader)
  if (type === EVENT.afkSpan) readInteger(reader)
  const sessionAt = readNil(reader) ? -1 : readId(reader)
  const playerAt = readNil(reader) ? -1 : readId(reader)
  reader.at = at
  if (playerAt >= 0 && optedOut.hasPlayer(bytes.subarray(playerAt, playerAt + 16))) return true
  return sessionAt >= 0 && optedOut.hasSession(bytes.subarray(sessionAt, sessionAt + 16))
}

function reset(reader: Reader, at: number): false {
  reader.at = at
  return false
}

function decodeAnyTelemetryEvent(reader: Reader, context: RowContext, sink: RowSink): 'written' | 'unknown' | Refusal {
  const fields = readEventFields(reader)
  const type = fields < 0 ? fields : readInteger(reader)
  if (!(type >= 0)) return NO_EVENT
  if (type === EVENT.custom) {
    return fields < CUSTOM_FIELDS ? TOO_FEW_FIELDS : decodeCustom(reader, fields, context, sink)
  }
  if (type === EVENT.afkSpan) return fields < AFK_FIELDS ? TOO_FEW_FIELDS : decodeAfkSpan(reader, fields, context, sink)
  return 'unknown'
}

function decodeCustom(reader: Reader, fields: number, context: RowContext, sink: RowSink): 'written' | Refusal {
  const eventAt = readId(reader)
  const atMs = readInteger(reader)
  const sessionAt = readNil(reader) ? null : readId(reader)
  const playerAt = readNil(reader) ? null : readId(reader)
  if (eventAt < 0) return refuse('EVENT_MALFORMED', 'eventId')
  if (!(atMs >= 0)) return refuse('EVENT_MALFORMED', 'atMs')
  if (sessionAt !== null && sessionAt < 0) return refuse('EVENT_MALFORMED', 'sessionId')
  if (playerAt !== null && playerAt < 0) return refuse('EVENT_MALFORMED', 'playerId')
  const wrongMoment = context.isAgeChecked ? checkMoment(atMs, context.nowMs) : undefined
  if (wrongMoment !== undefined) return wrongMoment
  writeFixedColumns(reader, context, sink, {
    kind: EVENT_KIND.custom,
    eventAt,
    sessionAt: sessionAt ?? -1,
    playerAt: playerAt ?? -1,
    atMs,
  })
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
  writeString(sink, 'afk')
  writeString(sink, `{"durationMs":${endedAtMs - startedAtMs}}`)
  for (let i = AFK_FIELDS; i < fields; i++) skipValue(reader)
  return 'written'
}

/** The columns before the name; ids by where they stand in the frame, below 0 for none. */
function writeFixedColumns(
  { view }: Reader,
  context: RowContext,
  sink: RowSink,
  row: {
    readonly kind: number
    readonly eventAt: number
    readonly sessionAt: number
    readonly playerAt: number
    readonly atMs: number
  },
): void {
  writeField(sink, context.prefix)
  writeUInt8(sink, row.kind)
  copyUuid(view, row.eventAt, sink.view, sink.at)
  copyUuid(view, row.sessionAt, sink.view, sink.at + 16)
  copyUuid(view, row.playerAt, sink.view, sink.at + 32)
  sink.at += 48
  writeInt64(sink, row.atMs)
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
  fillPaddedLength(sink.bytes, lengthAt, sink.at - start)
  return undefined
}
