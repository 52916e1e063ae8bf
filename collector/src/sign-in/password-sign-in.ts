import type { Origin } from '../access/index.ts'
import type { AuditLog, FailedSignIn } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Log } from '../platform/log.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Passwords, User, UserStore, UserWithPassword } from '../users/index.ts'
import type { Client } from './client.ts'
import type { SignInAttempts } from './sign-in-attempts.ts'
import type { SignInStore } from './sign-in-store.ts'
import type { SignIns } from './sign-ins.ts'

/**
 * What became of an attempt. A second step (a code from an app) would be another kind: the password was right, and what
 * is given then is no sign-in yet.
 */
export interface SignedIn {
  readonly kind: 'signed_in'
  readonly user: User
  /** `Set-Cookie` of the sign-in. */
  readonly cookie: string
}

export interface PasswordSignIn {
  /**
   * Signs somebody in. Whether there is no such account, or the password is wrong, the answer and the time are the same.
   *
   * @throws MctrackError SIGN_IN_FAILED, RATE_LIMITED, or FORBIDDEN for the owner of a disabled account
   */
  signIn(
    asked: { readonly email: string; readonly password: string },
    client: Client,
    origin: Origin,
  ): Promise<SignedIn>
  /**
   * Asks somebody who is signed in for the password again.
   *
   * @throws MctrackError PASSWORD_WRONG, RATE_LIMITED
   */
  confirm(userId: string, password: string, client: Client, origin: Origin): Promise<void>
}

export interface PasswordSignInDeps {
  readonly db: Postgres
  readonly users: UserStore
  readonly passwords: Passwords
  readonly attempts: SignInAttempts
  readonly signIns: SignIns
  readonly store: Pick<SignInStore, 'isKnown'>
  readonly audit: Pick<AuditLog, 'note'>
  /** Told about attempts for accounts that do not exist. */
  readonly onUnknown: (attempt: FailedSignIn) => void
  readonly log: Log
  readonly now: () => number
}

/** Stands for a user who does not exist, so that the same is asked of the database for them. */
const NOBODY = '00000000-0000-7000-8000-000000000000'

export function createPasswordSignIn(deps: PasswordSignInDeps): PasswordSignIn {
  const { db, users, passwords, attempts, signIns, store, audit, onUnknown, log, now } = deps

  /** Nobody waits for it: the time of an answer must not tell whether there is an account. */
  function noteFailure(user: User | undefined, origin: Origin): void {
    if (user === undefined) return onUnknown(origin)
    const failed = { action: 'sign_in.failed', networkId: null, target: { kind: 'user', id: user.id } } as const
    audit
      .note({ ...origin, actor: { kind: 'unknown' } }, { ...failed, before: null, after: null })
      .catch((error: unknown) => log.error({ err: error }, 'a failed sign-in could not be written down'))
  }

  /** Checks and counts. Returns whether the password is the user's. */
  async function check(
    email: string,
    found: UserWithPassword | undefined,
    password: string,
    client: Client,
  ): Promise<boolean> {
    const isKnown = await store.isKnown(found?.user.id ?? NOBODY, client.address ?? '0.0.0.0/0', now())
    await attempts.count(email, client, isKnown)
    if (!(await passwords.verify(found?.hash, password))) return false
    await attempts.forgive(email, client, isKnown)
    return true
  }

  /** Looking at the password took a while: it may be another one since, or the account may be disabled. */
  async function requireStill(
    { user, hash }: UserWithPassword,
    password: string,
    transaction: PostgresTransaction,
  ): Promise<void> {
    await users.lock(user.id, transaction)
    const current = await users.findWithPassword(user.id, transaction)
    const isSame = current?.hash === hash || (await passwords.verify(current?.hash, password))
    if (current === undefined || !isSame || current.user.disabledAtMs !== null) throw new MctrackError('SIGN_IN_FAILED')
  }

  return {
    async signIn({ email, password }, client, origin) {
      const found = await users.findByEmail(email)
      const isRight = await check(email, found, password, client)
      if (!isRight || found === undefined) {
        noteFailure(found?.user, origin)
        throw new MctrackError('SIGN_IN_FAILED')
      }
      const { user, hash = '' } = found
      if (user.disabledAtMs !== null) {
        throw new MctrackError('FORBIDDEN', 'This account is disabled. Ask whoever runs this installation.')
      }
      // With the parameters of today; the old hash was just proven right.
      const renewed = passwords.isOutdated(hash) ? await passwords.rehash(password) : undefined
      const cookie = await db.transaction().execute(async (transaction) => {
        await requireStill(found, password, transaction)
        if (renewed !== undefined) await users.setPassword(user.id, renewed, now(), transaction)
        await users.change(user.id, { lastSignedInAtMs: now() }, transaction)
        return signIns.start(transaction, user.id, client, { ...origin, actor: { kind: 'unknown' } })
      })
      return { kind: 'signed_in', user, cookie }
    },

    async confirm(userId, password, client, origin) {
      const found = await users.findWithPassword(userId)
      if (await check(found?.user.email ?? '', found, password, client)) return
      noteFailure(found?.user, origin)
      throw new MctrackError('PASSWORD_WRONG')
    },
  }
}
