import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, createNetwork, createPerson, setUpCollector, type TestPerson } from './support/index.ts'

// Programs ask from addresses of their own, so that no test uses up what another may ask.
const test = setUpCollector({ MCTRACK_TRUSTED_PROXIES: '127.0.0.1' })
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

let addresses = 0

/** A program without credentials, somewhere in the world. */
function openProgram(address = `8.8.${Math.floor(addresses / 250)}.${(addresses++ % 250) + 1}`) {
  const headers = { authorization: '', 'x-forwarded-for': address }
  const post = (path: string, body: unknown) => ask(test.collector, 'POST', `/api/v1/device/${path}`, { body, headers })
  return {
    start: (request: object = {}) => post('code', { name: 'mctrack on host-1', ...request }),
    poll: (deviceCode: string) => post('token', { deviceCode }),
  }
}

/** A program that waits, and somebody in a browser. */
async function setUp(request: object = {}) {
  const program = openProgram()
  const started = (await program.start(request)).body
  const person = await createPerson(test.collector)
  const poll = () => program.poll(started.deviceCode)
  return { started, poll, person, code: started.userCode as string }
}

const decide = ({ browser }: TestPerson, verb: 'approve' | 'deny', code: string, body: object = {}) =>
  browser.ask('POST', `/api/v1/account/devices/${code}/${verb}`, verb === 'approve' ? { body } : {})

const look = ({ browser }: TestPerson, code: string) => browser.ask('GET', `/api/v1/account/devices/${code}`)

/** As if the program had waited as long as it was told. */
const wait = () => postgres.query('UPDATE device_requests SET next_poll_at_ms = 0')

const error = (code: string) => ({ body: { error: { code } } })

