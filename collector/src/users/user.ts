/** Somebody with an account. */
export interface User {
  readonly id: string
  /** As it was typed; compared without regard to case. */
  readonly email: string
  readonly name: string
  /** Owners of the installation create networks and manage users. */
  readonly ownsInstallation: boolean
  readonly createdAtMs: number
  readonly lastSignedInAtMs: number | null
  /** Set for somebody who cannot sign in, and no token of theirs works. */
  readonly disabledAtMs: number | null
  /** When the account will be removed; null while nobody asked for that. */
  readonly deleteAtMs: number | null
}

export const USER_LIMITS = {
  nameCharsMax: 64,
  /** RFC 5321 has no room for more. */
  emailCharsMax: 254,
  passwordCharsMin: 10,
  passwordCharsMax: 256,
} as const
