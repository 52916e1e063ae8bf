import type { Selectable } from 'kysely'
import type { Postgres } from '../platform/postgres/client.ts'
import type { SignInSessionsTable } from '../platform/postgres/tables.ts'
import { toUser, type User } from '../users/index.ts'
import type { SignIn } from './sign-in.ts'

/** A sign-in as a request finds it. */
export interface FoundSignIn {
  readonly signIn: SignIn
  readonly user: User
  readonly endsAtMs: number
  readonly isToBeRenewed: boolean
  /** Undefined when it was found by its present secret; else until when the earlier one is good. */
  readonly earlierUntilMs: number | undefined
}

export interface SignInStore {
  add(signIn: SignIn, secret: { readonly sha256: Buffer; readonly endsAtMs: number }, db: Postgres): Promise<void>
  /** By its present secret or the one before, whether it is still good or not. */
  find(sha256: Buffer): Promise<FoundSignIn | undefined>
  touch(id: string, times: { readonly lastSeenAtMs: number; readonly expiresAtMs: number }): Promise<void>
  /** Replaces the secret, unless another request did so before. */
  renew(
    id: string,
    secrets: { readonly earlier: Buffer; readonly next: Buffer; readonly earlierUntilMs: number },
  ): Promise<boolean>
  /** Those that have not ended, the last seen first. */
  list(userId: string, nowMs: number): Promise<SignIn[]>
  /** Ids of those that were ended: one, or all but one. */
  end(userId: string, which: { readonly id: string } | { readonly allBut?: string }, db: Postgres): Promise<string[]>
  /** Ends the one with the secret, or the secret before; its id, if there was one. */
  endBySecret(sha256: Buffer, db: Postgres): Promise<string[]>
  /** Ends those of the user that were seen longest ago, beyond `kept`. */
  endOldest(userId: string, kept: number, db: Postgres): Promise<void>
  /** Whether the user has a sign-in from the masked address. */
  isKnown(userId: string, address: string, nowMs: number): Promise<boolean>
  /** Removes those that ended. */
  forget(nowMs: number): Promise<void>
}

/** Sign-ins in PostgreSQL: hashes of secrets only. */
export function createSignInStore(database: Postgres): SignInStore {
  return {
    async add(signIn, { sha256, endsAtMs }, db) {
      await db
        .insertInto('sign_in_sessions')
        .values({
          id: signIn.id,
          user_id: signIn.userId,
          sha256,
          earlier_sha256: null,
          earlier_until_ms: null,
          is_to_be_renewed: false,
          created_at_ms: signIn.createdAtMs,
          last_seen_at_ms: signIn.lastSeenAtMs,
          expires_at_ms: signIn.expiresAtMs,
          ends_at_ms: endsAtMs,
          user_agent: signIn.userAgent,
          address: signIn.address,
          country: signIn.country,
        })
        .execute()
    },

    async find(sha256) {
      const row = await database
        .selectFrom('sign_in_sessions as s')
        .innerJoin('users', 'users.id', 's.user_id')
        .where((where) => where.or([where('s.sha256', '=', sha256), where('s.earlier_sha256', '=', sha256)]))
        .selectAll('users')
        .select([
          's.id as sign_in_id',
          's.sha256',
          's.earlier_until_ms',
          's.is_to_be_renewed',
          's.created_at_ms as started_at_ms',
          's.last_seen_at_ms',
          's.expires_at_ms',
          's.ends_at_ms',
          's.user_agent',
          's.address',
          's.country',
        ])
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        user: toUser(row),
        signIn: toSignIn({ ...row, id: row.sign_in_id, user_id: row.id, created_at_ms: row.started_at_ms }),
        endsAtMs: row.ends_at_ms,
        isToBeRenewed: row.is_to_be_renewed,
        earlierUntilMs: row.sha256.equals(sha256) ? undefined : (row.earlier_until_ms ?? 0),
      }
    },

    async touch(id, { lastSeenAtMs, expiresAtMs }) {
      await database
        .updateTable('sign_in_sessions')
        .set({ last_seen_at_ms: lastSeenAtMs, expires_at_ms: expiresAtMs })
        .where('id', '=', id)
        .execute()
    },

    async renew(id, { earlier, next, earlierUntilMs }) {
      const { numUpdatedRows } = await database
        .updateTable('sign_in_sessions')
        .set({ sha256: next, earlier_sha256: earlier, earlier_until_ms: earlierUntilMs, is_to_be_renewed: false })
        .where('id', '=', id)
        .where('sha256', '=', earlier)
        .where('is_to_be_renewed', '=', true)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },

    async list(userId, nowMs) {
      const rows = await database
        .selectFrom('sign_in_sessions')
        .selectAll()
        .where('user_id', '=', userId)
        .where('expires_at_ms', '>', nowMs)
        .orderBy('last_seen_at_ms', 'desc')
        .orderBy('id')
        .execute()
      return rows.map(toSignIn)
    },

    async end(userId, which, db) {
      let query = db.deleteFrom('sign_in_sessions').where('user_id', '=', userId)
      if ('id' in which) query = query.where('id', '=', which.id)
      else if (which.allBut !== undefined) query = query.where('id', '<>', which.allBut)
      const rows = await query.returning('id').execute()
      return rows.map(({ id }) => id)
    },

    async endBySecret(sha256, db) {
      const rows = await db
        .deleteFrom('sign_in_sessions')
        .where((where) => where.or([where('sha256', '=', sha256), where('earlier_sha256', '=', sha256)]))
        .returning('id')
        .execute()
      return rows.map(({ id }) => id)
    },

    async endOldest(userId, kept, db) {
      await db
        .deleteFrom('sign_in_sessions')
        .where('id', 'in', (query) =>
          query
            .selectFrom('sign_in_sessions')
            .select('id')
            .where('user_id', '=', userId)
            .orderBy('last_seen_at_ms', 'desc')
            .offset(kept),
        )
        .execute()
    },

    async isKnown(userId, address, nowMs) {
      const row = await database
        .selectFrom('sign_in_sessions')
        .select('id')
        .where('user_id', '=', userId)
        .where('address', '=', address)
        .where('expires_at_ms', '>', nowMs)
        .executeTakeFirst()
      return row !== undefined
    },

    async forget(nowMs) {
      await database.deleteFrom('sign_in_sessions').where('expires_at_ms', '<=', nowMs).execute()
    },
  }
}

type SignInRow = Pick<
  Selectable<SignInSessionsTable>,
  'id' | 'user_id' | 'created_at_ms' | 'last_seen_at_ms' | 'expires_at_ms' | 'address' | 'country' | 'user_agent'
>

function toSignIn(row: SignInRow): SignIn {
  return {
    id: row.id,
    userId: row.user_id,
    createdAtMs: row.created_at_ms,
    lastSeenAtMs: row.last_seen_at_ms,
    expiresAtMs: row.expires_at_ms,
    address: row.address,
    country: row.country,
    userAgent: row.user_agent,
  }
}
