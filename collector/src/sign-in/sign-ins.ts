import { randomBytes } from 'node:crypto'
import { type Author, hashSecret, type Identity, type NetworkPermission, type SiteOrigin } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Client } from './client.ts'
import { formatCookie } from './cookie.ts'
import { SIGN_IN_LIMITS, type SignIn } from './sign-in.ts'
import type { FoundSignIn, SignInStore } from './sign-in-store.ts'

const SECRET_BYTES = 32

/** Who is signed in in which browser. */
export interface SignIns {
  /**
   * Begins one, within the transaction of what it belongs to, and ends the one that the browser had. Its secret is always
   * a new one. Returns its `Set-Cookie`.
   */
  start(transaction: PostgresTransaction, userId: string, client: Client, author: Author): Promise<string>
  /**
   * Whose sign-in a secret is of; undefined when it is nobody's, or has ended.
   *
   * @param isRequest false for merely looking: nothing is renewed, and nobody counts as seen
   */
  identify(sha256: Buffer, isRequest: boolean): Promise<Identity | undefined>
  /** A secret for a sign-in that is to go on with another one. */
  createSecret(): { readonly sha256: Buffer; readonly cookie: string }
  list(userId: string): Promise<SignIn[]>
  /** @throws MctrackError SIGN_IN_NOT_FOUND, also for one of somebody else */
  end(userId: string, id: string, author: Author): Promise<void>
  /** Ends all of the user, or all but one. */
  endAll(userId: string, author: Author, allBut?: string): Promise<void>
  /** Removes what has ended. */
  forget(): Promise<void>
}

export interface SignInsDeps {
  readonly db: Postgres
  readonly store: SignInStore
  readonly site: SiteOrigin
  readonly audit: Pick<AuditLog, 'write'>
  /** What the user may do on each network. */
  readonly grantsOf: (userId: string) => Promise<ReadonlyMap<string, ReadonlySet<NetworkPermission>>>
  readonly createId: () => string
  readonly now: () => number
  /** Told after somebody was signed out. */
  readonly onRightsChanged: () => void
}

export function createSignIns(deps: SignInsDeps): SignIns {
  const { db, store, site, audit, grantsOf, createId, now, onRightsChanged } = deps

  function createSecret(): { sha256: Buffer; cookie: string } {
    const secret = makeSecret()
    return { sha256: hashSecret(secret), cookie: formatCookie(site, secret, SIGN_IN_LIMITS.wholeMs) }
  }

  /** A new secret for a sign-in whose owner's rights have changed; undefined when another request was faster. */
  async function renew({ signIn, endsAtMs }: FoundSignIn, earlier: Buffer): Promise<string | undefined> {
    const secret = makeSecret()
    const isRenewed = await store.renew(signIn.id, {
      earlier,
      next: hashSecret(secret),
      earlierUntilMs: now() + SIGN_IN_LIMITS.earlierMs,
    })
    return isRenewed ? formatCookie(site, secret, endsAtMs - now()) : undefined
  }

  async function touch({ signIn, endsAtMs }: FoundSignIn): Promise<void> {
    const atMs = now()
    if (atMs - signIn.lastSeenAtMs < SIGN_IN_LIMITS.seenMs) return
    const expiresAtMs = Math.min(atMs + SIGN_IN_LIMITS.idleMs, endsAtMs)
    await store.touch(signIn.id, { lastSeenAtMs: atMs, expiresAtMs })
  }

  async function end(userId: string, which: Parameters<SignInStore['end']>[1], author: Author): Promise<string[]> {
    const ended = await db.transaction().execute(async (transaction) => {
      const ids = await store.end(userId, which, transaction)
      await audit.write(transaction, author, ids.map(toEnded))
      return ids
    })
    onRightsChanged()
    return ended
  }

  return {
    async start(transaction, userId, client, author) {
      const { sha256, cookie } = createSecret()
      const atMs = now()
      const signIn: SignIn = {
        id: createId(),
        userId,
        createdAtMs: atMs,
        lastSeenAtMs: atMs,
        expiresAtMs: atMs + SIGN_IN_LIMITS.idleMs,
        address: client.address,
        country: client.country,
        userAgent: client.userAgent,
      }
      const earlier =
        client.earlierSha256 === undefined ? [] : await store.endBySecret(client.earlierSha256, transaction)
      await store.endOldest(userId, SIGN_IN_LIMITS.perUserMax - 1, transaction)
      await store.add(signIn, { sha256, endsAtMs: atMs + SIGN_IN_LIMITS.wholeMs }, transaction)
      await audit.write(transaction, author, [
        ...earlier.map(toEnded),
        { ...of(signIn.id), action: 'sign_in.succeeded', before: null, after: { userId } },
      ])
      return cookie
    },

    async identify(sha256, isRequest) {
      const found = await store.find(sha256)
      if (found === undefined || found.user.disabledAtMs !== null) return undefined
      if (found.signIn.expiresAtMs <= now() || (found.earlierUntilMs ?? Number.POSITIVE_INFINITY) <= now()) {
        return undefined
      }
      const { user, signIn } = found
      const actor = {
        kind: 'user',
        userId: user.id,
        ownsInstallation: user.ownsInstallation,
        grants: await grantsOf(user.id),
        credential: { kind: 'session', sessionId: signIn.id },
      } as const
      if (!isRequest) return { actor }
      await touch(found)
      const isDue = found.isToBeRenewed && found.earlierUntilMs === undefined
      const cookie = isDue ? await renew(found, sha256) : undefined
      return cookie === undefined ? { actor } : { actor, cookie }
    },

    createSecret,
    list: (userId) => store.list(userId, now()),

    async end(userId, id, author) {
      const ended = await end(userId, { id }, author)
      if (ended.length === 0) throw new MctrackError('SIGN_IN_NOT_FOUND')
    },

    async endAll(userId, author, allBut) {
      await end(userId, allBut === undefined ? {} : { allBut }, author)
    },

    forget: () => store.forget(now()),
  }
}

function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

function toEnded(signInId: string) {
  return { ...of(signInId), action: 'sign_in.ended', before: null, after: null } as const
}

function of(signInId: string) {
  return { networkId: null, target: { kind: 'sign_in', id: signInId } } as const
}
