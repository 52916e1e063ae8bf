import type { Author } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { createRefresh } from '../platform/refresh.ts'
import { type ApiKey, createSecret, hashSecret, isSecret } from './api-key.ts'
import type { KeyStore, StoredSecret } from './key-store.ts'

/** Stands for one secret of a key, in memory only. */
export type Fingerprint = string

/** Who a secret belongs to. */
export type KeyLookup =
  | { readonly kind: 'valid'; readonly key: ApiKey; readonly fingerprint: Fingerprint }
  | { readonly kind: 'revoked'; readonly key: ApiKey }
  | { readonly kind: 'unknown' }

/** A key with its secret, which is shown this once. */
export interface NewKey {
  readonly key: ApiKey
  readonly secret: string
}

/** All API keys, held in memory by the hash of their secrets: looking one up never waits for a database. */
export interface Keys {
  refresh(): Promise<void>
  find(secret: string): KeyLookup
  /** Whether a secret that was valid still is: its key is not revoked, and it was not replaced. */
  isStillValid(fingerprint: Fingerprint): boolean
  list(networkId: string): ApiKey[]
  /** @throws MctrackError KEY_NOT_FOUND, also for a key of another network */
  get(networkId: string, keyId: string): ApiKey
  create(
    networkId: string,
    options: { readonly name: string; readonly gamemode: string | null },
    author: Author,
  ): Promise<NewKey>
  /** Replaces the secret; the earlier one works for another `graceMs`. */
  rotate(networkId: string, keyId: string, graceMs: number, author: Author): Promise<NewKey>
  rename(networkId: string, keyId: string, name: string, author: Author): Promise<ApiKey>
  revoke(networkId: string, keyId: string, author: Author): Promise<ApiKey>
  /** Stores when keys were last used, as far as that is news. */
  saveUses(): Promise<void>
}

export interface KeysDeps {
  readonly store: KeyStore
  readonly createId: () => string
  readonly now: () => number
  /** Told after a key was created, replaced or revoked. */
  readonly onChanged: (key: ApiKey) => void
}

export function createKeys({ store, createId, now, onChanged }: KeysDeps): Keys {
  let keys = new Map<string, ApiKey>()
  let secrets = new Map<string, StoredSecret>()
  /** When keys were last used here, as far as that is not stored yet. */
  let uses = new Map<string, number>()
  const { refresh, changed } = createRefresh(store.loadAll, (loaded) => {
    keys = new Map(loaded.keys.map((key) => [key.id, key]))
    secrets = new Map(loaded.secrets.map((secret) => [secret.sha256.toString('latin1'), secret]))
  })

  function get(networkId: string, keyId: string): ApiKey {
    const key = keys.get(keyId)
    if (key === undefined || key.networkId !== networkId) throw new MctrackError('KEY_NOT_FOUND')
    return key
  }

  function withUse(key: ApiKey): ApiKey {
    const usedAtMs = uses.get(key.id)
    if (usedAtMs === undefined || usedAtMs <= (key.lastUsedAtMs ?? 0)) return key
    return { ...key, lastUsedAtMs: usedAtMs }
  }

  function isStillValid(fingerprint: Fingerprint): boolean {
    const stored = secrets.get(fingerprint)
    const key = stored === undefined ? undefined : keys.get(stored.keyId)
    if (stored === undefined || key === undefined || key.revokedAtMs !== null) return false
    return stored.expiresAtMs === null || stored.expiresAtMs > now()
  }

  function newSecret(keyId: string): { readonly secret: string; readonly stored: StoredSecret } {
    const secret = createSecret()
    const stored = {
      sha256: hashSecret(secret),
      keyId,
      lastFour: secret.slice(-4),
      createdAtMs: now(),
      expiresAtMs: null,
    }
    return { secret, stored }
  }

  /** Reads back what the database holds now, so that what is answered is what is true. */
  async function settle(networkId: string, keyId: string): Promise<ApiKey> {
    await refresh()
    const key = get(networkId, keyId)
    onChanged(key)
    return withUse(key)
  }

  return {
    refresh,

    find(secret) {
      if (!isSecret(secret)) return { kind: 'unknown' }
      const fingerprint = hashSecret(secret).toString('latin1')
      const key = keys.get(secrets.get(fingerprint)?.keyId ?? '')
      if (key === undefined) return { kind: 'unknown' }
      if (!isStillValid(fingerprint)) return { kind: 'revoked', key }
      uses.set(key.id, now())
      return { kind: 'valid', key, fingerprint }
    },

    isStillValid,

    list: (networkId) =>
      Array.from(keys.values())
        .filter((key) => key.networkId === networkId)
        .map(withUse),
    get: (networkId, keyId) => withUse(get(networkId, keyId)),

    async create(networkId, { name, gamemode }, author) {
      const id = createId()
      const { secret, stored } = newSecret(id)
      const key: ApiKey = {
        id,
        networkId,
        name,
        gamemode,
        createdAtMs: stored.createdAtMs,
        revokedAtMs: null,
        lastUsedAtMs: null,
        lastFour: stored.lastFour,
      }
      await store.add(key, stored, author)
      return { key: await settle(networkId, id), secret }
    },

    async rotate(networkId, keyId, graceMs, author) {
      get(networkId, keyId)
      const { secret, stored } = newSecret(keyId)
      const isRotated = await store.rotate(keyId, stored, now() + graceMs, author)
      if (!isRotated)
        throw new MctrackError('CONFLICT', 'This API key was revoked, so it cannot be rotated. Create a new one.')
      return { key: await settle(networkId, keyId), secret }
    },

    async rename(networkId, keyId, name, author) {
      get(networkId, keyId)
      await store.rename(keyId, name, author)
      return settle(networkId, keyId)
    },

    async revoke(networkId, keyId, author) {
      get(networkId, keyId)
      await store.revoke(keyId, now(), author)
      return settle(networkId, keyId)
    },

    async saveUses() {
      const taken = uses
      uses = new Map()
      try {
        await store.saveLastUsed(taken)
      } catch (error) {
        uses = new Map([...taken, ...uses])
        throw error
      }
      changed()
      for (const [id, usedAtMs] of taken) {
        const key = keys.get(id)
        if (key !== undefined) keys.set(id, { ...key, lastUsedAtMs: Math.max(key.lastUsedAtMs ?? 0, usedAtMs) })
      }
    },
  }
}
