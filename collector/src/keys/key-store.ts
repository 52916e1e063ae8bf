import type { Postgres } from '../platform/postgres/client.ts'
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
  add(key: ApiKey, secret: StoredSecret): Promise<void>
  /** Adds a secret and lets the earlier ones end at `earlierExpireAtMs`. False when the key is revoked or gone. */
  rotate(keyId: string, secret: StoredSecret, earlierExpireAtMs: number): Promise<boolean>
  rename(keyId: string, name: string): Promise<void>
  revoke(keyId: string, atMs: number): Promise<void>
  saveLastUsed(uses: ReadonlyMap<string, number>): Promise<void>
}

/** API keys in PostgreSQL: hashes only. */
export function createKeyStore(db: Postgres): KeyStore {
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

    async add(key, secret) {
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
      })
    },

    async rotate(keyId, secret, earlierExpireAtMs) {
      return db.transaction().execute(async (transaction) => {
        // The row lock puts two rotations, or a rotation and a revocation, one after the other.
        const key = await transaction
          .selectFrom('api_keys')
          .select('id')
          .where('id', '=', keyId)
          .where('revoked_at_ms', 'is', null)
          .forUpdate()
          .executeTakeFirst()
        if (key === undefined) return false
        await transaction
          .updateTable('api_key_secrets')
          .set({ expires_at_ms: earlierExpireAtMs })
          .where('key_id', '=', keyId)
          .where((where) =>
            where.or([where('expires_at_ms', 'is', null), where('expires_at_ms', '>', earlierExpireAtMs)]),
          )
          .execute()
        await transaction.insertInto('api_key_secrets').values(toRow(secret)).execute()
        return true
      })
    },

    async rename(keyId, name) {
      await db.updateTable('api_keys').set({ name }).where('id', '=', keyId).execute()
    },

    async revoke(keyId, atMs) {
      await db
        .updateTable('api_keys')
        .set({ revoked_at_ms: atMs })
        .where('id', '=', keyId)
        .where('revoked_at_ms', 'is', null)
        .execute()
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

function toRow(secret: StoredSecret) {
  return {
    sha256: secret.sha256,
    key_id: secret.keyId,
    last_four: secret.lastFour,
    created_at_ms: secret.createdAtMs,
    expires_at_ms: secret.expiresAtMs,
  }
}
