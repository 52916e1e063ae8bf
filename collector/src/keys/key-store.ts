import type { Author } from '../access/index.ts'
import { type AuditLog, changedFields } from '../audit/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { ApiKey } from './api-key.ts'

export interface StoredSecret {
  readonly sha256: Buffer
  readonly keyId: string
  readonly lastFour: string
  readonly createdAtMs: number
  readonly expiresAtMs: number | null
}

export interface KeyStore {
  loadAll(): Promise<{ readonly keys: ApiKey[]; readonly secrets: StoredSecret[] }>
  add(key: ApiKey, secret: StoredSecret, author: Author): Promise<void>
  /** Adds a secret and lets the earlier ones end at `earlierExpireAtMs`. False when the key is revoked or gone. */
  rotate(keyId: string, secret: StoredSecret, earlierExpireAtMs: number, author: Author): Promise<boolean>
  rename(keyId: string, name: string, author: Author): Promise<void>
  revoke(keyId: string, atMs: number, author: Author): Promise<void>
  saveLastUsed(uses: ReadonlyMap<string, number>): Promise<void>
}

/** API keys in PostgreSQL: hashes only. */
export function createKeyStore(db: Postgres, audit: Pick<AuditLog, 'write'>): KeyStore {
  /** The key as it is; the row lock puts changes of one key one after the other. */
  const lock = (transaction: PostgresTransaction, keyId: string) =>
    transaction.selectFrom('api_keys').selectAll().where('id', '=', keyId).forUpdate().executeTakeFirst()

  return {
    async loadAll() {
      const keys = await db.selectFrom('api_keys').selectAll().orderBy('created_at_ms').orderBy('id').execute()
      const secrets = await db.selectFrom('api_key_secrets').selectAll().orderBy('created_at_ms').execute()
      const lastFour = new Map(secrets.map((secret) => [secret.key_id, secret.last_four]))
      return {
        keys: keys.map((row) => ({
          id: row.id,
          networkId: row.network_id,
          name: row.name,
          gamemode: row.gamemode,
          createdAtMs: row.created_at_ms,
          revokedAtMs: row.revoked_at_ms,
          lastUsedAtMs: row.last_used_at_ms,
          lastFour: lastFour.get(row.id) ?? '',
        })),
        secrets: secrets.map((row) => ({
          sha256: row.sha256,
          keyId: row.key_id,
          lastFour: row.last_four,
          createdAtMs: row.created_at_ms,
          expiresAtMs: row.expires_at_ms,
        })),
      }
    },

    async add(key, secret, author) {
      await db.transaction().execute(async (transaction) => {
        await transaction
          .insertInto('api_keys')
          .values({
            id: key.id,
            network_id: key.networkId,
            name: key.name,
            gamemode: key.gamemode,
            created_at_ms: key.createdAtMs,
            revoked_at_ms: null,
            last_used_at_ms: null,
          })
          .execute()
        await transaction.insertInto('api_key_secrets').values(toRow(secret)).execute()
        const after = { name: key.name, gamemode: key.gamemode, lastFour: secret.lastFour }
        await audit.write(transaction, author, [
          { action: 'key.created', networkId: key.networkId, target: targetOf(key.id), before: null, after },
        ])
      })
    },

    async rotate(keyId, secret, earlierExpireAtMs, author) {
      return db.transaction().execute(async (transaction) => {
        const key = await lock(transaction, keyId)
        if (key === undefined || key.revoked_at_ms !== null) return false
        const earlier = await transaction
          .selectFrom('api_key_secrets')
          .select('last_four')
          .where('key_id', '=', keyId)
          .where('expires_at_ms', 'is', null)
          .executeTakeFirst()
        await transaction
          .updateTable('api_key_secrets')
          .set({ expires_at_ms: earlierExpireAtMs })
          .where('key_id', '=', keyId)
          .where((where) =>
            where.or([where('expires_at_ms', 'is', null), where('expires_at_ms', '>', earlierExpireAtMs)]),
          )
          .execute()
        await transaction.insertInto('api_key_secrets').values(toRow(secret)).execute()
        await audit.write(transaction, author, [
          {
            action: 'key.rotated',
            networkId: key.network_id,
            target: targetOf(keyId),
            before: { name: key.name, lastFour: earlier?.last_four ?? null },
            after: { name: key.name, lastFour: secret.lastFour, earlierEndsAtMs: earlierExpireAtMs },
          },
        ])
        return true
      })
    },

    async rename(keyId, name, author) {
      await db.transaction().execute(async (transaction) => {
        const key = await lock(transaction, keyId)
        const changed = key === undefined ? undefined : changedFields({ name: key.name }, { name })
        if (key === undefined || changed === undefined) return
        await transaction.updateTable('api_keys').set({ name }).where('id', '=', keyId).execute()
        await audit.write(transaction, author, [
          { action: 'key.renamed', networkId: key.network_id, target: targetOf(keyId), ...changed },
        ])
      })
    },

    async revoke(keyId, atMs, author) {
      await db.transaction().execute(async (transaction) => {
        const key = await lock(transaction, keyId)
        if (key === undefined || key.revoked_at_ms !== null) return
        await transaction.updateTable('api_keys').set({ revoked_at_ms: atMs }).where('id', '=', keyId).execute()
        await audit.write(transaction, author, [
          {
            action: 'key.revoked',
            networkId: key.network_id,
            target: targetOf(keyId),
            before: { name: key.name, revokedAtMs: null },
            after: { name: key.name, revokedAtMs: atMs },
          },
        ])
      })
    },

    async saveLastUsed(uses) {
      for (const [keyId, atMs] of uses) {
        await db
          .updateTable('api_keys')
          .set({ last_used_at_ms: atMs })
          .where('id', '=', keyId)
          // Another collector may have seen it later.
          .where((where) => where.or([where('last_used_at_ms', 'is', null), where('last_used_at_ms', '<', atMs)]))
          .execute()
      }
    },
  }
}

function targetOf(keyId: string) {
  return { kind: 'key', id: keyId } as const
}

function toRow(secret: StoredSecret) {
  return {
    sha256: secret.sha256,
    key_id: secret.keyId,
    last_four: secret.lastFour,
    created_at_ms: secret.createdAtMs,
    expires_at_ms: secret.expiresAtMs,
  }
}
