import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, ask, createNetwork, createPerson, setUpCollector, type TestPerson } from './support/index.ts'

const test = setUpCollector()
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

const DAY_MS = 86_400_000
const UNKNOWN_ID = '019aa000-0000-7000-8000-000000000000'

/** Asks with a token, as a script does. */
const withToken = (token: string, method: string, path: string, body?: unknown): Promise<Answer> =>
  ask({ ...test.collector, token }, method, `/api/v1${path}`, body === undefined ? {} : { body })

/** Somebody with a token, who is a viewer of a network. */
async function setUp(wish: object = {}, options: Parameters<typeof createPerson>[1] = {}) {
  const person = await createPerson(test.collector, options)
  const network = await createNetwork(test.collector, { name: 'Seen' })
  await join(person, network.networkId, 'analyst')
  const created = await createToken(person, wish)
  const token: string = created.body.token
  return { person, ...network, created: created.body, token, use: withToken.bind(undefined, token) }
}

const createToken = ({ browser }: TestPerson, wish: object): Promise<Answer> =>
  browser.ask('POST', '/api/v1/account/tokens', {
    body: { name: 'script', permissions: ['network.view', 'export', 'users.manage'], ...wish },
  })

async function join({ userId }: TestPerson, networkId: string, role: string): Promise<void> {
  await postgres.query('DELETE FROM members WHERE user_id = $1 AND network_id = $2', [userId, networkId])
  await postgres.query(
    'INSERT INTO members (network_id, user_id, built_in_role, joined_at_ms) VALUES ($1, $2, $3, 0)',
    [networkId, userId, role],
  )
}

const revoked = { status: 401, body: { error: { code: 'TOKEN_UNKNOWN' } } }

