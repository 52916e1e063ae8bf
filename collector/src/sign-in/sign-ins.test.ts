import { beforeEach, describe, expect, it } from 'vitest'
import { createSiteOrigin, hashSecret } from '../access/index.ts'
import type { PostgresTransaction } from '../platform/postgres/client.ts'
import type { User } from '../users/index.ts'
import type { SignIn } from './sign-in.ts'
import type { SignInStore } from './sign-in-store.ts'
import { createSignIns } from './sign-ins.ts'

const DAY_MS = 86_400_000
const ALEX: User = {
  id: 'alex',
  email: 'alex@example.net',
  name: 'Alex',
  ownsInstallation: false,
  createdAtMs: 0,
  lastSignedInAtMs: null,
  disabledAtMs: null,
  deleteAtMs: null,
}
const CLIENT = {
  limitKey: '203.0.113.7/32',
  address: '203.0.113.0/24',
  country: 'DE',
  userAgent: 'browser',
  earlierSha256: undefined,
}
const BY_NOBODY = { actor: { kind: 'unknown' }, address: null, requestId: 'r' } as const

let nowMs = 0
beforeEach(() => {
  nowMs = 1_000_000
})

/** One sign-in in memory, as the table would hold it. */
function createFakeStore() {
  let row: { signIn: SignIn; sha256: Buffer; endsAtMs: number } | undefined
  let earlier: { sha256: Buffer; untilMs: number } | undefined
  let isToBeRenewed = false
  let touches = 0
  const store: Partial<SignInStore> = {
    async add(signIn, { sha256, endsAtMs }) {
      row = { signIn, sha256, endsAtMs }
    },
    endOldest: async () => undefined,
    async find(sha256) {
      if (row === undefined) return undefined
      const isPresent = row.sha256.equals(sha256)
      if (!isPresent && earlier?.sha256.equals(sha256) !== true) return undefined
      const { signIn, endsAtMs } = row
      return { signIn, endsAtMs, user: ALEX, isToBeRenewed, earlierUntilMs: isPresent ? undefined : earlier?.untilMs }
    },
    async touch(_id, times) {
      touches += 1
      if (row !== undefined) row = { ...row, signIn: { ...row.signIn, ...times } }
    },
    async renew(_id, { earlier: before, next, earlierUntilMs }) {
      if (row === undefined || !isToBeRenewed || !row.sha256.equals(before)) return false
      earlier = { sha256: before, untilMs: earlierUntilMs }
      row = { ...row, sha256: next }
      isToBeRenewed = false
      return true
    },
  }
  return {
    store: store as SignInStore,
    touches: () => touches,
    changeRights() {
      isToBeRenewed = true
    },
  }
}

async function setUp() {
  const fake = createFakeStore()
  const signIns = createSignIns({
    db: {} as never,
    store: fake.store,
    site: createSiteOrigin(undefined, () => 4000),
    audit: { write: async () => undefined },
    grantsOf: async () => new Map([['network', new Set(['network.view' as const])]]),
    createId: () => 'sign-in',
    now: () => nowMs,
    onRightsChanged: () => undefined,
  })
  const secretOf = (cookie: string): Buffer => hashSecret(/=([^;]+)/.exec(cookie)?.[1] ?? '')
  const secret = secretOf(await signIns.start({} as PostgresTransaction, ALEX.id, CLIENT, BY_NOBODY))
  const isValid = async (sha256 = secret): Promise<boolean> => (await signIns.identify(sha256, true)) !== undefined
  return { ...fake, signIns, secret, secretOf, isValid }
}

describe('a sign-in', () => {
  it('ends after thirty days without a request', async () => {
    const { isValid } = await setUp()
    nowMs += 30 * DAY_MS - 1
    expect(await isValid()).toBe(true)
    nowMs += 30 * DAY_MS
    expect(await isValid()).toBe(false)
  })

  it('ends after ninety days, however often it is used', async () => {
    const { isValid } = await setUp()
    for (let day = 0; day < 89; day++) {
      nowMs += DAY_MS
      expect(await isValid(), `day ${day}`).toBe(true)
    }
    nowMs += DAY_MS
    expect(await isValid()).toBe(false)
  })

  it('stores when it was seen once a minute, and not for merely being looked at', async () => {
    const { signIns, secret, isValid, touches } = await setUp()
    for (let i = 0; i < 60; i++) {
      nowMs += 1_000
      await isValid()
    }
    expect(touches()).toBe(1)
    nowMs += DAY_MS
    await signIns.identify(secret, false)
    expect(touches()).toBe(1)
  })

  it('gets another secret with the first request after a change of rights, and the old one ends soon', async () => {
    const { signIns, secret, secretOf, isValid, changeRights } = await setUp()
    changeRights()
    expect(await signIns.identify(secret, false)).not.toHaveProperty('cookie')
    const renewed = await signIns.identify(secret, true)
    const next = secretOf(renewed?.cookie ?? '')
    expect(next).not.toEqual(secret)
    // Requests that were on their way, which do not renew once more.
    expect(await signIns.identify(secret, true)).not.toHaveProperty('cookie')
    nowMs += 9_999
    expect(await isValid(secret)).toBe(true)
    nowMs += 1
    expect(await isValid(secret)).toBe(false)
    expect(await isValid(next)).toBe(true)
  })

  it('is renewed by one of many requests at once', async () => {
    const { signIns, secret, changeRights } = await setUp()
    changeRights()
    const all = await Promise.all(Array.from({ length: 10 }, () => signIns.identify(secret, true)))
    expect(all.filter((identity) => identity?.cookie !== undefined)).toHaveLength(1)
    expect(all.every((identity) => identity?.actor.kind === 'user')).toBe(true)
  })

  it('is nobody’s for a secret that is not its own', async () => {
    const { isValid } = await setUp()
    expect(await isValid(hashSecret('another'))).toBe(false)
  })
})
