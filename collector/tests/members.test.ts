import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  type Browser,
  createNetwork,
  createPerson,
  setUpCollector,
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

const UNKNOWN = '019aa000-0000-7000-8000-000000000000'
/** Enough for races to happen, were they possible. */
const ROUNDS = 5

interface MemberJson {
  readonly userId: string
  readonly name: string
  readonly email: string | null
  readonly role: { readonly id: string; readonly name: string }
}

/** A network without members, and what the operator does with it. */
async function setUp() {
  const { collector } = test
  const { networkId, path } = await createNetwork(collector)
  // Owners of the installation, whom other tests have made.
  await postgres.query('DELETE FROM members WHERE network_id = $1', [networkId])
  const send = (method: string, route: string, body?: unknown) =>
    ask(collector, method, path + route, body === undefined ? {} : { body })
  const join = async (role: string, options: Parameters<typeof createPerson>[1] = {}): Promise<TestPerson> => {
    const person = await createPerson(collector, options)
    const added = await send('POST', '/members', { email: person.email, role })
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    return person
  }
  const by =
    ({ browser }: { readonly browser: Browser }) =>
    (method: string, route: string, body?: unknown) =>
      browser.ask(method, path + route, body === undefined ? {} : { body })
  const members = async (): Promise<MemberJson[]> => (await send('GET', '/members')).body
  const roleOf = async ({ userId }: TestPerson) => (await members()).find((member) => member.userId === userId)?.role.id
  const createRole = async (name: string, ...permissions: readonly string[]): Promise<string> =>
    (await send('POST', '/roles', { name, permissions: ['network.view', ...permissions] })).body.id
  return { networkId, path, send, join, by, members, roleOf, createRole }
}

const refusal = (status: number, code: string) => ({ status, body: { error: { code } } })
const FORBIDDEN = refusal(403, 'FORBIDDEN')
const OWNER_NEEDED = refusal(409, 'OWNER_NEEDED')
const CONFLICT = refusal(409, 'CONFLICT')

