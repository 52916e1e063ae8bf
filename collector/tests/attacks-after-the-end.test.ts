import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answer,
  ask,
  createNetwork,
  createPerson,
  openBrowser,
  setUpCollector,
  signIn,
  type TestPerson,
  until,
} from './support/index.ts'

const test = setUpCollector()
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

const DAY_MS = 86_400_000
/** Looked at every five seconds; the rest is for a busy machine. */
const CUT_MS = 15_000
const NEW_PASSWORD = 'another good password'
const asOperator = (method: string, path: string, body?: unknown): Promise<Answer> =>
  ask(test.collector, method, `/api/v1${path}`, body === undefined ? {} : { body })

const useCookie = (cookie: string, path = '/account'): Promise<Answer> =>
  inTime(() => {
    const browser = openBrowser(test.collector)
    browser.setCookie(cookie)
    return browser.ask('GET', `/api/v1${path}`)
  })
const useToken = (token: string, path = '/account'): Promise<Answer> =>
  inTime(() => ask({ ...test.collector, token }, 'GET', `/api/v1${path}`))

/** A person may ask ten times a second; who asks again later is answered. */
async function inTime(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send()
    if (answer.status !== 429) return answer
    await sleep(Number(answer.headers.get('retry-after')) * 1_000)
  }
}

/** Somebody signed in in two browsers, with a token, who is a viewer of a network. */
async function setUp() {
  const person = await createPerson(test.collector)
  const { networkId } = await createNetwork(test.collector)
  await asOperator('POST', `/networks/${networkId}/members`, { email: person.email, role: 'viewer' })
  const other = openBrowser(test.collector)
  await signIn(other, person)
  // The membership gave both a new secret; what is used below is what they have now.
  await person.browser.ask('GET', '/api/v1/account')
  const { body } = await person.browser.ask('POST', '/api/v1/account/tokens', {
    body: { name: 'script', permissions: ['network.view'] },
  })
  return { person, networkId, other, token: body.token as string, tokenId: body.id as string }
}
type Situation = Awaited<ReturnType<typeof setUp>>

async function choosePasswordByLink({ userId }: TestPerson): Promise<void> {
  const { body } = await asOperator('POST', `/users/${userId}/password-link`)
  const token = body.url.split('#')[1]
  const answer = await openBrowser(test.collector).ask('POST', '/api/v1/password', {
    body: { token, password: NEW_PASSWORD },
  })
  expect(answer.status).toBe(204)
}

/** What ends things, and whether it ends the sign-in that did it, other sign-ins, and tokens. */
const ENDS: ReadonlyArray<readonly [string, (situation: Situation) => Promise<unknown>, string]> = [
  ['signing out', ({ person }) => person.browser.ask('POST', '/api/v1/sign-out'), 'this'],
  [
    'signing out elsewhere',
    ({ person }) => person.browser.ask('DELETE', '/api/v1/account/sign-ins?others=true'),
    'other',
  ],
  ['signing out everywhere', ({ person }) => person.browser.ask('DELETE', '/api/v1/account/sign-ins'), 'this other'],
  [
    'changing the password',
    ({ person: { browser, password } }) =>
      browser.ask('PUT', '/api/v1/account/password', { body: { currentPassword: password, password: NEW_PASSWORD } }),
    'this other token',
  ],
  ['choosing a password by a link', ({ person }) => choosePasswordByLink(person), 'this other token'],
  [
    'a password that the operator sets',
    ({ person }) => asOperator('PUT', `/users/${person.userId}/password`, { password: NEW_PASSWORD }),
    'this other token',
  ],
  [
    'disabling, also when it is taken back',
    async ({ person }) => {
      await asOperator('PATCH', `/users/${person.userId}`, { disabled: true })
      await asOperator('PATCH', `/users/${person.userId}`, { disabled: false })
    },
    'this other token',
  ],
  [
    'revoking the token',
    ({ person, tokenId }) => person.browser.ask('DELETE', `/api/v1/account/tokens/${tokenId}`),
    'token',
  ],
]

