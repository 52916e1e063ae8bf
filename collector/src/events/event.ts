export const EVENT_KINDS = ['custom', 'afk', 'purchase'] as const
export type EventKind = (typeof EVENT_KINDS)[number]

export type PropertyValue = string | number | boolean | null

/** An event as it is stored. */
export interface EventRow {
  readonly eventId: string
  readonly kind: EventKind
  readonly name: string
  /** Unix milliseconds. */
  readonly atMs: number
  readonly sessionId: string | null
  readonly playerId: string | null
  /** Who reported it. */
  readonly server: string
  readonly properties: Readonly<Record<string, PropertyValue>>
}
