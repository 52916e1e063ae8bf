import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join as joinPath } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answer,
  ask,
  createNetwork,
  createPerson,
  openBrowser,
  setUpCollector,
  type TestPerson,
} from './support/index.ts'

// Each test tries links from an address of its own: those of one address are counted.
const test = setUpCollector({ MCTRACK_TRUSTED_PROXIES: '127.0.0.1' })
let postgres: pg.Client
let addresses = 0
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

const PASSWORD = 'correct horse battery'
const refusal = (status: number, code: string) => ({ status, body: { error: { code } } })
const LINK_INVALID = refusal(404, 'LINK_INVALID')

interface Invited {
  readonly id: string
  readonly token: string
}

/** A network with an owner, and what people do with invitations to it. */
async function setUp() {
  const { collector } = test
  const { networkId, path } = await createNetwork(collector, { name: 'Example Network' })
  const owner = await createPerson(collector, { name: 'Olga' })
  const send = (method: string, route: string, body?: unknown) =>
    ask(collector, method, path + route, body === undefined ? {} : { body })
  const add = (person: TestPerson, role: string) => send('POST', '/members', { email: person.email, role })
  await add(owner, 'owner')
  addresses += 1
  const address = `203.0.113.${addresses}`
  const post = (browser: TestPerson['browser'], route: string, body: unknown): Promise<Answer> =>
    browser.ask('POST', `/api/v1/invitations${route}`, { body, headers: { 'x-forwarded-for': address } })
  const by =
    ({ browser }: TestPerson) =>
    (method: string, route: string, body?: unknown) =>
      browser.ask(method, path + route, body === undefined ? {} : { body })
  /** By the owner, unless somebody else is named. */
  async function invite(email: string, role = 'viewer', sender?: TestPerson): Promise<Invited> {
    const { status, body } = await by(sender ?? owner)('POST', '/invitations', { email, role })
    expect(status, JSON.stringify(body)).toBe(201)
    return { id: body.id, token: body.link.split('#')[1] }
  }
  const look = (token: string) => post(openBrowser(collector), '/look', { token })
  const accept = ({ browser }: TestPerson, token: string) => post(browser, '/accept', { token })
  const acceptNew = (token: string, fields: object = {}) =>
    post(openBrowser(collector), '/accept-new', { token, name: 'Kim', password: PASSWORD, ...fields })
  const members = async (): Promise<Array<{ readonly userId: string; readonly role: { readonly id: string } }>> =>
    (await send('GET', '/members')).body
  return { collector, networkId, path, owner, send, add, by, post, invite, look, accept, acceptNew, members }
}

let people = 0
const newEmail = () => {
  people += 1
  return `Kim.${people}@example.net`
}

