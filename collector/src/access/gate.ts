import { MctrackError } from '../platform/error.ts'
import type { Limiter } from '../platform/shared-state/shared-state.ts'
import { takeOrRefuse } from '../platform/shared-state/take-or-refuse.ts'
import { toMctrackError } from '../platform/to-mctrack-error.ts'
import type { Access } from './access.ts'
import type { Actor } from './actor.ts'
import type { Author, Origin } from './author.ts'
import { can } from './can.ts'
import { type Credential, readCredential } from './credential.ts'

/** Whom a credential belongs to. */
export interface Identity {
  readonly actor: Actor
  /** A `Set-Cookie` that the answer has to carry: the sign-in goes on with another secret, or for longer. */
  readonly cookie?: string
}

/** A request that asks to pass. */
export interface Asked {
  readonly headers: Headers
  readonly method: string
  /** Of the path; undefined where it names none. */
  readonly networkId: string | undefined
  readonly origin: Origin
}

/** A request that may pass, and by whom it was made. */
export interface Passage {
  readonly actor: Actor
  readonly author: Author
}

/** Decides about every request of the API, before anything is done for it. */
export interface Gate {
  /**
   * @param onCookie told the `Set-Cookie` that the answer has to carry, also when the request may not pass: the secret
   *   before it ends soon
   * @throws MctrackError with why the request may not pass
   */
  pass(access: Access, asked: Asked, onCookie: (cookie: string) => void): Promise<Passage>
  /** Aborts when the client leaves, or may no longer have what it was given; for answers that go on and on. */
  watch(access: Access, asked: Asked, leaving: AbortSignal): AbortSignal
  /** Looks again at all that is watched. To be called now and then, and when rights have changed. */
  recheck(): Promise<void>
}

export interface GateDeps {
  readonly hasNetwork: (id: string) => boolean
  /**
   * Undefined for a credential that is nobody's, or no longer valid.
   *
   * @param isRequest false for merely looking again, without an answer that could carry a cookie
   */
  readonly identify: (credential: Credential, isRequest: boolean) => Promise<Identity | undefined>
  readonly cookieName: string
  /** Whether pages of this site have the origin, such as `https://mctrack.example.net`. */
  readonly isOurOrigin: (origin: string) => boolean
  /** Counts requests by person. */
  readonly limiter: Limiter
  /** Told about tokens that are nobody's. */
  readonly onFailedSignIn: (origin: Origin) => void
}

const NOBODY: Passage['author']['actor'] = { kind: 'unknown' }

export function createGate(deps: GateDeps): Gate {
  const watched = new Set<{ readonly check: () => Promise<void>; readonly end: () => void }>()

  async function identify(asked: Asked): Promise<Identity> {
    const { headers, origin } = asked
    const credential = readCredential(headers, deps.cookieName)
    if (credential === undefined) throw new MctrackError('TOKEN_MISSING')
    // First of all: what another site sends leaves no trace on the sign-in.
    if (credential.kind === 'session') requireOurPage(asked)
    const identity = await deps.identify(credential, true)
    if (identity !== undefined) return identity
    if (credential.kind === 'session') throw new MctrackError('SIGN_IN_ENDED')
    deps.onFailedSignIn(origin)
    throw new MctrackError('TOKEN_UNKNOWN')
  }

  /** The browser says where a request comes from, and no page can make it lie. */
  function requireOurPage({ method, headers }: Asked): void {
    if (method === 'GET' || method === 'HEAD') return
    const isOurs = deps.isOurOrigin(headers.get('origin') ?? '') && headers.get('sec-fetch-site') === 'same-origin'
    if (!isOurs) throw new MctrackError('ORIGIN_REFUSED')
  }

  async function limit(actor: Actor): Promise<void> {
    if (actor.kind === 'user') await takeOrRefuse(deps.limiter, actor.userId)
  }

  function require(access: Access, actor: Actor, networkId: string | undefined): void {
    switch (access.kind) {
      case 'person':
        if (actor.kind !== 'user' || actor.credential.kind !== 'session') throw new MctrackError('PERSON_NEEDED')
        return
      case 'installation':
        if (!can(actor, access.permission)) throw new MctrackError('FORBIDDEN')
        return
      case 'network':
        if (networkId === undefined || !deps.hasNetwork(networkId) || !can(actor, 'network.view', networkId)) {
          throw new MctrackError('NETWORK_NOT_FOUND')
        }
        if (!can(actor, access.permission, networkId)) throw new MctrackError('FORBIDDEN')
    }
  }

  return {
    async pass(access, asked, onCookie) {
      if (access.kind === 'anyone') requireOurPage(asked)
      if (access.kind === 'anyone' || access.kind === 'any_program') {
        return { actor: NO_ACTOR, author: { ...asked.origin, actor: NOBODY } }
      }
      const identity = await identify(asked)
      if (identity.cookie !== undefined) onCookie(identity.cookie)
      await limit(identity.actor)
      require(access, identity.actor, asked.networkId)
      return { actor: identity.actor, author: { ...asked.origin, actor: identity.actor } }
    },

    watch(access, asked, leaving) {
      const controller = new AbortController()
      const credential = readCredential(asked.headers, deps.cookieName)
      const { networkId } = asked
      const entry = {
        async check() {
          const identity = credential === undefined ? undefined : await deps.identify(credential, false)
          if (identity === undefined) throw new MctrackError('SIGN_IN_ENDED')
          require(access, identity.actor, networkId)
        },
        end() {
          watched.delete(entry)
          controller.abort()
        },
      }
      watched.add(entry)
      leaving.addEventListener('abort', entry.end, { once: true })
      if (leaving.aborted) entry.end()
      return controller.signal
    },

    async recheck() {
      for (const { check, end } of Array.from(watched)) {
        try {
          await check()
        } catch (error) {
          // A database that does not answer says nothing about rights.
          if (toMctrackError(error).code in CUTS_OFF) end()
        }
      }
    },
  }
}

/** What ends an answer that goes on and on. */
const CUTS_OFF: Partial<Record<MctrackError['code'], true>> = {
  SIGN_IN_ENDED: true,
  PERSON_NEEDED: true,
  NETWORK_NOT_FOUND: true,
  FORBIDDEN: true,
}
/** May do nothing; stands where nobody needs to be known. */
const NO_ACTOR: Actor = {
  kind: 'user',
  userId: '',
  ownsInstallation: false,
  grants: new Map(),
  credential: { kind: 'token', tokenId: '', permissions: new Set(), networkId: null },
}
