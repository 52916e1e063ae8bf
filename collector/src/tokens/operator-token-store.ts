import type { Author } from '../access/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Token } from './token.ts'
import { insertToken, revokeToken, type TokenAudit, toToken } from './token-rows.ts'

/** What is known of the token that a data directory holds. */
export type Known = 'live' | 'unknown' | 'not_ours'

export interface OperatorTokenStore {
  /** Whether the token opens this installation to its operator. It is called `name` from now on. */
  look(sha256: Buffer, name: string): Promise<Known>
  /** Stores it, and revokes those that were called the same before. */
  add(token: Token, sha256: Buffer, author: Author): Promise<void>
}

/** Operators' tokens in PostgreSQL, as far as a start has to do with them. */
export function createOperatorTokenStore(db: Postgres, audit: TokenAudit): OperatorTokenStore {
  return {
    async look(sha256, name) {
      const row = await db.selectFrom('tokens').selectAll().where('sha256', '=', sha256).executeTakeFirst()
      if (row === undefined) return 'unknown'
      // Revoked, or a person's that somebody put into the file.
      if (row.user_id !== null || row.revoked_at_ms !== null) return 'not_ours'
      if (row.name !== name) await db.updateTable('tokens').set({ name }).where('id', '=', row.id).execute()
      return 'live'
    },

    add: (token, sha256, author) =>
      db.transaction().execute(async (transaction) => {
        const earlier = await lockLive(transaction, token.name)
        for (const old of earlier)
          await revokeToken(transaction, audit, { token: old, atMs: token.createdAtMs, author })
        await insertToken(transaction, audit, { token, sha256, author })
      }),
  }
}

async function lockLive(transaction: PostgresTransaction, name: string): Promise<Token[]> {
  const rows = await transaction
    .selectFrom('tokens')
    .selectAll()
    .where('user_id', 'is', null)
    .where('revoked_at_ms', 'is', null)
    .where('name', '=', name)
    .forUpdate()
    .execute()
  return rows.map(toToken)
}