describe('a token of a person', () => {
  it('is shown once, lives 90 days unless another time is asked for, and is stored as a hash', async () => {
    const { person, created, token } = await setUp()
    expect(created).toEqual({
      id: expect.any(String),
      name: 'script',
      token: expect.stringMatching(/^mctp_[A-Za-z0-9_-]{43}$/),
      lastFour: token.slice(-4),
      permissions: ['network.view', 'export', 'users.manage'],
      networkId: null,
      createdAtMs: expect.any(Number),
      expiresAtMs: created.createdAtMs + 90 * DAY_MS,
      revokedAtMs: null,
      lastUsedAtMs: null,
    })
    const { body: listed } = await person.browser.ask('GET', '/api/v1/account/tokens')
    const { token: _, ...rest } = created
    expect(listed).toEqual([rest])
    const { rows } = await postgres.query('SELECT tokens::text AS line FROM tokens WHERE id = $1', [created.id])
    expect(rows[0].line).not.toContain(token.slice(5))
    const longest = await createToken(person, { expiresInDays: 365 })
    expect(longest.body.expiresAtMs).toBe(longest.body.createdAtMs + 365 * DAY_MS)
  })

  it('may do what it was made for, as far as its owner may', async () => {
    const { person, networkId, use } = await setUp()
    expect((await use('GET', `/networks/${networkId}`)).status).toBe(200)
    expect((await use('GET', '/networks')).body).toMatchObject([{ id: networkId }])
    // The owner may see players; the token was not made for that.
    expect(await use('GET', `/networks/${networkId}/sessions`)).toMatchObject({ status: 403 })
    // The token was made for that; its owner may not.
    expect(await use('GET', '/users')).toMatchObject({ status: 403 })
    await postgres.query('UPDATE users SET owns_installation = true WHERE id = $1', [person.userId])
    expect(await use('GET', '/users')).toMatchObject({ status: 200 })
    await postgres.query('DELETE FROM members WHERE user_id = $1', [person.userId])
    expect(await use('GET', `/networks/${networkId}`)).toMatchObject({ status: 404 })
  })

  it('for one network finds no other, and does nothing on the installation', async () => {
    const { person, networkId } = await setUp({}, { ownsInstallation: true })
    const other = await createNetwork(test.collector)
    await join(person, other.networkId, 'owner')
    const { body } = await createToken(person, { networkId })
    const use = withToken.bind(undefined, body.token)
    expect(await use('GET', `/networks/${networkId}`)).toMatchObject({ status: 200 })
    expect(await use('GET', `/networks/${other.networkId}`)).toMatchObject({ status: 404 })
    expect((await use('GET', '/networks')).body).toHaveLength(1)
    expect(await use('GET', '/users')).toMatchObject({ status: 403 })
  })

  it('sees the networks that it may do anything on', async () => {
    const { networkId, created, use } = await setUp({ permissions: ['export', 'export'] })
    expect(created.permissions).toEqual(['network.view', 'export'])
    expect(await use('GET', `/networks/${networkId}`)).toMatchObject({ status: 200 })
  })

  it.each([
    ['was revoked', 'UPDATE tokens SET revoked_at_ms = 1 WHERE user_id = $1'],
    ['has expired', 'UPDATE tokens SET expires_at_ms = 1 WHERE user_id = $1'],
    ['belongs to who is disabled', 'UPDATE users SET disabled_at_ms = 1 WHERE id = $1'],
    ['belongs to who is about to be deleted', 'UPDATE users SET delete_at_ms = 9e15 WHERE id = $1'],
    ['belonged to who is gone', 'DELETE FROM users WHERE id = $1'],
  ])('that %s is not valid', async (_, statement) => {
    const { person, use } = await setUp()
    expect(await use('GET', '/networks')).toMatchObject({ status: 200 })
    await postgres.query(statement, [person.userId])
    expect(await use('GET', '/networks')).toMatchObject(revoked)
  })

  it('is over at once when its owner revokes it, and stays so', async () => {
    const { person, created, use } = await setUp()
    const path = `/api/v1/account/tokens/${created.id}`
    const answer = await person.browser.ask('DELETE', path)
    expect(answer).toMatchObject({ status: 200, body: { id: created.id, revokedAtMs: expect.any(Number) } })
    expect(await use('GET', '/networks')).toMatchObject(revoked)
    expect((await person.browser.ask('DELETE', path)).body).toEqual(answer.body)
    expect((await person.browser.ask('GET', '/api/v1/account/tokens')).body).toEqual([answer.body])
  })

  it('revokes itself', async () => {
    const { created, use } = await setUp()
    expect(await use('DELETE', '/account/token')).toMatchObject({ status: 200, body: { id: created.id } })
    expect(await use('DELETE', '/account/token')).toMatchObject(revoked)
    expect(await ask(test.collector, 'DELETE', '/api/v1/account/token')).toMatchObject({ status: 409 })
  })

  it('is no affair of others', async () => {
    const { created, use } = await setUp()
    const other = await createPerson(test.collector, { ownsInstallation: true })
    for (const path of [
      `/account/tokens/${created.id}`,
      `/account/tokens/${UNKNOWN_ID}`,
      `/operator-tokens/${created.id}`,
    ]) {
      expect(await other.browser.ask('DELETE', `/api/v1${path}`), path).toMatchObject({
        status: 404,
        body: { error: { code: 'TOKEN_NOT_FOUND' } },
      })
    }
    expect((await other.browser.ask('GET', '/api/v1/account/tokens')).body).toEqual([])
    expect(await use('GET', '/networks')).toMatchObject({ status: 200 })
  })

  it('reaches nothing that is for people in a browser: it makes no other token', async () => {
    const { created, use } = await setUp({ permissions: ['network.view', 'users.manage'] }, { ownsInstallation: true })
    const asked: ReadonlyArray<readonly [string, string, unknown?]> = [
      ['GET', '/account/tokens'],
      ['POST', '/account/tokens', { name: 'more', permissions: ['network.view'] }],
      ['DELETE', `/account/tokens/${created.id}`],
      ['GET', '/account/devices/BCDF-BCDF'],
      ['POST', '/account/devices/BCDF-BCDF/approve', {}],
      ['POST', '/account/devices/BCDF-BCDF/deny'],
    ]
    for (const [method, path, body] of asked) {
      const refused = { status: 403, body: { error: { code: 'PERSON_NEEDED' } } }
      expect(await use(method, path, body), path).toMatchObject(refused)
      expect(await withToken(test.collector.token, method, path, body), path).toMatchObject(refused)
    }
  })

  it.each<[string, object, number]>([
    ['no permission', { permissions: [] }, 422],
    ['a permission that there is not', { permissions: ['paint'] }, 422],
    ['no name', { name: ' ' }, 422],
    ['a name that cannot be seen', { name: 'a\u202eb' }, 422],
    ['too long a life', { expiresInDays: 366 }, 422],
    ['no life', { expiresInDays: 0 }, 422],
    ['half a day', { expiresInDays: 0.5 }, 422],
    ['no end', { expiresInDays: null }, 422],
    ['a network that is not theirs', { networkId: UNKNOWN_ID }, 404],
    ['more than there is to say', { owner: UNKNOWN_ID }, 422],
  ])('is refused with %s', async (_, wish, status) => {
    const person = await createPerson(test.collector)
    expect(await createToken(person, wish)).toMatchObject({ status })
  })

  it('is one of 50 at most, also when many are made at once', async () => {
    const { person, created } = await setUp()
    await postgres.query(
      `INSERT INTO tokens (id, user_id, name, sha256, last_four, permissions, created_at_ms, expires_at_ms)
       SELECT gen_random_uuid(), $1, 'x', sha256(('many' || i)::bytea), 'abcd', '{}', 0, 9e15
       FROM generate_series(1, 46) AS i`,
      [person.userId],
    )
    const answers = await Promise.all(Array.from({ length: 6 }, () => createToken(person, {})))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 201, 201, 409, 409, 409])
    await person.browser.ask('DELETE', `/api/v1/account/tokens/${created.id}`)
    expect(await createToken(person, {})).toMatchObject({ status: 201 })
  })

  it('tells when it was last used', async () => {
    const { person, use } = await setUp()
    const startedAtMs = Date.now()
    await use('GET', '/networks')
    const { body } = await person.browser.ask('GET', '/api/v1/account/tokens')
    expect(body[0].lastUsedAtMs).toBeGreaterThanOrEqual(startedAtMs)
  })

  it('leaves entries of its beginning and its end, by its owner', async () => {
    const { person, created } = await setUp()
    await person.browser.ask('DELETE', `/api/v1/account/tokens/${created.id}`)
    const { body } = await ask(test.collector, 'GET', '/api/v1/audit?limit=20')
    const entries = body.entries.filter(({ target }: { target: { id: string } }) => target.id === created.id)
    expect(entries).toMatchObject([
      {
        action: 'token.revoked',
        actor: { kind: 'user', id: person.userId },
        before: { name: 'script', revokedAtMs: null },
      },
      {
        action: 'token.created',
        actor: { kind: 'user', id: person.userId },
        networkId: null,
        after: { name: 'script', lastFour: created.lastFour, permissions: 'network.view, export, users.manage' },
      },
    ])
  })
})
