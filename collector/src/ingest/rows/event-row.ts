import { LIMITS } from '@mctrack/sdk/protocol'
import {
  createRowSink,
  type Field,
  type RowSink,
  writeField,
  writeInt64,
  writeString,
} from '../../platform/clickhouse/row-binary.ts'
import type { RowOwner } from './session-row.ts'

/** Kinds of rows in the table `events`. */
export const EVENT_KIND = { custom: 1, afk: 2, purchase: 3 } as const

/** What is the same for all rows of one batch. */
export interface RowContext {
  readonly prefix: Field
  readonly nowMs: number
  /** False when a person asked for the event again, however old it is. */
  readonly isAgeChecked: boolean
}

/** The longest name of a server, the columns of fixed size, and what is read beyond the end by words. */
const PREFIX_BYTES_MAX = LIMITS.serverNameBytesMax + 32

const prepared = createRowSink(PREFIX_BYTES_MAX)

/** What a row of `events` begins with: the columns that are the same in all rows of one batch. */
export function writeEventPrefix(sink: RowSink, owner: RowOwner, receivedAtMs: number): void {
  writeField(sink, owner.networkIdField)
  writeInt64(sink, receivedAtMs)
  writeString(sink, owner.serverName)
}

/** What `writeEventPrefix` writes, ready to be copied into many rows. Good until the next call. */
export function prepareEventPrefix(owner: RowOwner, receivedAtMs: number): Field {
  prepared.at = 0
  writeEventPrefix(prepared, owner, receivedAtMs)
  return { view: prepared.view, length: prepared.at }
}
