import { type Author, hashSecret, type Identity, isNetworkPermission, type NetworkPermission } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import {
  completePermissions,
  createTokenSecret,
  isLive,
  type NewToken,
  TOKEN_LIMITS,
  type Token,
  type TokenWish,
} from './token.ts'
import type { Room, TokenStore } from './token-store.ts'

/** Tokens of people and of operators. Asked for at every request, as they are stored now: what was revoked is over at once. */
export interface Tokens {
  /** Undefined for what is no token, was revoked, has expired, or belongs to who may not sign in. */
  identify(sha256: Buffer): Promise<Identity | undefined>
  list(userId: string): Promise<Token[]>
  /** @throws MctrackError CONFLICT when they have as many as they may */
  create(userId: string, wish: TokenWish, author: Author): Promise<NewToken>
  /** @throws MctrackError TOKEN_NOT_FOUND, also for a token of somebody else */
  revoke(userId: string, tokenId: string, author: Author): Promise<Token>
  listOfOperators(): Promise<Token[]>
  /** @throws MctrackError TOKEN_NOT_FOUND, also for a person's */
  revokeOfOperator(tokenId: string, author: Author): Promise<Token>
  /** Stores when tokens were last used, as far as that is news. */
  saveUses(): Promise<void>
  /** Removes what ended long ago. */
  forget(): Promise<void>
}

export interface TokensDeps {
  readonly store: TokenStore
  /** What somebody may do on each network that they are a member of, as it is stored now. */
  readonly grantsOf: (userId: string) => Promise<ReadonlyMap<string, ReadonlySet<NetworkPermission>>>
  readonly createId: () => string
  readonly now: () => number
  /** Told after a token was revoked. */
  readonly onRevoked: () => void
}

/** A list is there to find what somebody forgot, not what is long over; the audit log keeps that. */
const ENDED_KEPT_MS = 90 * 86_400_000

export function createTokens({ store, grantsOf, createId, now, onRevoked }: TokensDeps): Tokens {
  /** When tokens were last used here, as far as that is not stored yet. */
  let uses = new Map<string, number>()

  function withUse(token: Token): Token {
    const usedAtMs = uses.get(token.id)
    return usedAtMs === undefined || usedAtMs <= (token.lastUsedAtMs ?? 0)
      ? token
      : { ...token, lastUsedAtMs: usedAtMs }
  }

  async function revoke(userId: string | null, tokenId: string, author: Author): Promise<Token> {
    const token = await store.revoke(tokenId, userId, now(), author)
    if (token === undefined) throw new MctrackError('TOKEN_NOT_FOUND')
    onRevoked()
    return withUse(token)
  }

  return {
    async identify(sha256) {
      const found = await store.find(sha256)
      if (found === undefined) return undefined
      const { token, owner } = found
      if (!isLive(token, now()) || owner?.isBarred === true) return undefined
      uses.set(token.id, now())
      if (token.userId === null || owner === null) return { actor: { kind: 'operator' } }
      return {
        actor: {
          kind: 'user',
          userId: token.userId,
          ownsInstallation: owner.ownsInstallation,
          grants: token.permissions.some(isNetworkPermission) ? await grantsOf(token.userId) : new Map(),
          credential: {
            kind: 'token',
            tokenId: token.id,
            permissions: new Set(token.permissions),
            networkId: token.networkId,
          },
        },
      }
    },

    list: async (userId) => (await store.list(userId, now())).map(withUse),

    async create(userId, wish, author) {
      const { token, secret } = makeToken(userId, wish, { createId, now })
      requireRoom(await store.add(token, hashSecret(secret), author))
      return { token, secret }
    },

    revoke,
    listOfOperators: async () => (await store.list(null, now())).map(withUse),
    revokeOfOperator: (tokenId, author) => revoke(null, tokenId, author),

    async saveUses() {
      const taken = uses
      uses = new Map()
      try {
        await store.saveLastUsed(taken)
      } catch (error) {
        uses = new Map([...taken, ...uses])
        throw error
      }
    },

    forget: () => store.forget(now() - ENDED_KEPT_MS),
  }
}

/** A token as somebody wants it, and its secret. It is stored nowhere yet. */
export function makeToken(
  userId: string,
  { name, permissions, networkId, days }: TokenWish,
  { createId, now }: Pick<TokensDeps, 'createId' | 'now'>,
): { readonly token: Token & { readonly userId: string }; readonly secret: string } {
  const secret = createTokenSecret()
  const createdAtMs = now()
  return {
    secret,
    token: {
      id: createId(),
      userId,
      name,
      lastFour: secret.slice(-4),
      permissions: completePermissions(permissions),
      networkId,
      createdAtMs,
      expiresAtMs: createdAtMs + days * 86_400_000,
      revokedAtMs: null,
      lastUsedAtMs: null,
    },
  }
}

/** @throws MctrackError with why somebody may have no token more */
export function requireRoom(room: Room): void {
  if (room === 'barred') throw new MctrackError('FORBIDDEN')
  if (room === 'too_many') {
    throw new MctrackError(
      'CONFLICT',
      `You have ${TOKEN_LIMITS.liveMax} tokens, which is as many as you may. Revoke one first.`,
    )
  }
}