describe('nothing comes back after', () => {
  it.each(ENDS)('%s', async (_, end, expected) => {
    const situation = await setUp()
    const { person, other, token } = situation
    const cookies = { this: person.browser.cookie(), other: other.cookie() }
    for (const cookie of Object.values(cookies)) expect(await useCookie(cookie)).toMatchObject({ status: 200 })
    expect(await useToken(token)).toMatchObject({ status: 200 })
    await end(situation)
    const status = (what: string) => (expected.includes(what) ? 401 : 200)
    for (let attempt = 0; attempt < 2; attempt++) {
      expect((await useCookie(cookies.this)).status, 'this').toBe(status('this'))
      expect((await useCookie(cookies.other)).status, 'other').toBe(status('other'))
      expect((await useToken(token)).status, 'token').toBe(status('token'))
    }
  })

  it('a change of the password, but for who made it, with another secret', async () => {
    const { person } = await setUp()
    const before = person.browser.cookie()
    const body = { currentPassword: person.password, password: NEW_PASSWORD }
    expect((await person.browser.ask('PUT', '/api/v1/account/password', { body })).status).toBe(204)
    expect(person.browser.cookie()).not.toBe(before)
    expect((await useCookie(before)).status).toBe(401)
    expect((await useCookie(person.browser.cookie())).status).toBe(200)
  })

  it('a change of the password, though sign-ins with the earlier one were on their way', async () => {
    const person = await createPerson(test.collector)
    for (let round = 0; round < 3; round++) {
      const browsers = Array.from({ length: 5 }, () => openBrowser(test.collector))
      const earlier = round === 0 ? person.password : `${NEW_PASSWORD} ${round - 1}`
      const attempts = browsers.map((browser) =>
        signIn(browser, { ...person, password: earlier }).catch(() => undefined),
      )
      const changed = asOperator('PUT', `/users/${person.userId}/password`, { password: `${NEW_PASSWORD} ${round}` })
      await Promise.all([...attempts, changed])
      for (const browser of browsers) {
        if (browser.cookie() !== '') expect((await useCookie(browser.cookie())).status).toBe(401)
      }
    }
  })

  it.each([
    ['30 days without use', { last_seen_at_ms: -31 * DAY_MS, expires_at_ms: -DAY_MS }],
    ['90 days in all', { last_seen_at_ms: -1_000, expires_at_ms: 0, ends_at_ms: 0 }],
  ])('%s', async (_, moved) => {
    const { person } = await setUp()
    const columns = Object.keys(moved).map((column, i) => `${column} = $${i + 2}::bigint`)
    const values = Object.values(moved).map((byMs) => Date.now() + byMs)
    await postgres.query(`UPDATE sign_in_sessions SET ${columns} WHERE user_id = $1`, [person.userId, ...values])
    expect((await person.browser.ask('GET', '/api/v1/account')).status).toBe(401)
  })

  it('use puts the end off for 30 days, and never beyond the 90', async () => {
    const { person } = await setUp()
    const age = (endsInMs: number) =>
      postgres.query(
        'UPDATE sign_in_sessions SET last_seen_at_ms = $2, expires_at_ms = $3, ends_at_ms = $4 WHERE user_id = $1',
        [person.userId, Date.now() - DAY_MS, Date.now() + DAY_MS, Date.now() + endsInMs],
      )
    const expiresInDays = async () => {
      const { body } = await person.browser.ask('GET', '/api/v1/account/sign-ins')
      return (body[0].expiresAtMs - Date.now()) / DAY_MS
    }
    await age(60 * DAY_MS)
    expect(await expiresInDays()).toBeCloseTo(30, 1)
    await age(5 * DAY_MS)
    expect(await expiresInDays()).toBeCloseTo(5, 1)
  })
})

