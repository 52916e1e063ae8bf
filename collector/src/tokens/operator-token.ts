import { timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { hashSecret, type Identity } from '../access/index.ts'
import { toMctrackError } from '../platform/to-mctrack-error.ts'
import type { OperatorTokenStore } from './operator-token-store.ts'
import { isLive, type Token } from './token.ts'
import type { TokenStore } from './token-store.ts'

/** How long PostgreSQL may be silent before this machine's own token is judged without it. */
const PATIENCE_MS = 2_000
const NAME_CHARS_MAX = 255
const OPERATOR: Identity = { actor: { kind: 'operator' } }

/**
 * The token in this collector's data directory. It is a token like others, and any collector of the installation takes
 * it; but it opens this collector also while PostgreSQL does not answer, so that its operator can look what is wrong.
 */
export interface OperatorToken {
  /** Makes the token in the file valid. One that was revoked is replaced by another, in the file too. */
  settle(): Promise<void>
  /** Whom any token belongs to. */
  identify(sha256: Buffer): Promise<Identity | undefined>
  /** Learns whether it was revoked, by whatever collector, to remember it while PostgreSQL is away. */
  check(): Promise<void>
}

export interface OperatorTokenDeps {
  readonly file: { readonly operatorToken: string; renewOperatorToken(): string }
  readonly hostname: string
  readonly dataDirectory: string
  readonly store: OperatorTokenStore
  readonly find: TokenStore['find']
  /** Whom a token belongs to, by what PostgreSQL says. */
  readonly identify: (sha256: Buffer) => Promise<Identity | undefined>
  readonly createId: () => string
  readonly now: () => number
}

export function createOperatorToken(deps: OperatorTokenDeps): OperatorToken {
  const { file, store, find, createId, now } = deps
  let ownSha256 = hashSecret(file.operatorToken)
  let isRevoked = false

  async function add(secret: string, name: string): Promise<void> {
    const token: Token = {
      id: createId(),
      userId: null,
      name,
      lastFour: secret.slice(-4),
      permissions: [],
      networkId: null,
      createdAtMs: now(),
      expiresAtMs: null,
      revokedAtMs: null,
      lastUsedAtMs: null,
    }
    await store.add(token, hashSecret(secret), { actor: { kind: 'system' }, address: null, requestId: createId() })
  }

  /** By what PostgreSQL says, as long as it says anything. */
  async function identifyOwn(): Promise<Identity | undefined> {
    const patience = new AbortController()
    const asked = deps.identify(ownSha256).then((identity) => {
      isRevoked = identity === undefined
      return identity
    })
    const silence = sleep(PATIENCE_MS, undefined, { signal: patience.signal }).then(
      () => fromMemory(),
      () => undefined, // The answer came.
    )
    try {
      return await Promise.race([asked, silence])
    } catch (error) {
      if (toMctrackError(error).code === 'STORAGE_UNAVAILABLE') return fromMemory()
      throw error
    } finally {
      patience.abort()
      asked.catch(() => undefined) // It comes too late to matter.
    }
  }

  const fromMemory = (): Identity | undefined => (isRevoked ? undefined : OPERATOR)

  return {
    async settle() {
      const name = nameOf(deps)
      const known = await store.look(ownSha256, name)
      if (known === 'live') return
      const secret = known === 'unknown' ? file.operatorToken : file.renewOperatorToken()
      ownSha256 = hashSecret(secret)
      await add(secret, name)
    },

    identify: (sha256) => (timingSafeEqual(sha256, ownSha256) ? identifyOwn() : deps.identify(sha256)),

    async check() {
      const found = await find(ownSha256)
      isRevoked = found === undefined || !isLive(found.token, now())
    },
  }
}

/** `operator of <hostname>:<data directory>`; of a longer path its end. */
function nameOf({ hostname, dataDirectory }: OperatorTokenDeps): string {
  const start = `operator of ${hostname}:`
  const roomChars = NAME_CHARS_MAX - start.length
  return start + (dataDirectory.length <= roomChars ? dataDirectory : `…${dataDirectory.slice(1 - roomChars)}`)
}