describe('roles', () => {
  it('are those that every network has, and those that it makes', async () => {
    const { send, createRole, join } = await setUp()
    const id = await createRole('Moderator', 'players.view')
    await join(id)
    const { body } = await send('GET', '/roles')
    expect(body.map((role: { id: string }) => role.id)).toEqual(['owner', 'admin', 'analyst', 'viewer', id])
    expect(body[3]).toEqual({
      id: 'viewer',
      name: 'Viewer',
      isBuiltIn: true,
      permissions: ['network.view', 'players.view'],
      members: 0,
    })
    expect(body[4]).toMatchObject({ name: 'Moderator', isBuiltIn: false, members: 1 })
    expect((await send('PATCH', `/roles/${id}`, { name: 'Mod' })).body).toMatchObject({ name: 'Mod', members: 1 })
  })

  it.each([
    ['POST', '', { name: 'Blind', permissions: ['players.view'] }, refusal(422, 'BODY_INVALID')],
    ['POST', '', { name: 'Odd', permissions: ['network.view', 'networks.create'] }, refusal(422, 'BODY_INVALID')],
    ['POST', '', { name: 'admin', permissions: ['network.view'] }, CONFLICT],
    ['POST', '', { name: 'moderator', permissions: ['network.view'] }, CONFLICT],
    ['PATCH', '/viewer', { name: 'Guest' }, CONFLICT],
    ['DELETE', '/owner', undefined, CONFLICT],
    ['PATCH', `/${UNKNOWN}`, { name: 'Guest' }, refusal(404, 'ROLE_NOT_FOUND')],
    ['DELETE', `/${UNKNOWN}`, undefined, refusal(404, 'ROLE_NOT_FOUND')],
  ])('are not changed by %s roles%s %j', async (method, route, body, expected) => {
    const { send, createRole } = await setUp()
    await createRole('Moderator')
    const before = (await send('GET', '/roles')).body
    expect(await send(method, `/roles${route}`, body)).toMatchObject(expected)
    expect((await send('GET', '/roles')).body).toEqual(before)
  })

  it('of another network are not there', async () => {
    const [here, there] = [await setUp(), await setUp()]
    const id = await there.createRole('Theirs')
    const person = await here.join('viewer')
    const wanted = refusal(404, 'ROLE_NOT_FOUND')
    expect(await here.send('PATCH', `/roles/${id}`, { name: 'Ours' })).toMatchObject(wanted)
    expect(await here.send('PATCH', `/members/${person.userId}`, { role: id })).toMatchObject(wanted)
    expect(await here.send('POST', '/invitations', { email: 'kim@example.net', role: id })).toMatchObject(wanted)
  })

  it('allow at once what they are changed to, with a new secret for who has them', async () => {
    const { send, join, by, createRole } = await setUp()
    const id = await createRole('Changing')
    const person = await join(id)
    const cookies = [person.browser.cookie()]
    const visit = async (): Promise<number> => {
      const { status } = await by(person)('GET', '/keys')
      if (!cookies.includes(person.browser.cookie())) cookies.push(person.browser.cookie())
      return status
    }
    // The new secret comes with a refusal as well.
    expect([await visit(), cookies.length]).toEqual([403, 2])
    await send('PATCH', `/roles/${id}`, { name: 'Changed' })
    expect([await visit(), cookies.length]).toEqual([403, 2])
    await send('PATCH', `/roles/${id}`, { permissions: ['network.view', 'keys.manage'] })
    expect([await visit(), cookies.length]).toEqual([200, 3])
    await send('PATCH', `/roles/${id}`, { permissions: ['network.view'] })
    expect([await visit(), cookies.length]).toEqual([403, 4])
  })

  it('in use are not deleted, and say who uses them', async () => {
    const { send, join, createRole } = await setUp()
    const id = await createRole('Used')
    const people = [await join(id), await join(id)]
    await send('POST', '/invitations', { email: 'kim@example.net', role: id })
    const refused = await send('DELETE', `/roles/${id}`)
    expect(refused).toMatchObject(CONFLICT)
    expect(refused.body.error.message).toContain('2 members have it, and 1 invitation gives it')
    for (const { userId } of people) await send('PATCH', `/members/${userId}`, { role: 'viewer' })
    const [invitation] = (await send('GET', '/invitations')).body
    await send('DELETE', `/invitations/${invitation.id}`)
    expect((await send('DELETE', `/roles/${id}`)).status).toBe(204)
  })

  it('that are given while they are deleted are either given or gone', async () => {
    const { send, join, roleOf, createRole } = await setUp()
    const person = await join('viewer')
    for (let round = 0; round < ROUNDS; round++) {
      const id = await createRole(`Fleeting ${round}`)
      const [given, deleted] = await Promise.all([
        send('PATCH', `/members/${person.userId}`, { role: id }),
        send('DELETE', `/roles/${id}`),
      ])
      expect([given.status, deleted.status]).toEqual(given.status === 200 ? [200, 409] : [404, 204])
      expect(await roleOf(person)).toBe(given.status === 200 ? id : 'viewer')
      await send('PATCH', `/members/${person.userId}`, { role: 'viewer' })
    }
  })
})

