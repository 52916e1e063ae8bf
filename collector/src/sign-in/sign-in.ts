/** Somebody signed in in one browser. */
export interface SignIn {
  readonly id: string
  readonly userId: string
  readonly createdAtMs: number
  readonly lastSeenAtMs: number
  /** When it ends unless it is used before. */
  readonly expiresAtMs: number
  /** Masked, as it was at the start; null when it is not known. */
  readonly address: string | null
  /** ISO 3166-1 alpha-2, or ''. */
  readonly country: string
  readonly userAgent: string
}

const DAY_MS = 86_400_000

export const SIGN_IN_LIMITS = {
  /** It ends after so long without a request, */
  idleMs: 30 * DAY_MS,
  /** and after so long in any case. */
  wholeMs: 90 * DAY_MS,
  /** When it was last seen is stored this often. */
  seenMs: 60_000,
  /** The earlier secret of a renewed one is good for requests that were on their way. */
  earlierMs: 10_000,
  /** Of one person at once; the one that was seen longest ago ends. */
  perUserMax: 50,
} as const
