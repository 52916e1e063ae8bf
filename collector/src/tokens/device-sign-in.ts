import { type Author, hashSecret, PERMISSIONS, type Permission } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Limiter } from '../platform/shared-state/shared-state.ts'
import { takeOrRefuse } from '../platform/shared-state/take-or-refuse.ts'
import type { createDevicePoll } from './device-poll.ts'
import { type Approval, createDeviceCode, DEVICE_LIFE_MS, type DeviceRequest } from './device-request.ts'
import type { Decision, DeviceRequestStore } from './device-request-store.ts'
import { completePermissions, type NewToken } from './token.ts'
import { makeToken, requireRoom } from './tokens.ts'
import { createUserCode, parseUserCode } from './user-code.ts'

/** Programs that get a token by somebody's word in a browser, after RFC 8628. */
export interface DeviceSignIn {
  /** @throws MctrackError RATE_LIMITED */
  start(program: {
    readonly name: string
    /** Undefined for all that whoever approves may do. */
    readonly permissions: readonly Permission[] | undefined
    readonly address: string | null
    readonly country: string
    /** What limits count the address as. */
    readonly limitKey: string
  }): Promise<{ readonly deviceCode: string; readonly request: DeviceRequest }>
  /** @throws MctrackError DEVICE_PENDING, DEVICE_TOO_FAST, DEVICE_DENIED, DEVICE_EXPIRED or DEVICE_CODE_UNKNOWN */
  fetchToken(deviceCode: string, author: Author, limitKey: string): Promise<NewToken>
  /** @throws MctrackError DEVICE_CODE_UNKNOWN or DEVICE_EXPIRED, RATE_LIMITED after too many wrong codes */
  look(typedCode: string, userId: string): Promise<DeviceRequest>
  /** As `look`. @throws MctrackError CONFLICT for more than the program asked for, or too many tokens */
  approve(typedCode: string, userId: string, approval: Approval, author: Author): Promise<DeviceRequest>
  /** As `look`. */
  deny(typedCode: string, userId: string, author: Author): Promise<DeviceRequest>
  /** Removes what nobody waits for any more. */
  forget(): Promise<void>
}

export interface DeviceSignInDeps {
  readonly store: DeviceRequestStore
  readonly poll: ReturnType<typeof createDevicePoll>
  /** Counts new codes by address. */
  readonly newCodes: Limiter
  /** Counts questions for a token by address. */
  readonly polls: Limiter
  /** Counts wrong codes by person. */
  readonly wrongCodes: Limiter
  readonly createId: () => string
  readonly now: () => number
}

const MINUTE_MS = 60_000
/** Beyond these somebody floods us. */
export const DEVICE_RATES = {
  newCodes: [{ requests: 20, windowMs: 10 * MINUTE_MS }],
  /** Twenty programs that all ask as often as they may, with room to spare. */
  polls: [{ requests: 600, windowMs: MINUTE_MS }],
  wrongCodes: [{ requests: 10, windowMs: 10 * MINUTE_MS }],
} as const

/** So long a program is still told that its request has expired. */
const EXPIRED_KEPT_MS = 10 * MINUTE_MS
/** Among 10,000 open codes of 20⁸ already the second is a wonder. */
const CODE_ATTEMPTS_MAX = 5

export function createDeviceSignIn(deps: DeviceSignInDeps): DeviceSignIn {
  const { store, poll, createId, now } = deps

  /** Counts the code as wrong before it is looked up, and takes that back when it is right: many at once are no way round. */
  async function withCode<Found>(
    typedCode: string,
    userId: string,
    find: (userCode: string) => Promise<Found | undefined>,
  ): Promise<Found> {
    await takeOrRefuse(deps.wrongCodes, userId)
    const userCode = parseUserCode(typedCode)
    let isWrong = false
    try {
      const found = userCode === undefined ? undefined : await find(userCode)
      isWrong = found === undefined
      if (found === undefined) throw new MctrackError('DEVICE_CODE_UNKNOWN')
      return found
    } finally {
      if (!isWrong) await deps.wrongCodes.giveBack(userId)
    }
  }

  function readDecision(decision: Decision): DeviceRequest | undefined {
    switch (decision.kind) {
      case 'unknown':
        return undefined
      case 'decided':
        return decision.request
      case 'expired':
        throw new MctrackError('DEVICE_EXPIRED')
      case 'more_than_asked':
        throw new MctrackError('CONFLICT', 'The program did not ask for all of these permissions. Give it fewer.')
      default:
        requireRoom(decision.kind)
        return undefined
    }
  }

  return {
    async start({ name, permissions = PERMISSIONS, address, country, limitKey }) {
      await takeOrRefuse(deps.newCodes, limitKey)
      const createdAtMs = now()
      const deviceCode = createDeviceCode()
      for (let attempt = 1; attempt <= CODE_ATTEMPTS_MAX; attempt++) {
        const request: DeviceRequest = {
          userCode: createUserCode(),
          name,
          permissions: completePermissions(permissions),
          createdAtMs,
          expiresAtMs: createdAtMs + DEVICE_LIFE_MS,
          address,
          country,
        }
        const outcome = await store.add(request, hashSecret(deviceCode))
        if (outcome === 'added') return { deviceCode, request }
        if (outcome === 'full') {
          const message = 'Too many programs wait to be approved. Try again in some minutes.'
          throw new MctrackError('RATE_LIMITED', message, { retryAfterMs: MINUTE_MS })
        }
      }
      throw new Error('no user code was free')
    },

    async fetchToken(deviceCode, author, limitKey) {
      await takeOrRefuse(deps.polls, limitKey)
      const made: { secret?: string } = {}
      const answer = await poll(hashSecret(deviceCode), {
        nowMs: now(),
        author,
        makeToken(userId, wish) {
          const { token, secret } = makeToken(userId, wish, { createId, now })
          made.secret = secret
          return { token, sha256: hashSecret(secret) }
        },
      })
      switch (answer.kind) {
        case 'token':
          return { token: answer.token, secret: made.secret ?? '' }
        case 'pending':
          throw new MctrackError('DEVICE_PENDING', undefined, { retryAfterMs: answer.retryAfterMs })
        case 'too_fast':
          throw new MctrackError('DEVICE_TOO_FAST', undefined, { retryAfterMs: answer.retryAfterMs })
        case 'denied':
          throw new MctrackError('DEVICE_DENIED')
        case 'expired':
          throw new MctrackError('DEVICE_EXPIRED')
        case 'unknown':
          throw new MctrackError('DEVICE_CODE_UNKNOWN')
        case 'too_many':
          throw new MctrackError(
            'CONFLICT',
            'Whoever approved this has as many tokens as they may, and must revoke one.',
          )
      }
    },

    look: (typedCode, userId) =>
      withCode(typedCode, userId, async (userCode) => {
        const request = await store.find(userCode)
        if (request !== undefined && request.expiresAtMs <= now()) throw new MctrackError('DEVICE_EXPIRED')
        return request
      }),

    approve: (typedCode, userId, approval, author) =>
      withCode(typedCode, userId, async (userCode) =>
        readDecision(await store.approve(userCode, { userId, nowMs: now(), author }, approval)),
      ),

    deny: (typedCode, userId, author) =>
      withCode(typedCode, userId, async (userCode) =>
        readDecision(await store.deny(userCode, { userId, nowMs: now(), author })),
      ),

    forget: () => store.forget(now() - EXPIRED_KEPT_MS),
  }
}
