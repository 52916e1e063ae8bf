import { createHash } from 'node:crypto'
import { randomLettersAndDigits } from '../platform/random-text.ts'

/** What a server shows to prove which network it belongs to. The secret itself is not kept. */
export interface ApiKey {
  readonly id: string
  readonly networkId: string
  readonly name: string
  /** The only game mode that the key may report, or null for the whole network. */
  readonly gamemode: string | null
  readonly createdAtMs: number
  readonly revokedAtMs: number | null
  /** When a request or a connection last proved itself with it. */
  readonly lastUsedAtMs: number | null
  /** End of the newest secret, to tell keys apart. */
  readonly lastFour: string
}

const PREFIX = 'mct_'
const RANDOM_CHARS = 32
const SECRET = /^mct_[A-Za-z0-9]{32}$/

/** Makes a secret: `mct_` and 32 random letters and digits, 190 bits. */
export function createSecret(): string {
  return PREFIX + randomLettersAndDigits(RANDOM_CHARS)
}

export function isSecret(text: string): boolean {
  return SECRET.test(text)
}

/** A secret of this much randomness needs no salt and no slow hash. */
export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

/** Finds the key in the headers of a request: `Authorization: Bearer mct_…`, or `X-API-Key`. */
export function secretOfHeaders(authorization: string, apiKey: string): string | undefined {
  if (apiKey !== '') return apiKey
  return /^bearer +(\S+)$/i.exec(authorization)?.[1]
}
