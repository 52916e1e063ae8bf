import { type EventErrorCode, type Id, LANE, type Lane, LIMITS } from '@mctrack/sdk/protocol'
import type { OpenDetails, Stay } from '../live/index.ts'
import type { OptedOut } from '../opt-outs/index.ts'
import type { CountryOf } from '../platform/country.ts'
import { beginRow, type WriteBuffer } from '../storage/index.ts'
import { type Reader, readArrayLength, readBoolean, readId, readInteger, skipValue } from './decode/reader.ts'
import { decodeSession, decodeSessionEvent, decodeStayOrNil } from './decode/session-event.ts'
import { decodeTelemetryEvent, isOfOptedOut, TELEMETRY_ROW_BYTES_MAX } from './decode/telemetry-event.ts'
import { type IngestEvent, type NotTaken, refuse } from './event.ts'
import type { RowContext } from './rows/event-row.ts'
import { SESSION_ROW_BYTES_MAX } from './rows/session-row.ts'
import type { Outcome } from './stats.ts'

/** A `batch` frame up to its events, at which the reader stands. */
export interface BatchHeader {
  readonly instanceId: Id
  readonly lane: Lane
  readonly first: number
  readonly after: number
  /** How many events follow. */
  readonly events: number
}

/** A single event that was refused, with its bytes for the dead letters. */
export interface EventRefusal {
  readonly number: number
  readonly code: EventErrorCode
  readonly detail: string
  /** The event as it came, valid during the call only. May hold an address. */
  readonly bytes: Buffer
}

/** Rows that one event of the sessions lane can become. */
const ROWS_PER_EVENT_MAX = 2

/** Reads what follows the type of a `batch` frame. */
export function readBatchHeader(reader: Reader): BatchHeader | undefined {
  const instanceAt = readId(reader)
  if (instanceAt < 0) return undefined
  const instanceId = Uint8Array.from(reader.bytes.subarray(instanceAt, instanceAt + 16))
  const lane = readInteger(reader)
  const first = readInteger(reader)
  const after = readInteger(reader)
  const events = readArrayLength(reader)
  if (lane !== LANE.sessions && lane !== LANE.telemetry) return undefined
  if (!(first > 0) || !(after >= 0 && after < first)) return undefined
  if (events < 0 || events > LIMITS.batchEventsMax) return undefined
  return { instanceId, lane, first, after, events }
}

/** Bytes that the rows of a batch need at most in any one buffer. */
export function batchRowBytesMax({ lane, events }: BatchHeader, frameBytes: number): number {
  if (lane === LANE.sessions) return events * ROWS_PER_EVENT_MAX * SESSION_ROW_BYTES_MAX
  return TELEMETRY_ROW_BYTES_MAX + events * 256 + frameBytes * 6
}

interface TakeOptions {
  /** Numbers up to this were taken before and are passed over. */
  readonly taken: number
  readonly count: (outcome: Outcome, events: number) => void
}

/** Reads the events of a sessions batch one by one. Refused ones are passed over and returned. */
export function takeSessions(
  reader: Reader,
  header: BatchHeader,
  options: TakeOptions & {
    readonly countryOf: CountryOf
    readonly accept: (event: IngestEvent, number: number) => NotTaken | undefined
  },
): EventRefusal[] {
  const { countryOf, accept } = options
  return takeEach(reader, header, options, (number) => {
    const event = decodeSessionEvent(reader, countryOf)
    if (event === undefined) return 'unknown'
    return event.kind === 'refused' ? event : (accept(event, number) ?? 'accepted')
  })
}

/** Reads the events of a telemetry batch straight into the rows of the table `events`. */
export function takeTelemetry(
  reader: Reader,
  header: BatchHeader,
  options: TakeOptions & {
    readonly buffer: WriteBuffer
    readonly context: RowContext
    readonly optedOut: OptedOut | undefined
  },
): EventRefusal[] {
  const { buffer, context, optedOut } = options
  return takeEach(reader, header, options, () => {
    if (optedOut !== undefined && isOfOptedOut(reader, optedOut)) return 'opted_out'
    const sink = beginRow(buffer, TELEMETRY_ROW_BYTES_MAX)
    const result = decodeTelemetryEvent(reader, context, sink)
    if (result !== 'written') return result
    buffer.commit()
    return 'accepted'
  })
}

function takeEach(
  reader: Reader,
  header: BatchHeader,
  { taken, count }: TakeOptions,
  take: (number: number) => 'accepted' | 'unknown' | NotTaken,
): EventRefusal[] {
  const refusals: EventRefusal[] = []
  let accepted = 0
  let unknown = 0
  let optedOut = 0
  let duplicates = 0
  for (let i = 0; i < header.events; i++) {
    const number = header.first + i
    const start = reader.at
    if (number <= taken) {
      duplicates += 1
      skipValue(reader)
      continue
    }
    const result = take(number)
    if (result === 'accepted') {
      accepted += 1
      continue
    }
    reader.at = start
    skipValue(reader)
    if (result === 'unknown') unknown += 1
    else if (result === 'opted_out') optedOut += 1
    else
      refusals.push({
        number,
        code: result.code,
        detail: result.detail,
        bytes: reader.bytes.subarray(start, reader.at),
      })
  }
  count('accepted', accepted)
  count('duplicate', duplicates)
  count('unknown_type', unknown)
  count('opted_out', optedOut)
  return refusals
}

/** A `snapshot` frame. */
export interface Snapshot {
  readonly through: number
  readonly isLast: boolean
  readonly sessions: readonly OpenDetails[]
  /** Why sessions were left out, one outcome each. */
  readonly leftOut: readonly Outcome[]
}

/** Reads what follows the type of a `snapshot` frame; undefined when it does not follow the protocol. */
export function decodeSnapshot(
  reader: Reader,
  options: {
    readonly countryOf: CountryOf
    readonly gamemodeOf: (stay: Stay | null) => string
    /** Whether a session may be online. */
    readonly check: (details: OpenDetails) => NotTaken | undefined
  },
): Snapshot | undefined {
  const { countryOf, gamemodeOf, check } = options
  const through = readInteger(reader)
  const isLast = readBoolean(reader)
  const length = readArrayLength(reader)
  if (!(through >= 0) || isLast === undefined || length < 0 || length > LIMITS.snapshotSessionsMax) return undefined
  const sessions: OpenDetails[] = []
  const leftOut: Outcome[] = []
  for (let i = 0; i < length; i++) {
    const start = reader.at
    const details = decodeOpen(reader, countryOf, gamemodeOf)
    const notTaken = details === undefined ? refuse('EVENT_MALFORMED', 'session') : check(details)
    reader.at = start
    skipValue(reader)
    // One player must not keep all others from being online.
    if (notTaken !== undefined) leftOut.push(notTaken === 'opted_out' ? notTaken : notTaken.code)
    else if (details !== undefined) sessions.push(details)
  }
  return { through, isLast, sessions, leftOut }
}

function decodeOpen(
  reader: Reader,
  countryOf: CountryOf,
  gamemodeOf: (stay: Stay | null) => string,
): OpenDetails | undefined {
  if (readArrayLength(reader) < 2) return undefined
  const record = decodeSession(reader, countryOf)
  if ('kind' in record) return undefined
  const stay = decodeStayOrNil(reader)
  return stay === undefined ? undefined : { record, stay, gamemode: gamemodeOf(stay) }
}
