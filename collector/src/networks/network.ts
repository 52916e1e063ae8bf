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
  /** Played by the simulator: nothing on it is real. */
  readonly isDemo: boolean
}

export const NETWORK_LIMITS = {
  nameCharsMax: 64,
  resumeWindowMsDefault: 30_000,
  resumeWindowMsMin: 5_000,
  resumeWindowMsMax: 600_000,
} as const
