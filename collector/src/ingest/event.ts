import type { EndReason, EventErrorCode } from '@mctrack/sdk/protocol'
import type { SessionRecord, Stay } from '../live/index.ts'

/** What an event says, whichever way it came. The country is known, the address is gone. */
export type IngestEvent =
  | { readonly kind: 'start'; readonly record: SessionRecord; readonly stay: Stay | null }
  | { readonly kind: 'switch'; readonly record: SessionRecord; readonly ended: Stay | null; readonly begun: Stay }
  | {
      readonly kind: 'end'
      readonly record: SessionRecord
      readonly ended: Stay | null
      readonly endedAtMs: number
      readonly reason: EndReason | 'other'
      readonly afkMs: number
    }
  | {
      readonly kind: 'purchase'
      readonly eventId: Uint8Array
      readonly atMs: number
      readonly sessionId: Uint8Array | null
      readonly playerId: Uint8Array
      readonly store: string
      readonly transactionId: string
      readonly product: string
      readonly amountMinor: number
      readonly currency: string
    }

/** Why a single event was refused. `detail` names the field, never its value. */
export interface Refusal {
  readonly kind: 'refused'
  readonly code: EventErrorCode
  readonly detail: string
}

/** What became of an event that was not taken: refused, or dropped because its player opted out. */
export type NotTaken = Refusal | 'opted_out'

export function refuse(code: EventErrorCode, detail: string): Refusal {
  return { kind: 'refused', code, detail }
}

/** Refusals of what is not even the shape of an event. */
export const NO_EVENT = refuse('EVENT_MALFORMED', 'the event is no array that begins with its type')
export const TOO_FEW_FIELDS = refuse('EVENT_MALFORMED', 'the event has too few fields')