describe('a program that asks for a token', () => {
  it('gets one that belongs to who approved, once', async () => {
    const { started, poll, person, code } = await setUp()
    const site = test.collector.url
    expect(started).toEqual({
      deviceCode: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      userCode: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
      verificationUrl: `${site}/device`,
      verificationUrlComplete: `${site}/device#${code}`,
      expiresInSeconds: 600,
      intervalSeconds: 5,
    })
    const pending = await poll()
    expect(pending).toMatchObject({ status: 409, ...error('DEVICE_PENDING') })
    expect(pending.headers.get('retry-after')).toBe('5')
    expect(await decide(person, 'approve', code, { expiresInDays: 7 })).toMatchObject({
      status: 200,
      body: { name: 'mctrack on host-1', decision: 'approved' },
    })
    const fetched = await poll()
    expect(fetched).toMatchObject({
      status: 201,
      body: { token: expect.stringMatching(/^mctp_/), name: 'mctrack on host-1', networkId: null },
    })
    const { token, createdAtMs, expiresAtMs } = fetched.body
    expect(expiresAtMs - createdAtMs).toBe(7 * 86_400_000)
    const { body } = await ask({ ...test.collector, token }, 'GET', '/api/v1/account')
    expect(body).toMatchObject({ user: { id: person.userId }, credential: 'token' })
    expect(await poll()).toMatchObject({ status: 404, ...error('DEVICE_CODE_UNKNOWN') })
    expect(await decide(person, 'approve', code)).toMatchObject({ status: 404, ...error('DEVICE_CODE_UNKNOWN') })
  })

  it('is shown to who approves with what is known of it', async () => {
    const program = openProgram('8.8.8.8')
    const { userCode } = (await program.start({ name: 'report', permissions: ['export'] })).body
    const person = await createPerson(test.collector)
    const { body } = await look(person, userCode.toLowerCase().replace('-', ' '))
    expect(body).toEqual({
      userCode,
      name: 'report',
      permissions: ['network.view', 'export'],
      address: '8.8.8.0/24',
      country: 'US',
      isFromYourAddress: false,
      createdAtMs: expect.any(Number),
      expiresAtMs: body.createdAtMs + 600_000,
    })
    const here = { headers: { 'x-forwarded-for': '8.8.8.99' } }
    const near = await person.browser.ask('GET', `/api/v1/account/devices/${userCode}`, here)
    expect(near.body.isFromYourAddress).toBe(true)
    const { rows } = await postgres.query('SELECT device_requests::text AS line FROM device_requests')
    expect(JSON.stringify(rows)).not.toContain('8.8.8.8')
  })

  it('gets no more than it asked for, and less when that is what somebody gives', async () => {
    const { poll, person, code } = await setUp({ permissions: ['network.view', 'export'] })
    const { networkId } = await createNetwork(test.collector)
    expect(await decide(person, 'approve', code, { permissions: ['keys.manage'] })).toMatchObject({ status: 409 })
    expect(await decide(person, 'approve', code, { networkId })).toMatchObject(error('NETWORK_NOT_FOUND'))
    await postgres.query(
      `INSERT INTO members (network_id, user_id, built_in_role, joined_at_ms) VALUES ($1, $2, 'viewer', 0)`,
      [networkId, person.userId],
    )
    expect(await decide(person, 'approve', code, { permissions: ['network.view'], networkId })).toMatchObject({
      status: 200,
    })
    expect((await poll()).body).toMatchObject({ permissions: ['network.view'], networkId })
  })

  it('may be approved by another person than the one who looked', async () => {
    const { poll, person, code } = await setUp()
    const other = await createPerson(test.collector)
    expect(await look(person, code)).toMatchObject({ status: 200 })
    expect(await decide(other, 'approve', code)).toMatchObject({ status: 200 })
    expect(await look(person, code)).toMatchObject({ status: 404 })
    const { token } = (await poll()).body
    const { body } = await ask({ ...test.collector, token }, 'GET', '/api/v1/account')
    expect(body.user.id).toBe(other.userId)
  })

  it('is denied for good', async () => {
    const { poll, person, code } = await setUp()
    expect(await decide(person, 'deny', code)).toMatchObject({ status: 200, body: { decision: 'denied' } })
    expect(await poll()).toMatchObject({ status: 403, ...error('DEVICE_DENIED') })
    for (const verb of ['approve', 'deny'] as const) {
      expect(await decide(person, verb, code)).toMatchObject({ status: 404, ...error('DEVICE_CODE_UNKNOWN') })
    }
    expect(await poll()).toMatchObject(error('DEVICE_DENIED'))
  })

  it.each([false, true])('comes too late after ten minutes (approved before: %s)', async (isApproved) => {
    const { poll, person, code } = await setUp()
    if (isApproved) await decide(person, 'approve', code)
    await postgres.query('UPDATE device_requests SET expires_at_ms = $1 WHERE user_code = $2', [
      Date.now() - 1,
      code.replace('-', ''),
    ])
    expect(await poll()).toMatchObject({ status: 410, ...error('DEVICE_EXPIRED') })
    if (isApproved) return
    expect(await look(person, code)).toMatchObject({ status: 410 })
    for (const verb of ['approve', 'deny'] as const) {
      expect(await decide(person, verb, code)).toMatchObject({ status: 410, ...error('DEVICE_EXPIRED') })
    }
  })

  it('that asks too often is told to wait longer each time, and the next honest question is answered', async () => {
    const { poll } = await setUp()
    expect(await poll()).toMatchObject(error('DEVICE_PENDING'))
    for (const seconds of ['10', '15', '20']) {
      const answer = await poll()
      expect(answer).toMatchObject({ status: 429, ...error('DEVICE_TOO_FAST') })
      expect(answer.headers.get('retry-after')).toBe(seconds)
    }
    await wait()
    const answer = await poll()
    expect(answer).toMatchObject(error('DEVICE_PENDING'))
    expect(answer.headers.get('retry-after')).toBe('20')
  })

  it('that asks twice at once gets one token', async () => {
    const { poll, person, code } = await setUp()
    await decide(person, 'approve', code)
    const answers = await Promise.all(Array.from({ length: 6 }, poll))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 404, 404, 404, 404, 404])
    expect((await person.browser.ask('GET', '/api/v1/account/tokens')).body).toHaveLength(1)
  })

  it('is decided once, when two people speak at once', async () => {
    const { poll, person, code } = await setUp()
    const other = await createPerson(test.collector)
    const answers = await Promise.all([decide(person, 'approve', code), decide(other, 'deny', code)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404])
    expect((await poll()).status).toBe(answers[0]?.status === 200 ? 201 : 403)
  })

  it.each([
    ['is disabled', 'UPDATE users SET disabled_at_ms = 1 WHERE id = $1', 'DEVICE_DENIED'],
    ['is about to be deleted', 'UPDATE users SET delete_at_ms = 1 WHERE id = $1', 'DEVICE_DENIED'],
    ['is gone', 'DELETE FROM users WHERE id = $1', 'DEVICE_CODE_UNKNOWN'],
  ])('gets nothing when who approved %s meanwhile', async (_, statement, code) => {
    const { poll, person, code: userCode } = await setUp()
    await decide(person, 'approve', userCode)
    await postgres.query(statement, [person.userId])
    expect(await poll()).toMatchObject(error(code))
  })

  it('gets nothing when who approved changed their password meanwhile', async () => {
    const { poll, person, code } = await setUp()
    await decide(person, 'approve', code)
    const body = { currentPassword: person.password, password: 'an entirely new one' }
    expect(await person.browser.ask('PUT', '/api/v1/account/password', { body })).toMatchObject({ status: 204 })
    expect(await poll()).toMatchObject(error('DEVICE_CODE_UNKNOWN'))
  })

  it('leaves an entry of its token that names whose it is', async () => {
    const { poll, person, code } = await setUp()
    await decide(person, 'approve', code)
    const { body: token } = await poll()
    const { body } = await ask(test.collector, 'GET', '/api/v1/audit?action=token.created&limit=1')
    expect(body.entries).toMatchObject([
      {
        actor: { kind: 'unknown', id: null },
        target: { kind: 'token', id: token.id },
        after: { name: 'mctrack on host-1', ownerId: person.userId, lastFour: token.lastFour },
      },
    ])
  })
})

