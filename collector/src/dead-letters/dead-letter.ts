import type { ErrorCode } from '@mctrack/sdk/protocol'
import type { Json } from './wire-names.ts'

/** Something that was refused, kept so that it can be looked at and tried again. It never holds an address. */
export interface DeadLetter {
  readonly networkId: string
  readonly id: string
  readonly receivedAtMs: number
  readonly server: string
  /** The key that it came with, or null when it came from inside. */
  readonly keyId: string | null
  readonly source: DeadLetterSource
  readonly code: ErrorCode
  readonly reason: string
  /** What was sent, as far as it could be read; null when it could not. */
  readonly payload: Json
  readonly state: DeadLetterState
}

/** `storage`: the database refused a row that had been accepted. Its payload is `{ table, row }`. */
export const DEAD_LETTER_SOURCES = ['socket', 'http', 'storage'] as const
export type DeadLetterSource = (typeof DEAD_LETTER_SOURCES)[number]

export const DEAD_LETTER_STATES = ['kept', 'replayed', 'discarded'] as const
export type DeadLetterState = (typeof DEAD_LETTER_STATES)[number]

export const SOURCE_CODE: Readonly<Record<DeadLetterSource, number>> = { socket: 1, http: 2, storage: 3 }
export const STATE_CODE: Readonly<Record<DeadLetterState, number>> = { kept: 0, replayed: 1, discarded: 2 }
