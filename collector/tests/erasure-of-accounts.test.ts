import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, createNetwork, createPerson, openBrowser, setUpCollector, signIn, until } from './support/index.ts'

const DAY_MS = 86_400_000
const test = setUpCollector()
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

async function setUp(options: Parameters<typeof createPerson>[1] = {}) {
  const person = await createPerson(test.collector, options)
  const askDeletion = (password = person.password) =>
    person.browser.ask('POST', '/api/v1/account/deletion', { body: { password } })
  const takeBack = () => person.browser.ask('DELETE', '/api/v1/account/deletion')
  const own = async (networkId: string, role = 'owner') => {
    const answer = await ask(test.collector, 'POST', `/api/v1/networks/${networkId}/members`, {
      body: { email: person.email, role },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
  }
  return { ...person, askDeletion, takeBack, own }
}

/** Rows of a person, by table: whatever refers to them. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const { rows: columns } = await postgres.query(
    `SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public' AND column_name IN ('user_id', 'sent_by', 'decided_by')`,
  )
  const counts: Record<string, number> = {}
  for (const { table_name: table, column_name: column } of [...columns, { table_name: 'users', column_name: 'id' }]) {
    const { rows } = await postgres.query(`SELECT count(*)::int AS n FROM ${table} WHERE ${column} = $1`, [userId])
    counts[`${table}.${column}`] = rows[0]?.n
  }
  return counts
}

it('asks for the password, signs out everywhere, ends all tokens and waits seven days', async () => {
  const { collector } = test
  const person = await setUp()
  const elsewhere = openBrowser(collector)
  await signIn(elsewhere, person)
  const token = await elsewhere.ask('POST', '/api/v1/account/tokens', {
    body: { name: 'script', permissions: ['network.view'] },
  })
  expect(token.status, JSON.stringify(token.body)).toBe(201)
  expect(await person.askDeletion('another password')).toMatchObject({
    status: 403,
    body: { error: { code: 'PASSWORD_WRONG' } },
  })
  const beforeMs = Date.now()
  const { status, body } = await person.askDeletion()
  expect(status).toBe(200)
  expect(body.deleteAtMs - beforeMs).toBeGreaterThanOrEqual(7 * DAY_MS)
  for (const browser of [person.browser, elsewhere]) {
    expect(await browser.ask('GET', '/api/v1/account')).toMatchObject({ body: { error: { code: 'SIGN_IN_ENDED' } } })
  }
  const headers = { authorization: `Bearer ${token.body.token}` }
  expect((await ask(collector, 'GET', '/api/v1/account', { headers })).status).toBe(401)
})

it('can be taken back by signing in, until the time is over', async () => {
  const { userId, email, password, browser, askDeletion, takeBack } = await setUp()
  await askDeletion()
  await signIn(browser, { email, password })
  const { body } = await browser.ask('GET', '/api/v1/account')
  expect(body.user.deleteAtMs).toBeGreaterThan(Date.now())
  expect(await takeBack()).toMatchObject({ status: 200, body: { id: userId, deleteAtMs: null } })
  expect(await takeBack()).toMatchObject({ status: 200, body: { deleteAtMs: null } })
  expect((await browser.ask('GET', '/api/v1/account')).body.user.deleteAtMs).toBeNull()
})

it('removes the account with all that belongs to it, and says so', async () => {
  const { collector } = test
  const { userId, email, askDeletion, own, password, browser } = await setUp()
  const { networkId, path } = await createNetwork(collector)
  await own(networkId, 'viewer')
  await askDeletion()
  await signIn(browser, { email, password })
  expect(await rowsOf(userId)).toMatchObject({ 'users.id': 1, 'members.user_id': 1, 'sign_in_sessions.user_id': 1 })
  await postgres.query('UPDATE users SET delete_at_ms = $2 WHERE id = $1', [userId, Date.now()])
  await until(
    () => rowsOf(userId),
    (rows) => rows['users.id'] === 0,
    60_000,
  )
  for (const [place, rows] of Object.entries(await rowsOf(userId))) expect(rows, place).toBe(0)
  expect((await browser.ask('GET', '/api/v1/account')).status).toBe(401)
  const wrong = await browser.ask('POST', '/api/v1/sign-in', { body: { email, password } })
  expect(wrong).toMatchObject({ status: 401, body: { error: { code: 'SIGN_IN_FAILED' } } })
  expect((await ask(collector, 'GET', path)).status).toBe(200)
  const { body } = await ask(collector, 'GET', '/api/v1/audit?action=user.deleted')
  expect(body.entries).toContainEqual(
    expect.objectContaining({
      actor: expect.objectContaining({ kind: 'system', id: null }),
      target: { kind: 'user', id: userId },
      before: null,
    }),
  )
})

it('is refused while a network would have no owner, with its name', async () => {
  const { collector } = test
  const { networkId, path } = await createNetwork(collector, { name: 'Orphan' })
  const [person, other] = [await setUp(), await setUp()]
  await person.own(networkId)
  expect(await person.askDeletion()).toMatchObject({
    status: 409,
    body: { error: { code: 'OWNER_NEEDED', message: expect.stringContaining('"Orphan"') } },
  })
  expect((await person.browser.ask('GET', '/api/v1/account')).body.user.deleteAtMs).toBeNull()
  await other.own(networkId)
  // Both at once: one of them has to stay.
  const answers = await Promise.all([person.askDeletion(), other.askDeletion()])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const last = answers[0].status === 409 ? person : other
  await ask(collector, 'POST', `${path}/deletion`, { body: { name: 'Orphan' } })
  expect(await last.askDeletion()).toMatchObject({ status: 200 })
})

it('is refused while the installation would have no owner', async () => {
  const owner = await setUp({ ownsInstallation: true })
  const answer = await owner.askDeletion()
  expect(answer).toMatchObject({ status: 409, body: { error: { code: 'OWNER_NEEDED' } } })
  await setUp({ ownsInstallation: true })
  expect(await owner.askDeletion()).toMatchObject({ status: 200 })
})

it('gives out all that is stored of the person, without secrets', async () => {
  const { collector } = test
  const { userId, email, browser, own, password } = await setUp({ name: 'Alex' })
  const { networkId } = await createNetwork(collector, { name: 'Mine' })
  await own(networkId)
  const token = await browser.ask('POST', '/api/v1/account/tokens', {
    body: { name: 'script', permissions: ['network.view'] },
  })
  await browser.ask('POST', `/api/v1/networks/${networkId}/invitations`, {
    body: { email: 'to@example.net', role: 'viewer' },
  })
  const { status, body } = await browser.ask('GET', '/api/v1/account/export')
  expect(status).toBe(200)
  expect(body).toMatchObject({
    user: { id: userId, email, name: 'Alex' },
    passwordChangedAtMs: expect.any(Number),
    memberships: [{ networkId, network: 'Mine', role: 'owner' }],
    signIns: [{ userAgent: 'Test browser' }],
    tokens: [{ name: 'script', lastFour: token.body.token.slice(-4) }],
    invitationsSent: [{ networkId, email: 'to@example.net' }],
    invitationsReceived: [],
  })
  const actions = body.auditEntries.map(({ action }: { action: string }) => action)
  expect(actions).toEqual(
    expect.arrayContaining(['user.created', 'password.changed', 'sign_in.succeeded', 'token.created']),
  )
  const text = JSON.stringify(body)
  const { rows } = await postgres.query(
    `SELECT encode(sha256, 'hex') AS secret FROM tokens UNION SELECT encode(sha256, 'base64') FROM tokens
     UNION SELECT encode(sha256, 'hex') FROM sign_in_sessions UNION SELECT hash FROM passwords`,
  )
  for (const secret of [token.body.token, password, ...rows.map((row) => row.secret)])
    expect(text).not.toContain(secret)
  const log = await ask(collector, 'GET', '/api/v1/audit?action=user.exported')
  expect(log.body.entries[0]).toMatchObject({
    actor: { kind: 'user', id: userId },
    target: { kind: 'user', id: userId },
  })
})
