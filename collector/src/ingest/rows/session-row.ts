import {
  END_REASON_CODE,
  type EndReason,
  PLATFORM_CODE,
  SERVER_KIND_CODE,
  type ServerKind,
} from '@mctrack/sdk/protocol'
import type { SessionRecord, Stay } from '../../live/index.ts'
import {
  type Field,
  type RowSink,
  writeField,
  writeInt64,
  writeString,
  writeUInt8,
  writeUInt16,
  writeUInt32,
  writeUInt64Max,
  writeUuid,
} from '../../platform/clickhouse/row-binary.ts'

/** Room that a row of either table needs at most: its texts at four bytes a character, and its fixed columns. */
export const SESSION_ROW_BYTES_MAX = 2_048

/** Whose row it is: the same for all rows of one instance. */
export interface RowOwner {
  readonly networkIdField: Field
  readonly serverName: string
  readonly instanceId: Uint8Array
  readonly serverKind: ServerKind
  /** The calendar day in the network's time zone. */
  readonly dayOf: (atMs: number) => number
}

/**
 * Which of several rows of one session counts: the highest.
 *
 * - 0: what the server said while the session was open
 * - Unix milliseconds: what the collector decided at that time (closed it, or found it open again)
 * - 'final': how it ended by the server's own word
 */
export type RowVersion = number | 'final'

export interface SessionEnd {
  readonly endedAtMs: number
  readonly reason: EndReason | 'other'
  readonly afkMs: number
}

const REASON_OPEN = 0
const REASON_OTHER = 7

/** Writes a row of `network_sessions`. */
export function writeSessionRow(
  sink: RowSink,
  owner: RowOwner,
  record: SessionRecord,
  row: {
    readonly end: SessionEnd | null
    readonly isSecondary: boolean
    readonly receivedAtMs: number
    readonly version: RowVersion
  },
): void {
  const { end } = row
  writeField(sink, owner.networkIdField)
  writeUuid(sink, record.sessionId)
  writeUuid(sink, record.playerId)
  writeString(sink, record.playerName)
  writeString(sink, owner.serverName)
  writeUInt8(sink, SERVER_KIND_CODE[owner.serverKind])
  writeUuid(sink, owner.instanceId)
  writeInt64(sink, record.startedAtMs)
  writeNullableMs(sink, end?.endedAtMs)
  writeUInt8(sink, end === null ? REASON_OPEN : end.reason === 'other' ? REASON_OTHER : END_REASON_CODE[end.reason])
  writeUInt32(sink, end?.afkMs ?? 0)
  writeString(sink, record.domain)
  writeUInt8(sink, PLATFORM_CODE[record.platform])
  writeString(sink, record.device)
  writeString(sink, record.country)
  writeUInt32(sink, record.protocolVersion)
  writeString(sink, record.clientVersion)
  writeUInt8(sink, row.isSecondary ? 1 : 0)
  const firstDay = owner.dayOf(record.startedAtMs)
  writeUInt16(sink, firstDay)
  writeUInt16(sink, end === null ? firstDay : owner.dayOf(end.endedAtMs))
  writeInt64(sink, row.receivedAtMs)
  writeVersion(sink, row.version)
}

/** Writes a row of `gamemode_sessions`. */
export function writeStayRow(
  sink: RowSink,
  owner: RowOwner,
  record: SessionRecord,
  row: {
    readonly stay: Stay
    readonly gamemode: string
    readonly endedAtMs: number | undefined
    readonly isSecondary: boolean
    readonly receivedAtMs: number
    readonly version: RowVersion
  },
): void {
  writeField(sink, owner.networkIdField)
  writeUuid(sink, record.sessionId)
  writeUInt32(sink, row.stay.ordinal)
  writeUuid(sink, record.playerId)
  writeString(sink, owner.serverName)
  writeString(sink, row.stay.backend)
  writeString(sink, row.gamemode)
  writeInt64(sink, row.stay.startedAtMs)
  writeNullableMs(sink, row.endedAtMs)
  writeString(sink, record.domain)
  writeUInt8(sink, PLATFORM_CODE[record.platform])
  writeString(sink, record.device)
  writeString(sink, record.country)
  writeString(sink, record.clientVersion)
  writeUInt8(sink, row.isSecondary ? 1 : 0)
  writeInt64(sink, row.receivedAtMs)
  writeVersion(sink, row.version)
}

function writeNullableMs(sink: RowSink, atMs: number | undefined): void {
  writeUInt8(sink, atMs === undefined ? 1 : 0)
  if (atMs !== undefined) writeInt64(sink, atMs)
}

function writeVersion(sink: RowSink, version: RowVersion): void {
  if (version === 'final') writeUInt64Max(sink)
  else writeInt64(sink, version)
}
