import { createHash } from 'node:crypto'
import type { SharedState } from '../platform/shared-state/shared-state.ts'
import { takeOrRefuse } from '../platform/shared-state/take-or-refuse.ts'
import type { Client } from './client.ts'

const MINUTE_MS = 60_000
/** From one address, for whatever accounts. */
const PER_ADDRESS = [
  { requests: 20, windowMs: MINUTE_MS },
  { requests: 100, windowMs: 60 * MINUTE_MS },
]
/** From one address for one account. */
const PER_ADDRESS_AND_ACCOUNT = [{ requests: 10, windowMs: 15 * MINUTE_MS }]
/**
 * For one account from everywhere where its owner is not signed in already: many addresses together guess no faster, and
 * cannot lock the owner out either, who has signed in from somewhere before.
 */
const PER_ACCOUNT = [{ requests: 50, windowMs: 60 * MINUTE_MS }]

/** Attempts to sign in, counted so that guessing takes for ever. */
export interface SignInAttempts {
  /**
   * Counts one, before the password is looked at: many at once count like many one after the other. Who has no account is
   * counted alike.
   *
   * @param isKnown whether the account's owner is signed in from there already
   * @throws MctrackError RATE_LIMITED
   */
  count(email: string, client: Client, isKnown: boolean): Promise<void>
  /** Takes back what the attempt counted, since it was its owner's. */
  forgive(email: string, client: Client, isKnown: boolean): Promise<void>
}

export function createSignInAttempts({ createLimiter }: Pick<SharedState, 'createLimiter'>): SignInAttempts {
  const perAddress = createLimiter('sign-in-address', PER_ADDRESS)
  const perBoth = createLimiter('sign-in-address-account', PER_ADDRESS_AND_ACCOUNT)
  const perAccount = createLimiter('sign-in-account', PER_ACCOUNT)

  const counted = (email: string, { limitKey }: Client, isKnown: boolean) => {
    // Limits may be kept elsewhere, and need no addresses.
    const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
    return [
      { limiter: perAddress, key: limitKey },
      { limiter: perBoth, key: `${limitKey} ${account}` },
      ...(isKnown ? [] : [{ limiter: perAccount, key: account }]),
    ]
  }

  return {
    async count(email, client, isKnown) {
      for (const { limiter, key } of counted(email, client, isKnown)) await takeOrRefuse(limiter, key)
    },

    async forgive(email, client, isKnown) {
      for (const { limiter, key } of counted(email, client, isKnown)) await limiter.giveBack(key)
    },
  }
}
