/** A tenant. Everything belongs to one. */
export interface Network {
  readonly id: string
  readonly name: string
  /** IANA name; days are calendar days there. */
  readonly timeZone: string
  /** ISO 4217. */
  readonly currency: string
  /** How long sessions survive a lost link, in milliseconds. */
  readonly resumeWindowMs: number
  readonly createdAtMs: number
  readonly archivedAtMs: number | null
  /** When it and everything of it will be removed; null while nobody asked for that. */
  readonly deleteAtMs: number | null
  /** For how many days rows of single players and servers are kept; null for ever. */
  readonly dataRetentionDays: number | null
  /** When rows are first removed by that setting; null without one. */
  readonly dataRetentionFromMs: number | null
  /** What is older was removed by data retention, whatever is set now; null when nothing was. */
  readonly dataRemovedBeforeMs: number | null
  /** Played by the simulator: nothing on it is real. */
  readonly isDemo: boolean
}

export const NETWORK_LIMITS = {
  nameCharsMax: 64,
  resumeWindowMsDefault: 30_000,
  resumeWindowMsMin: 5_000,
  resumeWindowMsMax: 600_000,
  /** A month, so that no session is older than what is kept. */
  dataRetentionDaysMin: 30,
  dataRetentionDaysMax: 3_650,
} as const