describe('an invitation', () => {
  it('is a link that is shown once, tells its holder what it is for, and makes an account', async () => {
    const { collector, networkId, by, owner, look, post, members } = await setUp()
    const email = newEmail()
    const created = await by(owner)('POST', '/invitations', { email, role: 'analyst' })
    const { link, ...shown } = created.body
    expect(link).toMatch(new RegExp(`^${collector.url}/invitation#[A-Za-z0-9_-]{43}$`))
    expect(shown).toMatchObject({
      email,
      role: { id: 'analyst', name: 'Analyst' },
      sentBy: { userId: owner.userId, name: 'Olga' },
      works: true,
    })
    expect(shown.expiresAtMs - shown.createdAtMs).toBe(48 * 3_600_000)
    expect((await by(owner)('GET', '/invitations')).body).toEqual([shown])
    const token = link.split('#')[1]
    expect((await look(token)).body).toEqual({
      networkName: 'Example Network',
      email,
      role: { id: 'analyst', name: 'Analyst' },
      sentBy: 'Olga',
      expiresAtMs: shown.expiresAtMs,
      hasAccount: false,
    })
    const browser = openBrowser(collector)
    const accepted = await post(browser, '/accept-new', { token, name: 'Kim', password: PASSWORD })
    expect(accepted).toMatchObject({
      status: 201,
      body: { networkId, networkName: 'Example Network', role: { id: 'analyst' } },
    })
    expect((await browser.ask('GET', '/api/v1/account')).body).toMatchObject({
      user: { email, name: 'Kim', ownsInstallation: false },
      credential: 'sign_in',
      networks: [{ networkId }],
    })
    expect((await members()).map(({ role }) => role.id)).toEqual(['owner', 'analyst'])
    expect((await by(owner)('GET', '/invitations')).body).toEqual([])
    expect(await look(token)).toMatchObject(LINK_INVALID)
  })

  it('is kept as a hash, and its secret gets into no log', async () => {
    const { collector, invite, look, acceptNew } = await setUp()
    const { id, token } = await invite(newEmail())
    const { rows } = await postgres.query('SELECT sha256, invitations::text AS line FROM invitations WHERE id = $1', [
      id,
    ])
    expect(rows[0]?.sha256).toEqual(createHash('sha256').update(token).digest())
    expect(rows[0]?.line).not.toContain(token)
    await look(token)
    await acceptNew(token)
    const entries = await postgres.query('SELECT audit_log::text AS line FROM audit_log')
    const texts = [collector.log(), readFileSync(joinPath(collector.dataDirectory, 'collector.json'), 'utf8')]
    for (const text of [...texts, ...entries.rows.map(({ line }) => line)]) {
      expect(text).not.toContain(token)
      expect(text).not.toContain(PASSWORD)
    }
  })

  it('is accepted by the account with its e-mail address, however that is written, and by no other', async () => {
    const { invite, accept, look, members } = await setUp()
    const [person, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const { token } = await invite(person.email.toUpperCase(), 'admin')
    expect((await look(token)).body.hasAccount).toBe(true)
    const refused = await accept(other, token)
    expect(refused).toMatchObject(refusal(403, 'FORBIDDEN'))
    expect(refused.body.error.message).toContain(person.email.toUpperCase())
    const cookie = person.browser.cookie()
    expect(await accept(person, token)).toMatchObject({ status: 200, body: { role: { id: 'admin' } } })
    await person.browser.ask('GET', '/api/v1/account')
    expect(person.browser.cookie()).not.toBe(cookie)
    expect((await members()).map(({ userId }) => userId)).toContain(person.userId)
    expect(await accept(person, token)).toMatchObject(LINK_INVALID)
  })

  it('is accepted in a browser alone, from a page of this site', async () => {
    const { collector, invite, path } = await setUp()
    const person = await createPerson(collector)
    const { token } = await invite(person.email)
    const accept = '/api/v1/invitations/accept'
    expect(await ask(collector, 'POST', accept, { body: { token } })).toMatchObject(refusal(403, 'PERSON_NEEDED'))
    const foreign = { body: { token }, headers: { origin: 'https://evil.example.net', 'sec-fetch-site': 'cross-site' } }
    expect(await person.browser.ask('POST', accept, foreign)).toMatchObject(refusal(403, 'ORIGIN_REFUSED'))
    for (const route of ['look', 'accept-new']) {
      const body = { token, ...(route === 'look' ? {} : { name: 'Kim', password: PASSWORD }) }
      expect(
        await openBrowser(collector).ask('POST', `/api/v1/invitations/${route}`, { ...foreign, body }),
      ).toMatchObject(refusal(403, 'ORIGIN_REFUSED'))
    }
    expect((await ask(collector, 'GET', `${path}/invitations`)).body).toHaveLength(1)
  })

  it('makes one member, when it is accepted twice at once', async () => {
    const { invite, accept, acceptNew, members } = await setUp()
    const person = await createPerson(test.collector)
    const first = await invite(person.email)
    const both = await Promise.all([accept(person, first.token), accept(person, first.token)])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404])
    const second = await invite(newEmail())
    const twice = await Promise.all([acceptNew(second.token), acceptNew(second.token)])
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 404])
    expect(await members()).toHaveLength(3)
  })

  it('makes no second account, and takes no weak password', async () => {
    const { invite, acceptNew, look } = await setUp()
    const person = await createPerson(test.collector)
    const { token } = await invite(person.email)
    expect(await acceptNew(token)).toMatchObject(refusal(409, 'EMAIL_TAKEN'))
    const other = await invite(newEmail())
    expect(await acceptNew(other.token, { password: 'password12' })).toMatchObject(refusal(422, 'PASSWORD_WEAK'))
    expect(await acceptNew(other.token, { password: 'short' })).toMatchObject(refusal(422, 'BODY_INVALID'))
    expect((await look(other.token)).status).toBe(200)
  })

  it('is for who is no member yet', async () => {
    const { by, owner, invite, add, look, send } = await setUp()
    const person = await createPerson(test.collector)
    const invitation = { email: owner.email.toUpperCase(), role: 'viewer' }
    expect(await by(owner)('POST', '/invitations', invitation)).toMatchObject(refusal(409, 'CONFLICT'))
    const { token } = await invite(person.email)
    await add(person, 'viewer')
    expect(await look(token)).toMatchObject(LINK_INVALID)
    expect((await send('GET', '/invitations')).body).toEqual([])
  })
})