describe('nobody gives more than they have', () => {
  it('an admin makes no owner, changes none, and makes no role that may do more', async () => {
    const { join, by, createRole, members, send } = await setUp()
    const [owner, admin, viewer] = [await join('owner'), await join('admin'), await join('viewer')]
    const powerful = await createRole('Powerful', 'network.delete')
    const before = [await members(), (await send('GET', '/roles')).body]
    const asked = by(admin)
    for (const [method, route, body] of [
      ['PATCH', `/members/${admin.userId}`, { role: 'owner' }],
      ['PATCH', `/members/${viewer.userId}`, { role: powerful }],
      ['PATCH', `/members/${owner.userId}`, { role: 'viewer' }],
      ['DELETE', `/members/${owner.userId}`, undefined],
      ['POST', '/roles', { name: 'More', permissions: ['network.view', 'network.delete'] }],
      ['PATCH', `/roles/${powerful}`, { permissions: ['network.view'] }],
      ['DELETE', `/roles/${powerful}`, undefined],
      ['POST', '/invitations', { email: 'kim@example.net', role: 'owner' }],
    ] as const) {
      expect(await asked(method, route, body), `${method} ${route}`).toMatchObject(FORBIDDEN)
    }
    expect([await members(), (await send('GET', '/roles')).body]).toEqual(before)
    await until(
      () => asked('PATCH', `/members/${viewer.userId}`, { role: 'admin' }),
      ({ status }) => status === 200,
    )
  })

  it('an admin hands no network over', async () => {
    const { join, by } = await setUp()
    const [admin] = [await join('admin'), await join('owner')]
    expect(await by(admin)('POST', '/transfer', { userId: admin.userId })).toMatchObject(FORBIDDEN)
  })

  it('who may do everything without being owner changes no owner either', async () => {
    const { send, join, by } = await setUp()
    const { body } = await send('GET', '/roles')
    const all = (await send('POST', '/roles', { name: 'All', permissions: body[0].permissions })).body.id
    const [owner, person] = [await join('owner'), await join(all)]
    expect(await by(person)('PATCH', `/members/${owner.userId}`, { role: all })).toMatchObject(FORBIDDEN)
    expect(await by(person)('PATCH', `/members/${person.userId}`, { role: 'owner' })).toMatchObject(FORBIDDEN)
  })

  it('an analyst manages nobody, and a stranger finds nothing', async () => {
    const { join, by } = await setUp()
    const [analyst, stranger] = [await join('analyst'), await createPerson(test.collector)]
    for (const [method, route, body] of [
      ['POST', '/roles', { name: 'Mine', permissions: ['network.view'] }],
      ['PATCH', `/members/${analyst.userId}`, { role: 'viewer' }],
      ['POST', '/members', { email: stranger.email, role: 'viewer' }],
      ['GET', '/invitations', undefined],
    ] as const) {
      expect(await by(analyst)(method, route, body), `${method} ${route}`).toMatchObject(FORBIDDEN)
      expect(await by(stranger)(method, route, body)).toMatchObject(refusal(404, 'NETWORK_NOT_FOUND'))
    }
  })

  it('members are added without an invitation by owners of the installation alone, where they manage members', async () => {
    const [{ join, by, roleOf }, other] = [await setUp(), await setUp()]
    const [owner, installer] = [await join('owner'), await join('admin', { ownsInstallation: true })]
    const guest = await createPerson(test.collector)
    const add = { email: guest.email.toUpperCase(), role: 'viewer' }
    expect(await by(owner)('POST', '/members', add)).toMatchObject(FORBIDDEN)
    expect(await by(installer)('POST', '/members', { ...add, role: 'owner' })).toMatchObject(FORBIDDEN)
    expect(await by(installer)('POST', '/members', add)).toMatchObject({ status: 201, body: { email: guest.email } })
    expect(await by(installer)('POST', '/members', add)).toMatchObject(CONFLICT)
    expect(await roleOf(guest)).toBe('viewer')
    const nobody = { ...add, email: 'nobody@example.net' }
    expect(await by(installer)('POST', '/members', nobody)).toMatchObject(refusal(404, 'USER_NOT_FOUND'))
    expect(await other.by(installer)('POST', '/members', add)).toMatchObject(refusal(404, 'NETWORK_NOT_FOUND'))
  })
})

describe('a token', () => {
  it('gives no more than it allows itself, whatever its owner may do', async () => {
    const { join, path, createRole } = await setUp()
    const [owner, viewer] = [await join('owner'), await join('viewer')]
    const exporting = await createRole('Exporting', 'export')
    const body = { name: 'script', permissions: ['network.view', 'players.view', 'members.manage'] }
    const { token } = (await owner.browser.ask('POST', '/api/v1/account/tokens', { body })).body
    const asked = (method: string, route: string, sent?: unknown) =>
      ask({ ...test.collector, token }, method, path + route, sent === undefined ? {} : { body: sent })
    const invite = (role: string) => asked('POST', '/invitations', { email: 'kim@example.net', role })
    expect((await invite('viewer')).status).toBe(201)
    expect(await invite(exporting)).toMatchObject(FORBIDDEN)
    expect(await asked('PATCH', `/members/${viewer.userId}`, { role: 'analyst' })).toMatchObject(FORBIDDEN)
    expect(await asked('POST', '/transfer', { userId: viewer.userId })).toMatchObject(FORBIDDEN)
    expect(await asked('POST', '/leave')).toMatchObject(refusal(403, 'PERSON_NEEDED'))
    expect((await asked('DELETE', `/members/${viewer.userId}`)).status).toBe(204)
  })
})