describe('a code', () => {
  it.each(['nonsense', '%00', 'BCDF-BCD', 'A'.repeat(33), '%20'])('%j is none', async (code) => {
    const person = await createPerson(test.collector)
    for (const answer of [await look(person, code), await decide(person, 'approve', code)]) {
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.status).toBeLessThan(500)
    }
  })

  it('of a device that there is not is unknown', async () => {
    const program = openProgram()
    expect(await program.poll('x'.repeat(43))).toMatchObject({ status: 404, ...error('DEVICE_CODE_UNKNOWN') })
    expect(await program.poll('x'.repeat(65))).toMatchObject({ status: 422 })
    expect(await program.poll('')).toMatchObject({ status: 422 })
  })

  it('is guessed ten times in ten minutes at most; right ones do not count', async () => {
    const { person, code } = await setUp()
    const guess = async (typed: string) => {
      await sleep(110) // Not so fast that the limit of all requests says no.
      return look(person, typed)
    }
    for (let i = 0; i < 5; i++) expect(await guess(code)).toMatchObject({ status: 200 })
    for (let i = 0; i < 10; i++) expect(await guess('BCDF-BCDF')).toMatchObject({ status: 404 })
    const limited = await guess(code)
    expect(limited).toMatchObject({ status: 429, ...error('RATE_LIMITED') })
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(500)
    await sleep(110)
    expect(await decide(person, 'approve', code)).toMatchObject({ status: 429 })
    // Nobody else is in the way of that.
    expect(await look(await createPerson(test.collector), code)).toMatchObject({ status: 200 })
  })

  it('is given twenty times in ten minutes to one address, and to one /64', async () => {
    for (const [first, second] of [
      ['9.9.9.9', '9.9.9.9'],
      ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9'],
    ]) {
      const [program, neighbour] = [openProgram(first), openProgram(second)]
      for (let i = 0; i < 20; i++) expect((await (i % 2 ? program : neighbour).start()).status).toBe(201)
      const limited = await neighbour.start()
      expect(limited).toMatchObject({ status: 429, ...error('RATE_LIMITED') })
      expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(500)
    }
    expect(await openProgram('2001:db8:1:3::1').start()).toMatchObject({ status: 201 })
  })

  it('is given while fewer than ten thousand wait; expired ones make room', async () => {
    await postgres.query(
      `INSERT INTO device_requests (device_sha256, user_code, name, permissions, created_at_ms, expires_at_ms, country, next_poll_at_ms, interval_ms)
       SELECT sha256(('flood' || i)::bytea), lpad(i::text, 8, '0'), 'x', '{}', 0, 9e15, '', 0, 5000
       FROM generate_series(1, 10000) AS i`,
    )
    expect(await openProgram().start()).toMatchObject({ status: 429, ...error('RATE_LIMITED') })
    await postgres.query(`UPDATE device_requests SET expires_at_ms = 1 WHERE name = 'x'`)
    expect(await openProgram().start()).toMatchObject({ status: 201 })
    const { rows } = await postgres.query(`SELECT count(*)::int AS count FROM device_requests WHERE name = 'x'`)
    expect(rows).toEqual([{ count: 0 }])
  })

  it.each<[string, object]>([
    ['no name', { name: '' }],
    ['a name that steers', { name: 'a\u001b[2J' }],
    ['a name too long', { name: 'x'.repeat(65) }],
    ['a permission that there is not', { permissions: ['paint'] }],
    ['no permission', { permissions: [] }],
  ])('is not given for %s', async (_, request) => {
    expect(await openProgram().start(request)).toMatchObject({ status: 422 })
  })
})
