import { isNetworkPermission, PERMISSIONS, type Permission } from '../access/index.ts'
import { randomLettersAndDigits } from '../platform/random-text.ts'

/** What a program proves with whose it is. The secret itself is not kept. */
export interface Token {
  readonly id: string
  /** Null: an operator's, of a data directory. */
  readonly userId: string | null
  readonly name: string
  /** End of the secret, to tell tokens apart. */
  readonly lastFour: string
  /** What it allows at most; its owner's rights are a limit of their own. Empty for an operator's, which allows everything. */
  readonly permissions: readonly Permission[]
  /** The only network that it is for; null for all that its owner is a member of. */
  readonly networkId: string | null
  readonly createdAtMs: number
  /** Null: never, which only an operator's does. */
  readonly expiresAtMs: number | null
  readonly revokedAtMs: number | null
  readonly lastUsedAtMs: number | null
}

/** A token with its secret, which is shown this once. */
export interface NewToken {
  readonly token: Token
  readonly secret: string
}

/** What somebody wants a token for. */
export interface TokenWish {
  readonly name: string
  readonly permissions: readonly Permission[]
  readonly networkId: string | null
  readonly days: number
}

export const TOKEN_LIMITS = {
  nameCharsMax: 64,
  daysMin: 1,
  daysMax: 365,
  daysDefault: 90,
  /** Of one person, that are neither revoked nor expired: a list that somebody still looks through. */
  liveMax: 50,
} as const

const RANDOM_CHARS = 43

/** Makes a secret: `mctp_` and 43 random letters and digits, 256 bits. */
export function createTokenSecret(): string {
  return `mctp_${randomLettersAndDigits(RANDOM_CHARS)}`
}

/** The known ones of what is stored, in the order of the list: a permission that is no longer there allows nothing. */
export function readPermissions(stored: readonly string[]): Permission[] {
  return PERMISSIONS.filter((permission) => stored.includes(permission))
}

/** Without repeats; and seeing a network goes with whatever is allowed on it, since nothing works without that. */
export function completePermissions(wished: readonly Permission[]): Permission[] {
  const isOfNetworks = wished.some(isNetworkPermission)
  return PERMISSIONS.filter(
    (permission) => wished.includes(permission) || (isOfNetworks && permission === 'network.view'),
  )
}

/** Whether it opens anything at the instant, as far as that is up to the token alone. */
export function isLive({ revokedAtMs, expiresAtMs }: Token, nowMs: number): boolean {
  return revokedAtMs === null && (expiresAtMs === null || expiresAtMs > nowMs)
}