describe('members', () => {
  it('see each other, and the e-mail addresses if they manage members', async () => {
    const { join, by, members } = await setUp()
    const [owner, viewer] = [await join('owner', { name: 'Olga' }), await join('viewer', { name: 'Vera' })]
    const all = await members()
    expect(all).toMatchObject([
      { userId: owner.userId, name: 'Olga', email: owner.email, role: { id: 'owner', name: 'Owner' } },
      { userId: viewer.userId, name: 'Vera', email: viewer.email, role: { id: 'viewer', name: 'Viewer' } },
    ])
    expect((await by(owner)('GET', '/members')).body).toEqual(all)
    expect((await by(viewer)('GET', '/members')).body).toEqual([{ ...all[0], email: null }, all[1]])
  })

  it('who are removed are out at once, also of what goes on and on', async () => {
    const { path, send, join, by } = await setUp()
    const person = await join('viewer')
    const stream = await fetch(`${test.collector.url}${path}/live/stream`, {
      headers: { cookie: person.browser.cookie() },
    })
    expect(stream.status).toBe(200)
    // It is cut off, which is no proper end.
    const ended = stream.text().catch(() => '')
    expect((await send('DELETE', `/members/${person.userId}`)).status).toBe(204)
    expect(await by(person)('GET', '')).toMatchObject(refusal(404, 'NETWORK_NOT_FOUND'))
    await ended
    expect((await person.browser.ask('GET', '/api/v1/account')).body.networks).toEqual([])
    expect(await send('DELETE', `/members/${person.userId}`)).toMatchObject(refusal(404, 'MEMBER_NOT_FOUND'))
  })

  it('leave by themselves, but for the last owner', async () => {
    const { send, join, by, members } = await setUp()
    const [owner, viewer] = [await join('owner'), await join('viewer')]
    expect((await by(viewer)('POST', '/leave')).status).toBe(204)
    expect(await by(owner)('POST', '/leave')).toMatchObject(OWNER_NEEDED)
    expect(await by(owner)('PATCH', `/members/${owner.userId}`, { role: 'admin' })).toMatchObject(OWNER_NEEDED)
    expect(await send('DELETE', `/members/${owner.userId}`)).toMatchObject(OWNER_NEEDED)
    expect(await send('POST', '/leave')).toMatchObject(refusal(403, 'PERSON_NEEDED'))
    expect(await members()).toHaveLength(1)
  })

  it('keep one owner, when two leave, remove or demote each other at once', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { join, by, members } = await setUp()
      const [one, other] = [await join('owner'), await join('owner')]
      const ways = [
        () => [by(one)('POST', '/leave'), by(other)('POST', '/leave')],
        () => [by(one)('DELETE', `/members/${other.userId}`), by(other)('DELETE', `/members/${one.userId}`)],
        () => [
          by(one)('PATCH', `/members/${other.userId}`, { role: 'viewer' }),
          by(other)('PATCH', `/members/${one.userId}`, { role: 'viewer' }),
        ],
      ]
      const both = await Promise.all(ways[round % ways.length]?.() ?? [])
      expect(both.filter(({ status }) => status < 300)).toHaveLength(1)
      expect((await members()).filter(({ role }) => role.id === 'owner')).toHaveLength(1)
    }
  })

  it('an owner who is disabled is none that a network could rely on', async () => {
    const { send, join } = await setUp()
    const [one, other] = [await join('owner'), await join('owner')]
    await ask(test.collector, 'PATCH', `/api/v1/users/${one.userId}`, { body: { disabled: true } })
    expect(await send('DELETE', `/members/${other.userId}`)).toMatchObject(OWNER_NEEDED)
    expect((await send('DELETE', `/members/${one.userId}`)).status).toBe(204)
  })

  it('an account that a network cannot do without is not disabled, by two at once either', async () => {
    const { join } = await setUp()
    const owners = [await join('owner'), await join('owner')]
    const answers = await Promise.all(
      owners.map(({ userId }) => ask(test.collector, 'PATCH', `/api/v1/users/${userId}`, { body: { disabled: true } })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(answers.find(({ status }) => status === 409)?.body.error).toMatchObject({
      code: 'OWNER_NEEDED',
      message: 'Nobody else owns "Test". Make somebody else an owner there, or delete it.',
    })
  })
})

