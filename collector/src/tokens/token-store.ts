import { sql } from 'kysely'
import type { Author } from '../access/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { TOKEN_LIMITS, type Token } from './token.ts'
import { insertToken, revokeToken, type TokenAudit, toToken } from './token-rows.ts'

/** More than anybody looks through: the live ones come first. */
const LISTED_MAX = 500

/** A token and who may use it. */
export interface FoundToken {
  readonly token: Token
  /** Null for an operator's. */
  readonly owner: {
    readonly ownsInstallation: boolean
    /** Disabled, or about to be deleted: nothing of theirs works. */
    readonly isBarred: boolean
  } | null
}

/** Whether somebody may have one more token, and if not, why. */
export type Room = 'room' | 'too_many' | 'barred'

export interface TokenStore {
  find(sha256: Buffer): Promise<FoundToken | undefined>
  /** Live ones first, then the newest. @param userId null for operators' */
  list(userId: string | null, nowMs: number): Promise<Token[]>
  /** Stores a person's token, if there is room for it. */
  add(token: Token & { readonly userId: string }, sha256: Buffer, author: Author): Promise<Room>
  /** As it is since, also when it was revoked before. Undefined when the owner has none with the id. */
  revoke(id: string, userId: string | null, atMs: number, author: Author): Promise<Token | undefined>
  saveLastUsed(uses: ReadonlyMap<string, number>): Promise<void>
  /** Removes people's tokens that ended before. Operators' stay: a file that comes back must not work again. */
  forget(endedBeforeMs: number): Promise<void>
}

/** Tokens in PostgreSQL: hashes only. */
export function createTokenStore(db: Postgres, audit: TokenAudit): TokenStore {
  return {
    async find(sha256) {
      const row = await db
        .selectFrom('tokens')
        .leftJoin('users', 'users.id', 'tokens.user_id')
        .selectAll('tokens')
        .select(['users.owns_installation', 'users.disabled_at_ms', 'users.delete_at_ms'])
        .where('tokens.sha256', '=', sha256)
        .executeTakeFirst()
      if (row === undefined) return undefined
      const isBarred = row.disabled_at_ms !== null || row.delete_at_ms !== null
      const owner = { ownsInstallation: row.owns_installation === true, isBarred }
      return { token: toToken(row), owner: row.user_id === null ? null : owner }
    },

    async list(userId, nowMs) {
      const rows = await db
        .selectFrom('tokens')
        .selectAll()
        .where('user_id', 'is not distinct from', userId)
        .orderBy(sql`revoked_at_ms IS NULL AND (expires_at_ms IS NULL OR expires_at_ms > ${nowMs})`, 'desc')
        .orderBy('created_at_ms', 'desc')
        .orderBy('id')
        .limit(LISTED_MAX)
        .execute()
      return rows.map(toToken)
    },

    add: (token, sha256, author) =>
      db.transaction().execute(async (transaction) => {
        const room = await findRoom(transaction, token.userId, token.createdAtMs)
        if (room === 'room') await insertToken(transaction, audit, { token, sha256, author })
        return room
      }),

    revoke: (id, userId, atMs, author) =>
      db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('tokens')
          .selectAll()
          .where('id', '=', id)
          .where('user_id', 'is not distinct from', userId)
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) return undefined
        const token = toToken(row)
        return token.revokedAtMs === null ? revokeToken(transaction, audit, { token, atMs, author }) : token
      }),

    async saveLastUsed(uses) {
      for (const [id, atMs] of uses) {
        await db
          .updateTable('tokens')
          .set({ last_used_at_ms: atMs })
          .where('id', '=', id)
          // Another collector may have seen it later.
          .where((where) => where.or([where('last_used_at_ms', 'is', null), where('last_used_at_ms', '<', atMs)]))
          .execute()
      }
    },

    async forget(endedBeforeMs) {
      await db
        .deleteFrom('tokens')
        .where('user_id', 'is not', null)
        .where((where) =>
          where.or([where('revoked_at_ms', '<', endedBeforeMs), where('expires_at_ms', '<', endedBeforeMs)]),
        )
        .execute()
    },
  }
}

/** Whether somebody may have one more. Until the transaction ends nobody else counts their tokens, nor bars them. */
export async function findRoom(transaction: PostgresTransaction, userId: string, nowMs: number): Promise<Room> {
  const user = await transaction
    .selectFrom('users')
    .select(['disabled_at_ms', 'delete_at_ms'])
    .where('id', '=', userId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (user === undefined || user.disabled_at_ms !== null || user.delete_at_ms !== null) return 'barred'
  const { count } = await transaction
    .selectFrom('tokens')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('user_id', '=', userId)
    .where('revoked_at_ms', 'is', null)
    .where('expires_at_ms', '>', nowMs)
    .executeTakeFirstOrThrow()
  return count < TOKEN_LIMITS.liveMax ? 'room' : 'too_many'
}
