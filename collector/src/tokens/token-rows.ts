import type { Author } from '../access/index.ts'
import type { AuditedChange, AuditLog } from '../audit/index.ts'
import type { PostgresTransaction } from '../platform/postgres/client.ts'
import type { TokensTable } from '../platform/postgres/tables.ts'
import { readPermissions, type Token } from './token.ts'

/** What writes entries within the transaction of the change. */
export type TokenAudit = Pick<AuditLog, 'write'>

export function toToken(row: Omit<TokensTable, 'sha256'>): Token {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    lastFour: row.last_four,
    permissions: readPermissions(row.permissions),
    networkId: row.network_id,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    revokedAtMs: row.revoked_at_ms,
    lastUsedAtMs: row.last_used_at_ms,
  }
}

/** Stores a token with its entry. Whether its owner may have one more is for the caller to know. */
export async function insertToken(
  transaction: PostgresTransaction,
  audit: TokenAudit,
  { token, sha256, author }: { readonly token: Token; readonly sha256: Buffer; readonly author: Author },
): Promise<void> {
  await transaction
    .insertInto('tokens')
    .values({
      id: token.id,
      user_id: token.userId,
      name: token.name,
      sha256,
      last_four: token.lastFour,
      permissions: [...token.permissions],
      network_id: token.networkId,
      created_at_ms: token.createdAtMs,
      expires_at_ms: token.expiresAtMs,
      revoked_at_ms: null,
      last_used_at_ms: null,
    })
    .execute()
  await audit.write(transaction, author, [creationOf(token)])
}

/** Revokes a token that the transaction has locked, with its entry. */
export async function revokeToken(
  transaction: PostgresTransaction,
  audit: TokenAudit,
  { token, atMs, author }: { readonly token: Token; readonly atMs: number; readonly author: Author },
): Promise<Token> {
  await transaction.updateTable('tokens').set({ revoked_at_ms: atMs }).where('id', '=', token.id).execute()
  const { name, lastFour } = token
  await audit.write(transaction, author, [
    {
      action: 'token.revoked',
      networkId: null,
      target: { kind: 'token', id: token.id },
      before: { name, lastFour, revokedAtMs: null },
      after: { name, lastFour, revokedAtMs: atMs },
    },
  ])
  return { ...token, revokedAtMs: atMs }
}

/** A token is its owner's affair, whatever network it is for: its entries are of no network. */
function creationOf({ id, userId, name, lastFour, permissions, networkId, expiresAtMs }: Token): AuditedChange {
  return {
    action: 'token.created',
    networkId: null,
    target: { kind: 'token', id },
    before: null,
    after: { name, lastFour, ownerId: userId, permissions: permissions.join(', '), networkId, expiresAtMs },
  }
}