describe('a network', () => {
  it('is handed over by its owner, who stays as an admin', async () => {
    const { join, by, roleOf } = await setUp()
    const [owner, viewer] = [await join('owner'), await join('viewer')]
    expect(await by(owner)('POST', '/transfer', { userId: UNKNOWN })).toMatchObject(refusal(404, 'MEMBER_NOT_FOUND'))
    expect(await by(owner)('POST', '/transfer', { userId: owner.userId })).toMatchObject(CONFLICT)
    const before = owner.browser.cookie()
    const { body } = await by(owner)('POST', '/transfer', { userId: viewer.userId })
    expect(body).toMatchObject({ userId: viewer.userId, role: { id: 'owner' } })
    expect([await roleOf(owner), await roleOf(viewer)]).toEqual(['admin', 'owner'])
    await by(owner)('GET', '')
    expect(owner.browser.cookie()).not.toBe(before)
  })

  it('is handed over once, when its owner does it twice at once', async () => {
    const { join, by, members } = await setUp()
    const [owner, one, other] = [await join('owner'), await join('viewer'), await join('viewer')]
    const both = await Promise.all([one, other].map(({ userId }) => by(owner)('POST', '/transfer', { userId })))
    expect(both.map(({ status }) => status).sort()).toEqual([200, 403])
    expect((await members()).filter(({ role }) => role.id === 'owner')).toHaveLength(1)
  })

  it('is handed over by the operator, who says from whom where there are several', async () => {
    const { send, join, roleOf } = await setUp()
    const [first, second, viewer] = [await join('owner'), await join('owner'), await join('viewer')]
    expect(await send('POST', '/transfer', { userId: viewer.userId })).toMatchObject(CONFLICT)
    const transfer = { userId: viewer.userId, fromUserId: second.userId }
    expect((await send('POST', '/transfer', transfer)).status).toBe(200)
    expect([await roleOf(first), await roleOf(second), await roleOf(viewer)]).toEqual(['owner', 'admin', 'owner'])
  })

  it('is not handed over to who cannot act, when nobody else would be left', async () => {
    const { join, by, send } = await setUp()
    const [owner, viewer] = [await join('owner'), await join('viewer')]
    await ask(test.collector, 'PATCH', `/api/v1/users/${viewer.userId}`, { body: { disabled: true } })
    expect(await by(owner)('POST', '/transfer', { userId: viewer.userId })).toMatchObject(OWNER_NEEDED)
    expect((await send('GET', '/members')).body[0].role.id).toBe('owner')
  })

  it('belongs to who creates it, and what the operator creates to the owners of the installation', async () => {
    const installer = await createPerson(test.collector, { ownsInstallation: true })
    const { body: own } = await installer.browser.ask('POST', '/api/v1/networks', { body: { name: 'Own' } })
    const membersOf = async (id: string): Promise<MemberJson[]> =>
      (await ask(test.collector, 'GET', `/api/v1/networks/${id}/members`)).body
    expect(await membersOf(own.id)).toMatchObject([{ userId: installer.userId, role: { id: 'owner' } }])
    expect((await installer.browser.ask('GET', `/api/v1/networks/${own.id}`)).status).toBe(200)
    const { networkId } = await createNetwork(test.collector)
    expect(await membersOf(networkId)).toContainEqual(
      expect.objectContaining({ userId: installer.userId, role: { id: 'owner', name: 'Owner' } }),
    )
  })
})