describe('another right', () => {
  it('brings another secret with the next request, refused or not, and ends the earlier one', async () => {
    const { person, networkId } = await setUp()
    await createPerson(test.collector, { ownsInstallation: true }) // There is always an owner.
    const changes: ReadonlyArray<readonly [string, unknown, string, number]> = [
      [`/networks/${networkId}/members/${person.userId}`, { role: 'admin' }, `/networks/${networkId}/keys`, 200],
      [`/networks/${networkId}/members/${person.userId}`, { role: 'viewer' }, `/networks/${networkId}/keys`, 403],
      [`/users/${person.userId}`, { ownsInstallation: true }, '/users', 200],
      [`/users/${person.userId}`, { ownsInstallation: false }, '/users', 403],
    ]
    for (const [path, body, next, status] of changes) {
      const before = person.browser.cookie()
      expect((await asOperator('PATCH', path, body)).status).toBe(200)
      expect((await inTime(() => person.browser.ask('GET', `/api/v1${next}`))).status).toBe(status)
      expect(person.browser.cookie()).not.toBe(before)
      // What was on its way is still answered, by the rights of now.
      expect((await useCookie(before, next)).status).toBe(status)
      await postgres.query('UPDATE sign_in_sessions SET earlier_until_ms = $2 WHERE user_id = $1', [
        person.userId,
        Date.now() - 1,
      ])
      expect((await useCookie(before)).status).toBe(401)
      expect((await useCookie(person.browser.cookie())).status).toBe(200)
    }
  })
})

/** Opens a stream of live numbers and says when it ended. */
async function openStream(networkId: string, headers: Readonly<Record<string, string>>) {
  const leave = new AbortController()
  const response = await fetch(`${test.collector.url}/api/v1/networks/${networkId}/live/stream`, {
    headers,
    signal: leave.signal,
  })
  expect(response.status).toBe(200)
  const state = { isOver: false, text: '' }
  const reader = response.body?.getReader()
  const decoder = new TextDecoder()
  async function read(): Promise<void> {
    for (;;) {
      const piece = await reader?.read()
      if (piece === undefined || piece.done) return
      state.text += decoder.decode(piece.value)
    }
  }
  read()
    .catch(() => undefined) // Cut off, which is an end, too.
    .finally(() => {
      state.isOver = true
    })
  await until(
    () => state.text,
    (text) => text.includes('event:'),
  )
  return { state, leave: () => leave.abort() }
}

describe('a stream that is open', () => {
  it.each([
    [
      'cookie',
      'their membership ends',
      (s: Situation) => asOperator('DELETE', `/networks/${s.networkId}/members/${s.person.userId}`),
    ],
    ['cookie', 'they sign out', ({ person }: Situation) => person.browser.ask('POST', '/api/v1/sign-out')],
    [
      'cookie',
      'they are disabled',
      ({ person }: Situation) => asOperator('PATCH', `/users/${person.userId}`, { disabled: true }),
    ],
    [
      'cookie',
      'their sign-in expires',
      ({ person }: Situation) =>
        postgres.query('UPDATE sign_in_sessions SET expires_at_ms = 1 WHERE user_id = $1', [person.userId]),
    ],
    [
      'token',
      'their membership ends',
      (s: Situation) => asOperator('DELETE', `/networks/${s.networkId}/members/${s.person.userId}`),
    ],
    [
      'token',
      'it is revoked',
      ({ person, tokenId }: Situation) => person.browser.ask('DELETE', `/api/v1/account/tokens/${tokenId}`),
    ],
    [
      'token',
      'the password is another one',
      ({ person }: Situation) => asOperator('PUT', `/users/${person.userId}/password`, { password: NEW_PASSWORD }),
    ],
  ])('by a %s is cut within seconds when %s', async (by, _, end) => {
    const situation = await setUp()
    const { person, networkId, token } = situation
    const bystander = await createPerson(test.collector)
    await asOperator('POST', `/networks/${networkId}/members`, { email: bystander.email, role: 'viewer' })
    const stream = await openStream(
      networkId,
      by === 'cookie' ? { cookie: person.browser.cookie() } : { authorization: `Bearer ${token}` },
    )
    const others = await openStream(networkId, { cookie: bystander.browser.cookie() })
    expect(stream.state.isOver).toBe(false)
    await end(situation)
    await until(
      () => stream.state.isOver,
      (isOver) => isOver,
      CUT_MS,
    )
    expect(others.state.isOver).toBe(false)
    others.leave()
  })
})
