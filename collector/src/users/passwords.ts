import { Argon2id } from 'oslo/password'
import pLimit from 'p-limit'
import { MctrackError } from '../platform/error.ts'
import { requireStrength } from './password-strength.ts'

/** OWASP's least: 19 MiB, two rounds, one lane. */
const ARGON2ID = { memorySize: 19_456, iterations: 2, parallelism: 1 } as const
const PARAMETERS = `$m=${ARGON2ID.memorySize},t=${ARGON2ID.iterations},p=${ARGON2ID.parallelism}$`
/** Hashes at once: more would take the processor from ingest, and 19 MiB each. */
const AT_ONCE_MAX = 2
/** Hashes that may wait: some five seconds of work. */
const WAITING_MAX = 256

/** Hashes passwords and checks them, off the event loop and a few at a time. */
export interface Passwords {
  /** @throws MctrackError PASSWORD_WEAK for one that is too easy to guess */
  hash(password: string, of: { readonly email: string; readonly name: string }): Promise<string>
  /** Takes as long for nobody's hash (undefined), for which it is always false. */
  verify(hash: string | undefined, password: string): Promise<boolean>
  /** Hashes one again that is in use, whatever is thought of it today. */
  rehash(password: string): Promise<string>
  /** Whether a hash was made with other parameters than are used now. */
  isOutdated(hash: string): boolean
}

/** @see https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html */
export function createPasswords(): Passwords {
  const argon2id = new Argon2id(ARGON2ID)
  const limit = pLimit(AT_ONCE_MAX)
  let nobodys: Promise<string> | undefined

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    if (limit.pendingCount >= WAITING_MAX) throw new MctrackError('RATE_LIMITED', undefined, { retryAfterMs: 5_000 })
    return limit(work)
  }

  return {
    async hash(password, of) {
      await requireStrength(password, of)
      return inTurn(() => argon2id.hash(password))
    },

    async verify(hash, password) {
      // Made for whoever comes first, with an account or without.
      nobodys ??= argon2id.hash(crypto.randomUUID())
      const nobodysHash = await nobodys
      const isRight = await inTurn(() => argon2id.verify(hash ?? nobodysHash, password))
      return isRight && hash !== undefined
    },

    rehash: (password) => inTurn(() => argon2id.hash(password)),
    isOutdated: (hash) => !hash.includes(PARAMETERS),
  }
}