describe('an invitation works no longer, and says no more than that, when', () => {
  const REASONS: Readonly<Record<string, (network: Awaited<ReturnType<typeof setUp>>) => Promise<string>>> = {
    'there never was one': async () => 'A'.repeat(43),
    'it was used': async ({ invite, acceptNew }) => {
      const { token } = await invite(newEmail())
      await acceptNew(token)
      return token
    },
    'it was cancelled': async ({ invite, by, owner }) => {
      const { id, token } = await invite(newEmail())
      expect((await by(owner)('DELETE', `/invitations/${id}`)).status).toBe(204)
      expect(await by(owner)('DELETE', `/invitations/${id}`)).toMatchObject(refusal(404, 'INVITATION_NOT_FOUND'))
      return token
    },
    'a newer one replaced it': async ({ invite, send }) => {
      const email = newEmail()
      const { token } = await invite(email)
      await invite(email.toLowerCase(), 'admin')
      const { entries } = (await send('GET', '/audit?limit=3')).body
      expect(entries.map((entry: { action: string }) => entry.action)).toEqual([
        'invitation.created',
        'invitation.cancelled',
        'invitation.created',
      ])
      expect((await send('GET', '/invitations')).body).toMatchObject([{ role: { id: 'admin' } }])
      return token
    },
    'two days have passed': async ({ invite, send }) => {
      const { id, token } = await invite(newEmail())
      await postgres.query('UPDATE invitations SET expires_at_ms = $1 WHERE id = $2', [Date.now(), id])
      expect((await send('GET', '/invitations')).body).toEqual([])
      return token
    },
    'who sent it was removed': async ({ invite, add, send }) => {
      const admin = await createPerson(test.collector)
      await add(admin, 'admin')
      const { token } = await invite(newEmail(), 'viewer', admin)
      await send('DELETE', `/members/${admin.userId}`)
      return token
    },
    'who sent it may do less now': async ({ invite, add, send }) => {
      const admin = await createPerson(test.collector)
      await add(admin, 'admin')
      const { token } = await invite(newEmail(), 'viewer', admin)
      await send('PATCH', `/members/${admin.userId}`, { role: 'analyst' })
      expect((await send('GET', '/invitations')).body).toMatchObject([{ works: false }])
      return token
    },
    'who sent it was disabled': async ({ invite, add, collector }) => {
      const admin = await createPerson(test.collector)
      await add(admin, 'admin')
      const { token } = await invite(newEmail(), 'viewer', admin)
      await ask(collector, 'PATCH', `/api/v1/users/${admin.userId}`, { body: { disabled: true } })
      return token
    },
    'it makes an owner, and who sent it is none any more': async ({ invite, add, by, owner }) => {
      const other = await createPerson(test.collector)
      await add(other, 'viewer')
      const { token } = await invite(newEmail(), 'owner')
      await by(owner)('POST', '/transfer', { userId: other.userId })
      return token
    },
  }

  it.each(Object.keys(REASONS))('%s', async (reason) => {
    const network = await setUp()
    const token = (await REASONS[reason]?.(network)) ?? ''
    const person = await createPerson(test.collector)
    const before = await network.members()
    const answers = [await network.look(token), await network.accept(person, token), await network.acceptNew(token)]
    for (const answer of answers) expect(answer).toMatchObject(LINK_INVALID)
    expect(new Set(answers.map(({ body }) => body.error.message)).size).toBe(1)
    expect(await network.members()).toEqual(before)
  })
})

it('an invitation is cancelled by who sent it, and by who could have', async () => {
  const { by, owner, add, invite } = await setUp()
  const [one, other] = [await createPerson(test.collector), await createPerson(test.collector)]
  await add(one, 'admin')
  await add(other, 'admin')
  const ofOwner = await invite(newEmail(), 'owner')
  const ofAdmin = await invite(newEmail(), 'admin', one)
  expect(await by(one)('DELETE', `/invitations/${ofOwner.id}`)).toMatchObject(refusal(403, 'FORBIDDEN'))
  expect((await by(other)('DELETE', `/invitations/${ofAdmin.id}`)).status).toBe(204)
  expect((await by(owner)('DELETE', `/invitations/${ofOwner.id}`)).status).toBe(204)
})

it('an invitation of another network is not there', async () => {
  const [here, there] = [await setUp(), await setUp()]
  const { id } = await there.invite(newEmail())
  const cancelled = await here.by(here.owner)('DELETE', `/invitations/${id}`)
  expect(cancelled).toMatchObject(refusal(404, 'INVITATION_NOT_FOUND'))
})

it('links are not tried without end from one address', async () => {
  const { look } = await setUp()
  const answers: number[] = []
  for (let attempt = 0; attempt < 25; attempt++) answers.push((await look(`${attempt}`)).status)
  expect(answers[0]).toBe(404)
  expect(answers.at(-1)).toBe(429)
})
