import { formatUuid, parseUuid } from '@mctrack/sdk/protocol'
import {
  ensureRoom,
  type RowSink,
  writeFloat32,
  writeInt64,
  writeString,
  writeUInt8,
  writeUInt16,
  writeUInt32,
  writeUInt64Max,
  writeUuid,
} from '../platform/clickhouse/row-binary.ts'
import { type ColumnKind, TABLES, type TableName } from './tables.ts'

type ValueOf<Kind> = Kind extends 'uuid'
  ? string | Uint8Array
  : Kind extends 'string'
    ? string
    : Kind extends { nullable: string }
      ? number | null
      : number

/** A row as an object: ids as text or bytes, instants in Unix milliseconds (or seconds), days since 1970-01-01. */
export type Row<Name extends TableName> = {
  readonly [Column in keyof (typeof TABLES)[Name]]: ValueOf<(typeof TABLES)[Name][Column]>
}

/** Stands for UInt64's largest number, which a JavaScript number cannot hold. */
export const UINT64_MAX = Number.POSITIVE_INFINITY

/** Room for the fixed-size columns of any table, with the lengths of its texts. */
const FIXED_BYTES_MAX = 512

/** Appends one row. For tables with few rows; the busy ones have writers of their own that write the same bytes. */
export function writeRow<Name extends TableName>(sink: RowSink, table: Name, row: Row<Name>): void {
  let textBytes = 0
  for (const value of Object.values(row)) if (typeof value === 'string') textBytes += value.length * 3
  ensureRoom(sink, FIXED_BYTES_MAX + textBytes)
  const values = row as Readonly<Record<string, unknown>>
  for (const [column, kind] of Object.entries(TABLES[table])) writeValue(sink, kind, values[column])
}

function writeValue(sink: RowSink, kind: ColumnKind, value: unknown): void {
  if (typeof kind === 'object') {
    writeUInt8(sink, value === null ? 1 : 0)
    if (value !== null) writeValue(sink, kind.nullable, value)
    return
  }
  if (kind === 'string') return writeString(sink, value as string)
  if (kind === 'uuid') return writeUuid(sink, toId(value as string | Uint8Array))
  const number = value as number
  switch (kind) {
    case 'uint8':
      return writeUInt8(sink, number)
    case 'uint16-day':
      return writeUInt16(sink, number)
    case 'uint32':
    case 'uint32-seconds':
      return writeUInt32(sink, number)
    case 'float32':
      return writeFloat32(sink, number)
    case 'int64-ms':
      return writeInt64(sink, number)
    case 'uint64':
      return number === UINT64_MAX ? writeUInt64Max(sink) : writeInt64(sink, number)
  }
}

function toId(value: string | Uint8Array): Uint8Array {
  if (typeof value !== 'string') return value
  const id = parseUuid(value)
  if (id === undefined) throw new Error(`not a UUID: ${value}`)
  return id
}

/** Reads a row back, for showing what ClickHouse refused. Instants stay numbers, ids become text. */
export function readRow(table: TableName, bytes: Buffer): Readonly<Record<string, string | number | null>> {
  const row: Record<string, string | number | null> = {}
  let at = 0

  function read(kind: ColumnKind): string | number | null {
    if (typeof kind === 'object') return bytes[at++] === 1 ? null : read(kind.nullable)
    const start = at
    switch (kind) {
      case 'uuid': {
        at += 16
        return formatUuid(
          Buffer.concat([bytes.subarray(start, start + 8).toReversed(), bytes.subarray(start + 8, at).toReversed()]),
        )
      }
      case 'string': {
        let length = 0
        let shift = 0
        for (;;) {
          const byte = bytes[at++] ?? 0
          length += (byte & 127) * 2 ** shift
          shift += 7
          if (byte < 128) break
        }
        at += length
        return bytes.toString('utf8', at - length, at)
      }
      case 'uint8':
        at += 1
        return bytes.readUInt8(start)
      case 'uint16-day':
        at += 2
        return bytes.readUInt16LE(start)
      case 'uint32':
      case 'uint32-seconds':
        at += 4
        return bytes.readUInt32LE(start)
      case 'float32':
        at += 4
        return bytes.readFloatLE(start)
      case 'int64-ms':
        at += 8
        return Number(bytes.readBigInt64LE(start))
      case 'uint64':
        at += 8
        return Number(bytes.readBigUInt64LE(start))
    }
  }

  for (const [column, kind] of Object.entries(TABLES[table])) row[column] = read(kind)
  return row
}
