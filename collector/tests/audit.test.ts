import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Answer,
  ask,
  type Browser,
  createNetwork,
  createPerson,
  openBrowser,
  setUpCollector,
  startTestCollector,
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
const HOUR_MS = 3_600_000
const HERE = '127.0.0.0/24'
const DEMO = '/api/v1/demo-network'

interface Entry {
  readonly id: string
  readonly atMs: number
  readonly action: string
  readonly requestId: string
  readonly target: { readonly kind: string; readonly id: string | null }
  readonly before: unknown
  readonly after: { readonly [name: string]: unknown } | null
  readonly failure: string | null
}

type Network = Awaited<ReturnType<typeof setUp>>

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector, { name: 'Audited' })
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  const ingest = (path: string, body: unknown) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': network.key } })
  const log = async (query = ''): Promise<Entry[]> => (await send('GET', `/audit${query}`)).body.entries
  return { collector, ...network, send, ingest, log }
}

const join = (fields: object = {}) => ({
  server: 'lobby-1',
  uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
  name: 'Notch',
  ...fields,
})

/** A dead letter of what was refused. */
async function refused({ ingest, send }: Network, fields: object): Promise<string> {
  await ingest('/session/start', join(fields))
  const letters = await until(
    async () => (await send('GET', '/dead-letters')).body,
    (list) => list.length > 0,
  )
  return letters[0].id
}

/** One request of a route, what the log says of it, and what must be as before when it is not made. */
interface Change {
  readonly path: string
  readonly body?: unknown
  /** Default: the operator's. */
  readonly browser?: Browser
  /** Default: the operator. */
  readonly actor?: { readonly kind: string; readonly id: string | null }
  /** Default: the network of the test, or the one that was made. */
  readonly networkId?: string | null
  readonly entries: readonly object[]
  readonly untouched: () => Promise<unknown>
}

const HOUR = Math.floor(Date.now() / HOUR_MS - 2) * HOUR_MS
const keysOf = async ({ send }: Network) => {
  const { body } = await send('GET', '/keys')
  return body.map(({ lastUsedAtMs: _, ...key }: Record<string, unknown>) => key)
}

/** What concerns nobody in particular yet. */
const BY_NOBODY = { actor: { kind: 'unknown', id: null }, networkId: null } as const

/** Somebody in a browser, whose sign-ins and account are looked at from elsewhere. */
async function setUpPerson() {
  const { collector } = test
  const person = await createPerson(collector, { name: 'Before' })
  const onUser = { kind: 'user', id: person.userId }
  const signIns = async () =>
    (await postgres.query('SELECT id FROM sign_in_sessions WHERE user_id = $1', [person.userId])).rows
  const stored = async () => (await postgres.query('SELECT * FROM users WHERE id = $1', [person.userId])).rows
  const hash = async () => (await postgres.query('SELECT hash FROM passwords WHERE user_id = $1', [person.userId])).rows
  const links = async () => (await postgres.query('SELECT sha256 FROM one_time_links')).rows
  const byThem = { browser: person.browser, actor: onUser, networkId: null } as const
  return { ...person, onUser, byThem, signIns, stored, hash, links }
}

const tokensOf = async (browser: Browser) => {
  const { body } = await browser.ask('GET', '/api/v1/account/tokens')
  return body.map(({ lastUsedAtMs: _, ...token }: Record<string, unknown>) => token)
}

const revocationOf = (id: string) => ({
  action: 'token.revoked',
  target: { kind: 'token', id },
  before: { name: 'script', lastFour: expect.any(String), revokedAtMs: null },
  after: { name: 'script', lastFour: expect.any(String), revokedAtMs: expect.any(Number) },
})

async function createToken(browser: Browser) {
  const body = { name: 'script', permissions: ['export'] }
  const { id, token } = (await browser.ask('POST', '/api/v1/account/tokens', { body })).body
  return { id, token, isRevoked: revocationOf(id) }
}

/** A program that waits to be approved. */
async function startProgram() {
  const body = { name: 'host-1', permissions: ['export'] }
  const { userCode } = (await ask(test.collector, 'POST', '/api/v1/device/code', { body })).body
  const requests = async () => {
    const code = userCode.replace('-', '')
    return (await postgres.query('SELECT * FROM device_requests WHERE user_code = $1', [code])).rows
  }
  return { path: `/api/v1/account/devices/${userCode}`, requests }
}

/** No owner of the installation, as before the set-up. */
async function withoutOwners(): Promise<void> {
  await postgres.query('UPDATE users SET owns_installation = false')
}

const isPassword = { action: 'password.changed', before: null, after: { changedAtMs: expect.any(Number) } }
const ended = {
  action: 'sign_in.ended',
  target: { kind: 'sign_in', id: expect.any(String) },
  before: null,
  after: null,
}
const started = (userId: unknown) => ({
  action: 'sign_in.succeeded',
  target: { kind: 'sign_in', id: expect.any(String) },
  before: null,
  after: { userId },
})

/** Somebody who is a member of the network, and what is seen of members there. */
async function setUpMember({ send }: Network, role = 'viewer') {
  const person = await createPerson(test.collector)
  await send('POST', '/members', { email: person.email, role })
  const members = async () => (await send('GET', '/members')).body
  return { ...person, onUser: { kind: 'user', id: person.userId }, members }
}

async function setUpRole({ send }: Network) {
  const { id } = (await send('POST', '/roles', { name: 'Moderator', permissions: ['network.view', 'export'] })).body
  return { id, onRole: { kind: 'role', id }, roles: async () => (await send('GET', '/roles')).body }
}

async function setUpInvitation({ send }: Network, email = `kim-${Math.random()}@example.net`) {
  const { id, link } = (await send('POST', '/invitations', { email, role: 'analyst' })).body
  const invitations = async () => (await send('GET', '/invitations')).body
  return { id, token: link.split('#')[1], onInvitation: { kind: 'invitation', id }, invitations }
}

const roleChange = (target: object, before: string, after: string) => ({
  action: 'member.changed',
  target,
  before: { role: before },
  after: { role: after },
})

/** Every route that changes anything, by its place in the OpenAPI document. */
const CHANGES: Readonly<Record<string, (network: Network) => Promise<Change> | Change>> = {
  'POST /api/v1/networks': ({ collector }) => ({
    path: '/api/v1/networks',
    body: { name: 'Another', currency: 'USD' },
    entries: [
      {
        action: 'network.created',
        networkId: expect.any(String),
        target: { kind: 'network', id: expect.any(String) },
        before: null,
        after: { name: 'Another', timeZone: 'UTC', currency: 'USD', resumeWindowMs: 30_000 },
      },
    ],
    untouched: async () => (await ask(collector, 'GET', '/api/v1/networks')).body.length,
  }),
  'POST /api/v1/demo-network': async ({ collector }) => {
    await ask(collector, 'DELETE', DEMO)
    return {
      path: DEMO,
      body: { days: 1 },
      entries: [
        {
          action: 'network.created',
          target: { kind: 'network', id: expect.any(String) },
          before: null,
          after: { name: 'Demo network', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000, isDemo: true },
        },
      ],
      untouched: async () => (await ask(collector, 'GET', DEMO)).body.networkId,
    }
  },
  'DELETE /api/v1/demo-network': async ({ collector }) => {
    await ask(collector, 'DELETE', DEMO)
    const { networkId } = (await ask(collector, 'POST', DEMO, { body: { days: 1 } })).body
    const target = { kind: 'network', id: networkId }
    return {
      path: DEMO,
      networkId,
      entries: [
        {
          action: 'network.deleted',
          target,
          before: { name: 'Demo network', timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000, isDemo: true },
          after: null,
        },
        {
          action: 'network.deletion_requested',
          target,
          before: { archivedAtMs: null, deleteAtMs: null },
          after: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: async () => (await ask(collector, 'GET', DEMO)).body.networkId,
    }
  },
  'PATCH /api/v1/networks/{networkId}': ({ path, networkId, send }) => ({
    path,
    body: { name: 'Renamed', currency: 'EUR', archived: true },
    entries: [
      {
        action: 'network.archived',
        target: { kind: 'network', id: networkId },
        before: { archivedAtMs: null },
        after: { archivedAtMs: expect.any(Number) },
      },
      {
        action: 'network.changed',
        target: { kind: 'network', id: networkId },
        before: { name: 'Audited' },
        after: { name: 'Renamed' },
      },
    ],
    untouched: async () => (await send('GET', '')).body,
  }),
  'POST /api/v1/networks/{networkId}/keys': (network) => ({
    path: `${network.path}/keys`,
    body: { name: 'second', gamemode: 'survival' },
    entries: [
      {
        action: 'key.created',
        target: { kind: 'key', id: expect.any(String) },
        before: null,
        after: { name: 'second', gamemode: 'survival', lastFour: expect.stringMatching(/^.{4}$/) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'PATCH /api/v1/networks/{networkId}/keys/{keyId}': (network) => ({
    path: `${network.path}/keys/${network.keyId}`,
    body: { name: 'renamed' },
    entries: [
      {
        action: 'key.renamed',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test' },
        after: { name: 'renamed' },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'POST /api/v1/networks/{networkId}/keys/{keyId}/rotate': (network) => ({
    path: `${network.path}/keys/${network.keyId}/rotate`,
    body: { graceSeconds: 60 },
    entries: [
      {
        action: 'key.rotated',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test', lastFour: network.key.slice(-4) },
        after: { name: 'test', lastFour: expect.stringMatching(/^.{4}$/), earlierEndsAtMs: expect.any(Number) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'POST /api/v1/networks/{networkId}/keys/{keyId}/revoke': (network) => ({
    path: `${network.path}/keys/${network.keyId}/revoke`,
    entries: [
      {
        action: 'key.revoked',
        target: { kind: 'key', id: network.keyId },
        before: { name: 'test', revokedAtMs: null },
        after: { name: 'test', revokedAtMs: expect.any(Number) },
      },
    ],
    untouched: () => keysOf(network),
  }),
  'PUT /api/v1/networks/{networkId}/gamemodes/{backend}': async ({ path, ingest, send }) => {
    await ingest('/session/start', join())
    return {
      path: `${path}/gamemodes/lobby-1`,
      body: { gamemode: 'lobby' },
      entries: [
        {
          action: 'gamemode.mapped',
          target: { kind: 'backend', id: 'lobby-1' },
          before: { gamemode: 'lobby-1' },
          after: { gamemode: 'lobby' },
        },
      ],
      untouched: async () => (await send('GET', '/gamemodes')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/dead-letters/{deadLetterId}/replay': async (network) => {
    const id = await refused(network, { startedAtMs: Date.now() - 500 * DAY_MS })
    return {
      path: `${network.path}/dead-letters/${id}/replay`,
      entries: [
        {
          action: 'dead_letters.replayed',
          target: { kind: 'dead_letter', id },
          before: { state: 'kept', code: 'EVENT_TOO_OLD' },
          after: { state: 'replayed', code: 'EVENT_TOO_OLD' },
        },
      ],
      untouched: async () => (await network.send('GET', '/dead-letters')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/dead-letters/{deadLetterId}/discard': async (network) => {
    const id = await refused(network, { startedAtMs: Date.now() - 500 * DAY_MS })
    return {
      path: `${network.path}/dead-letters/${id}/discard`,
      entries: [
        {
          action: 'dead_letters.discarded',
          target: { kind: 'dead_letter', id },
          before: { state: 'kept', code: 'EVENT_TOO_OLD' },
          after: { state: 'discarded', code: 'EVENT_TOO_OLD' },
        },
      ],
      untouched: async () => (await network.send('GET', '/dead-letters')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/ccu/rebuild': ({ path, networkId, send }) => ({
    path: `${path}/ccu/rebuild`,
    body: { fromMs: HOUR, toMs: HOUR + HOUR_MS },
    entries: [
      {
        action: 'ccu.rebuilt',
        target: { kind: 'network', id: networkId },
        before: null,
        after: { fromMs: HOUR, toMs: HOUR + HOUR_MS },
      },
    ],
    untouched: async () => (await send('GET', `/ccu?fromMs=${HOUR}&toMs=${HOUR + HOUR_MS}`)).body.series,
  }),
  'POST /api/v1/networks/{networkId}/deletion': ({ path, networkId, send }) => ({
    path: `${path}/deletion`,
    body: { name: 'Audited' },
    entries: [
      {
        action: 'network.deletion_requested',
        target: { kind: 'network', id: networkId },
        before: { archivedAtMs: null, deleteAtMs: null },
        after: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
      },
    ],
    untouched: async () => (await send('GET', '')).body,
  }),
  'DELETE /api/v1/networks/{networkId}/deletion': async ({ path, networkId, send }) => {
    await send('POST', '/deletion', { name: 'Audited' })
    return {
      path: `${path}/deletion`,
      entries: [
        {
          action: 'network.deletion_cancelled',
          target: { kind: 'network', id: networkId },
          before: { archivedAtMs: expect.any(Number), deleteAtMs: expect.any(Number) },
          after: { archivedAtMs: null, deleteAtMs: null },
        },
      ],
      untouched: async () => (await send('GET', '')).body,
    }
  },
  'POST /api/v1/networks/{networkId}/players/{playerId}/erase': async ({ path, ingest, send }) => {
    const { uuid, name } = join()
    const { body } = await ingest('/session/start', join())
    await ingest('/session/end', { sessionId: body.sessionId })
    return {
      path: `${path}/players/${uuid}/erase`,
      body: { player: name },
      entries: [{ action: 'player.erased', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', `/players/${uuid}/export`)).body.sessions,
    }
  },
  'PUT /api/v1/networks/{networkId}/opt-outs/{playerId}': async ({ path, send }) => {
    const { uuid } = join()
    return {
      path: `${path}/opt-outs/${uuid}`,
      entries: [{ action: 'player.opted_out', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', '/opt-outs')).body,
    }
  },
  'DELETE /api/v1/networks/{networkId}/opt-outs/{playerId}': async ({ path, send }) => {
    const { uuid } = join()
    await send('PUT', `/opt-outs/${uuid}`)
    return {
      path: `${path}/opt-outs/${uuid}`,
      entries: [{ action: 'player.opted_in', target: { kind: 'player', id: uuid }, before: null, after: null }],
      untouched: async () => (await send('GET', '/opt-outs')).body,
    }
  },
  'POST /api/v1/account/deletion': async () => {
    const { onUser, byThem, stored, password } = await setUpPerson()
    return {
      path: '/api/v1/account/deletion',
      body: { password },
      ...byThem,
      entries: [
        {
          action: 'user.deletion_requested',
          target: onUser,
          before: { deleteAtMs: null },
          after: { deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'DELETE /api/v1/account/deletion': async () => {
    const { onUser, byThem, stored, userId } = await setUpPerson()
    const deleteAtMs = Date.now() + DAY_MS
    await postgres.query('UPDATE users SET delete_at_ms = $2 WHERE id = $1', [userId, deleteAtMs])
    return {
      path: '/api/v1/account/deletion',
      ...byThem,
      entries: [
        { action: 'user.deletion_cancelled', target: onUser, before: { deleteAtMs }, after: { deleteAtMs: null } },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users/{userId}/deletion': async () => {
    const { onUser, stored, userId, email } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/deletion`,
      body: { email: email.toUpperCase() },
      networkId: null,
      entries: [
        {
          action: 'user.deletion_requested',
          target: onUser,
          before: { deleteAtMs: null },
          after: { deleteAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'DELETE /api/v1/users/{userId}/deletion': async () => {
    const { onUser, stored, userId } = await setUpPerson()
    const deleteAtMs = Date.now() + DAY_MS
    await postgres.query('UPDATE users SET delete_at_ms = $2 WHERE id = $1', [userId, deleteAtMs])
    return {
      path: `/api/v1/users/${userId}/deletion`,
      networkId: null,
      entries: [
        { action: 'user.deletion_cancelled', target: onUser, before: { deleteAtMs }, after: { deleteAtMs: null } },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users': async () => ({
    path: '/api/v1/users',
    body: { email: `made-${Math.random()}@example.net`, name: 'Made' },
    networkId: null,
    entries: [
      {
        action: 'user.created',
        target: { kind: 'user', id: expect.any(String) },
        before: null,
        after: { email: 'm…@example.net', name: 'Made', ownsInstallation: false },
      },
    ],
    untouched: async () => (await ask(test.collector, 'GET', '/api/v1/users')).body.length,
  }),
  'PATCH /api/v1/users/{userId}': async () => {
    const { userId, onUser, stored } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}`,
      body: { name: 'After', disabled: true },
      networkId: null,
      entries: [
        { action: 'user.changed', target: onUser, before: { name: 'Before' }, after: { name: 'After' } },
        {
          action: 'user.disabled',
          target: onUser,
          before: { disabledAtMs: null },
          after: { disabledAtMs: expect.any(Number) },
        },
      ],
      untouched: stored,
    }
  },
  'POST /api/v1/users/{userId}/password-link': async () => {
    const { userId, onUser, links } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/password-link`,
      networkId: null,
      entries: [
        {
          action: 'password_link.created',
          target: onUser,
          before: null,
          after: { expiresAtMs: expect.any(Number) },
        },
      ],
      untouched: links,
    }
  },
  'PUT /api/v1/users/{userId}/password': async () => {
    const { userId, onUser, hash } = await setUpPerson()
    return {
      path: `/api/v1/users/${userId}/password`,
      body: { password: 'given by the operator' },
      networkId: null,
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'POST /api/v1/sign-in': async () => {
    const { userId, email, password, signIns } = await setUpPerson()
    return {
      ...BY_NOBODY,
      path: '/api/v1/sign-in',
      body: { email, password },
      browser: openBrowser(test.collector),
      entries: [started(userId)],
      untouched: signIns,
    }
  },
  'POST /api/v1/sign-out': async () => {
    const { byThem, signIns } = await setUpPerson()
    return { ...byThem, path: '/api/v1/sign-out', entries: [ended], untouched: signIns }
  },
  'POST /api/v1/setup/link': async () => {
    const { links } = await setUpPerson()
    await withoutOwners()
    return {
      path: '/api/v1/setup/link',
      networkId: null,
      entries: [
        {
          action: 'setup_link.created',
          target: { kind: 'installation', id: null },
          before: null,
          after: { expiresAtMs: expect.any(Number) },
        },
      ],
      untouched: links,
    }
  },
  'POST /api/v1/setup': async () => {
    await withoutOwners()
    const { body } = await ask(test.collector, 'POST', '/api/v1/setup/link')
    // Those networks that have no owner get one, each with an entry of its own.
    await postgres.query('DELETE FROM networks')
    return {
      ...BY_NOBODY,
      path: '/api/v1/setup',
      body: {
        token: body.url.split('#')[1],
        email: `owner-${Math.random()}@example.net`,
        name: 'Olga',
        password: 'a long enough password',
      },
      browser: openBrowser(test.collector),
      entries: [
        {
          action: 'installation.set_up',
          target: { kind: 'installation', id: null },
          before: null,
          after: { userId: expect.any(String) },
        },
        started(expect.any(String)),
        {
          action: 'user.created',
          target: { kind: 'user', id: expect.any(String) },
          before: null,
          after: { email: 'o…@example.net', name: 'Olga', ownsInstallation: true },
        },
      ],
      untouched: async () => (await ask(test.collector, 'GET', '/api/v1/users')).body.length,
    }
  },
  'POST /api/v1/password': async () => {
    const { userId, onUser, hash } = await setUpPerson()
    const { body } = await ask(test.collector, 'POST', `/api/v1/users/${userId}/password-link`)
    return {
      ...BY_NOBODY,
      path: '/api/v1/password',
      body: { token: body.url.split('#')[1], password: 'chosen by the link' },
      browser: openBrowser(test.collector),
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'PATCH /api/v1/account': async () => {
    const { byThem, onUser, email, password, stored } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account',
      body: { name: 'After', email: `x${email}`, currentPassword: password },
      entries: [
        {
          action: 'user.changed',
          target: onUser,
          before: { name: 'Before', email: `${email[0]}…@example.net` },
          after: { name: 'After', email: 'x…@example.net' },
        },
      ],
      untouched: stored,
    }
  },
  'PUT /api/v1/account/password': async () => {
    const { byThem, onUser, password, hash } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account/password',
      body: { currentPassword: password, password: 'another good password' },
      entries: [{ ...isPassword, target: onUser }],
      untouched: hash,
    }
  },
  'DELETE /api/v1/account/sign-ins/{signInId}': async () => {
    const { byThem, browser, signIns } = await setUpPerson()
    const { body } = await browser.ask('GET', '/api/v1/account/sign-ins')
    return { ...byThem, path: `/api/v1/account/sign-ins/${body[0].id}`, entries: [ended], untouched: signIns }
  },
  'DELETE /api/v1/account/sign-ins': async () => {
    const { byThem, signIns } = await setUpPerson()
    return { ...byThem, path: '/api/v1/account/sign-ins', entries: [ended], untouched: signIns }
  },
  'POST /api/v1/account/tokens': async () => {
    const { byThem, userId, browser } = await setUpPerson()
    return {
      ...byThem,
      path: '/api/v1/account/tokens',
      body: { name: 'script', permissions: ['export'] },
      entries: [
        {
          action: 'token.created',
          target: { kind: 'token', id: expect.any(String) },
          before: null,
          after: {
            name: 'script',
            lastFour: expect.stringMatching(/^.{4}$/),
            ownerId: userId,
            permissions: 'network.view, export',
            networkId: null,
            expiresAtMs: expect.any(Number),
          },
        },
      ],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/account/tokens/{tokenId}': async () => {
    const { byThem, browser } = await setUpPerson()
    const { id, isRevoked } = await createToken(browser)
    return {
      ...byThem,
      path: `/api/v1/account/tokens/${id}`,
      entries: [isRevoked],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/account/token': async ({ collector }) => {
    const { byThem, browser } = await setUpPerson()
    const { token, isRevoked } = await createToken(browser)
    const script: Browser = { ...browser, ask: (method, path) => ask({ ...collector, token }, method, path) }
    return {
      ...byThem,
      browser: script,
      path: '/api/v1/account/token',
      entries: [isRevoked],
      untouched: () => tokensOf(browser),
    }
  },
  'DELETE /api/v1/operator-tokens/{tokenId}': async ({ collector }) => {
    const { rows } = await postgres.query(
      `INSERT INTO tokens (id, name, sha256, last_four, permissions, created_at_ms)
       VALUES (gen_random_uuid(), 'script', sha256(gen_random_uuid()::text::bytea), 'abcd', '{}', 1) RETURNING id`,
    )
    return {
      networkId: null,
      path: `/api/v1/operator-tokens/${rows[0].id}`,
      entries: [revocationOf(rows[0].id)],
      untouched: async () =>
        (await ask(collector, 'GET', '/api/v1/operator-tokens')).body.filter(
          ({ revokedAtMs }: { revokedAtMs: number | null }) => revokedAtMs === null,
        ).length,
    }
  },
  'POST /api/v1/account/devices/{userCode}/approve': async () => {
    const { byThem } = await setUpPerson()
    const { path, requests } = await startProgram()
    return {
      ...byThem,
      path: `${path}/approve`,
      body: { expiresInDays: 7 },
      entries: [
        {
          action: 'device.approved',
          target: { kind: 'device', id: null },
          before: null,
          after: { name: 'host-1', permissions: 'network.view, export', networkId: null, days: 7 },
        },
      ],
      untouched: requests,
    }
  },
  'POST /api/v1/account/devices/{userCode}/deny': async () => {
    const { byThem } = await setUpPerson()
    const { path, requests } = await startProgram()
    return {
      ...byThem,
      path: `${path}/deny`,
      entries: [
        {
          action: 'device.denied',
          target: { kind: 'device', id: null },
          before: null,
          after: { name: 'host-1', askedFrom: HERE },
        },
      ],
      untouched: requests,
    }
  },
  'POST /api/v1/networks/{networkId}/roles': (network) => ({
    path: `${network.path}/roles`,
    body: { name: 'Moderator', permissions: ['export', 'network.view'] },
    entries: [
      {
        action: 'role.created',
        target: { kind: 'role', id: expect.any(String) },
        before: null,
        after: { name: 'Moderator', permissions: 'network.view, export' },
      },
    ],
    untouched: async () => (await network.send('GET', '/roles')).body,
  }),
  'PATCH /api/v1/networks/{networkId}/roles/{roleId}': async (network) => {
    const { id, onRole, roles } = await setUpRole(network)
    return {
      path: `${network.path}/roles/${id}`,
      body: { name: 'Moderator', permissions: ['network.view'] },
      entries: [
        {
          action: 'role.changed',
          target: onRole,
          before: { permissions: 'network.view, export' },
          after: { permissions: 'network.view' },
        },
      ],
      untouched: roles,
    }
  },
  'DELETE /api/v1/networks/{networkId}/roles/{roleId}': async (network) => {
    const { id, onRole, roles } = await setUpRole(network)
    const before = { name: 'Moderator', permissions: 'network.view, export' }
    return {
      path: `${network.path}/roles/${id}`,
      entries: [{ action: 'role.deleted', target: onRole, before, after: null }],
      untouched: roles,
    }
  },
  'POST /api/v1/networks/{networkId}/members': async (network) => {
    const { userId, email } = await createPerson(test.collector)
    const target = { kind: 'user', id: userId }
    return {
      path: `${network.path}/members`,
      body: { email, role: 'admin' },
      entries: [{ action: 'member.added', target, before: null, after: { role: 'Admin' } }],
      untouched: async () => (await network.send('GET', '/members')).body,
    }
  },
  'PATCH /api/v1/networks/{networkId}/members/{userId}': async (network) => {
    const { userId, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/members/${userId}`,
      body: { role: 'analyst' },
      entries: [roleChange(onUser, 'Viewer', 'Analyst')],
      untouched: members,
    }
  },
  'DELETE /api/v1/networks/{networkId}/members/{userId}': async (network) => {
    const { userId, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/members/${userId}`,
      entries: [{ action: 'member.removed', target: onUser, before: { role: 'Viewer' }, after: null }],
      untouched: members,
    }
  },
  'POST /api/v1/networks/{networkId}/leave': async (network) => {
    const { browser, onUser, members } = await setUpMember(network)
    return {
      path: `${network.path}/leave`,
      browser,
      actor: onUser,
      entries: [{ action: 'member.left', target: onUser, before: { role: 'Viewer' }, after: null }],
      untouched: members,
    }
  },
  'POST /api/v1/networks/{networkId}/transfer': async (network) => {
    const [owner, viewer] = [await setUpMember(network, 'owner'), await setUpMember(network)]
    const onNetwork = { kind: 'network', id: network.networkId }
    return {
      path: `${network.path}/transfer`,
      body: { userId: viewer.userId },
      browser: owner.browser,
      actor: owner.onUser,
      // The newest first.
      entries: [
        roleChange(owner.onUser, 'Owner', 'Admin'),
        roleChange(viewer.onUser, 'Viewer', 'Owner'),
        {
          action: 'network.transferred',
          target: onNetwork,
          before: { ownerId: owner.userId },
          after: { ownerId: viewer.userId },
        },
      ],
      untouched: viewer.members,
    }
  },
  'POST /api/v1/networks/{networkId}/invitations': (network) => ({
    path: `${network.path}/invitations`,
    body: { email: 'kim@example.net', role: 'analyst' },
    entries: [
      {
        action: 'invitation.created',
        target: { kind: 'invitation', id: expect.any(String) },
        before: null,
        after: { email: 'k…@example.net', role: 'Analyst' },
      },
    ],
    untouched: async () => (await network.send('GET', '/invitations')).body,
  }),
  'DELETE /api/v1/networks/{networkId}/invitations/{invitationId}': async (network) => {
    const { id, onInvitation, invitations } = await setUpInvitation(network)
    const before = { email: 'k…@example.net', role: 'Analyst' }
    return {
      path: `${network.path}/invitations/${id}`,
      entries: [{ action: 'invitation.cancelled', target: onInvitation, before, after: null }],
      untouched: invitations,
    }
  },
  'POST /api/v1/invitations/accept': async (network) => {
    const { userId, email, browser, onUser } = await setUpPerson()
    const { token, onInvitation, invitations } = await setUpInvitation(network, email)
    const before = { email: `${email[0]}…@example.net`, role: 'Analyst' }
    return {
      path: '/api/v1/invitations/accept',
      body: { token },
      browser,
      actor: { kind: 'user', id: userId },
      entries: [
        { action: 'invitation.accepted', target: onInvitation, before, after: null },
        { action: 'member.added', target: onUser, before: null, after: { role: 'Analyst' } },
      ],
      untouched: invitations,
    }
  },
  'POST /api/v1/invitations/accept-new': async (network) => {
    const { token, onInvitation, invitations } = await setUpInvitation(network)
    const before = { email: 'k…@example.net', role: 'Analyst' }
    const target = { kind: 'user', id: expect.any(String) }
    return {
      path: '/api/v1/invitations/accept-new',
      body: { token, name: 'Kim', password: 'a long enough password' },
      browser: openBrowser(test.collector),
      actor: BY_NOBODY.actor,
      // Those of the new account and its sign-in are of no network.
      entries: [
        { action: 'invitation.accepted', target: onInvitation, before, after: null },
        { action: 'member.added', target, before: null, after: { role: 'Analyst' } },
      ],
      untouched: invitations,
    }
  },
}

/** Routes that may change something without an entry, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'POST /api/v1/device/code': 'whoever asks is nobody yet; what somebody says to it has its entry',
  'POST /api/v1/device/token': 'its token has an entry, which needs more than one request: device-sign-in.test.ts',
  'POST /api/v1/invitations/look': 'it changes nothing: the token is in the body to keep it out of addresses',
  'POST /api/v1/password/look': 'it changes nothing: the token is in the body to keep it out of addresses',
  'POST /v1/ingest/session/start': 'what servers report is data, not a change of anything by anybody',
  'POST /v1/ingest/session/end': 'the same',
  'POST /v1/ingest/session/gamemode': 'the same',
  'POST /v1/ingest/batch': 'the same',
  'POST /v1/ingest/heartbeat': 'the same',
}

function requestOf(route: string, { path, body, browser }: Change): Promise<Answer> {
  const options = body === undefined ? {} : { body }
  if (browser !== undefined) return browser.ask(route.split(' ')[0] ?? '', path, options)
  return ask(test.collector, route.split(' ')[0] ?? '', path, options)
}

describe('a route that changes anything', () => {
  it('is in the list of those whose entries are tested, or among the exceptions', async () => {
    const { body: document } = await ask(test.collector, 'GET', '/api/v1/openapi.json')
    const routes = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => !['get', 'head'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes.sort()).toEqual([...Object.keys(CHANGES), ...Object.keys(EXCEPTIONS)].sort())
  })

  it.each(Object.keys(CHANGES))(
    '%s leaves its entry: who, what, on what, before and after, when and from where',
    async (route) => {
      const network = await setUp()
      const change = await CHANGES[route]?.(network)
      if (change === undefined) throw new Error('no such route')
      const beforeMs = Date.now()
      const answer = await requestOf(route, change)
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      const { [route]: made = network.networkId } = {
        'POST /api/v1/networks': answer.body.id,
        'POST /api/v1/demo-network': answer.body.networkId,
      }
      const networkId = change.networkId === undefined ? made : change.networkId
      // Of a network that is gone the log of the installation tells.
      const ofInstallation = networkId === null ? '/api/v1/audit' : `/api/v1/audit?network=${networkId}`
      const log = change.networkId === undefined ? `/api/v1/networks/${networkId}/audit` : ofInstallation
      const { body } = await ask(test.collector, 'GET', log)
      const requestId = answer.headers.get('x-request-id')
      const entries = body.entries.filter((entry: Entry) => entry.requestId === requestId)
      expect(entries.toSorted((a: Entry, b: Entry) => (a.action < b.action ? -1 : 1))).toEqual(
        change.entries.map((entry) => ({
          ...entry,
          id: expect.any(String),
          atMs: expect.any(Number),
          actor: expect.objectContaining(change.actor ?? { kind: 'operator', id: null }),
          networkId,
          failure: null,
          address: HERE,
          requestId,
        })),
      )
      for (const { atMs } of entries) {
        expect(atMs).toBeGreaterThanOrEqual(beforeMs)
        expect(atMs).toBeLessThanOrEqual(Date.now())
      }
    },
  )

  it.each(Object.keys(CHANGES))('%s changes nothing when its entry cannot be written', async (route) => {
    const network = await setUp()
    const change = await CHANGES[route]?.(network)
    if (change === undefined) throw new Error('no such route')
    const before = await change.untouched()
    await postgres.query(
      `CREATE FUNCTION break_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`,
    )
    await postgres.query(
      'CREATE TRIGGER broken BEFORE INSERT ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION break_audit_log()',
    )
    try {
      expect((await requestOf(route, change)).status).toBe(500)
    } finally {
      await postgres.query('DROP TRIGGER broken ON audit_log')
      await postgres.query('DROP FUNCTION break_audit_log()')
    }
    expect(await change.untouched()).toEqual(before)
    // And works again.
    expect((await requestOf(route, change)).status).toBeLessThan(300)
    expect(await change.untouched()).not.toEqual(before)
  })

  it('leaves none when nothing differs, or when it is refused', async () => {
    const { send, log, keyId } = await setUp()
    const before = await log()
    await send('PATCH', '', { name: 'Audited', archived: false })
    await send('PATCH', `/keys/${keyId}`, { name: 'test' })
    await send('PATCH', '', { name: '' })
    await send('POST', '/keys/019aa000-0000-7000-8000-000000000000/revoke')
    await send('PUT', '/gamemodes/nowhere', { gamemode: 'x' })
    await send('POST', '/ccu/rebuild', { fromMs: 2, toMs: 1 })
    expect(await log()).toEqual(before)
    await send('POST', `/keys/${keyId}/revoke`)
    await send('POST', `/keys/${keyId}/revoke`)
    await send('POST', `/keys/${keyId}/rotate`, {})
    expect((await log()).map(({ action }) => action)).toEqual(['key.revoked', ...before.map(({ action }) => action)])
  })

  it('says so when it was announced and failed', async () => {
    const network = await setUp()
    const id = await refused(network, { uuid: 'nobody' })
    const answer = await network.send('POST', `/dead-letters/${id}/replay`)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const requestId = answer.headers.get('x-request-id')
    expect((await network.log()).slice(0, 2)).toMatchObject([
      { action: 'dead_letters.replayed', requestId, failure: answer.body.error.code, before: null, after: null },
      { action: 'dead_letters.replayed', requestId, failure: null, after: { state: 'replayed' } },
    ])
  })

  it('leaves entries that follow from each other, when many come at once', async () => {
    const { send, log, key, keyId } = await setUp()
    const names = Array.from({ length: 8 }, (_, i) => `name ${i}`)
    await Promise.all([
      ...names.map((name) => send('PATCH', '', { name })),
      ...names.map(() => send('POST', `/keys/${keyId}/rotate`, {})),
    ])
    const follow = (entries: readonly Entry[], field: string, first: unknown, last: unknown) => {
      const nextOf = new Map(entries.map(({ before, after }) => [(before as typeof after)?.[field], after?.[field]]))
      let value = first
      for (let i = 0; i < entries.length; i++) value = nextOf.get(value)
      expect(nextOf.size).toBe(entries.length)
      expect(value).toBe(last)
    }
    const changes = await log('?action=network.changed')
    expect(changes).toHaveLength(8)
    follow(changes, 'name', 'Audited', (await send('GET', '')).body.name)
    const rotations = await log('?action=key.rotated')
    expect(rotations).toHaveLength(8)
    const { rows } = await postgres.query(
      'SELECT last_four FROM api_key_secrets WHERE key_id = $1 AND expires_at_ms IS NULL',
      [keyId],
    )
    follow(rotations, 'lastFour', key.slice(-4), rows[0]?.last_four)
  })
})

describe('the log', () => {
  it('refuses to be changed, whoever asks', async () => {
    await setUp()
    for (const statement of [
      "UPDATE audit_log SET action = 'network.changed'",
      'UPDATE audit_log SET at_ms = 0 WHERE false',
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'INSERT INTO audit_log SELECT * FROM audit_log LIMIT 1 ON CONFLICT (id) DO UPDATE SET at_ms = 0',
    ]) {
      await expect(postgres.query(statement), statement).rejects.toThrow('audit_log is append only')
    }
    await postgres.query('BEGIN')
    await postgres.query('SET LOCAL session_replication_role = replica')
    await expect(postgres.query('DELETE FROM audit_log')).rejects.toThrow('audit_log is append only')
    await postgres.query('ROLLBACK')
  })

  it.each(['203.0.113.7/32', '203.0.113.0/25', '2001:db8::1/128', '2001:db8:1:2::/64'])(
    'has no room for the address %s',
    async (address) => {
      const insert = postgres.query(
        `INSERT INTO audit_log (id, at_ms, actor_kind, address, request_id, action, target_kind)
         VALUES (gen_random_uuid(), 1, 'operator', $1::cidr, gen_random_uuid(), 'network.changed', 'network')`,
        [address],
      )
      await expect(insert).rejects.toThrow('audit_log_address_check')
    },
  )

  it('holds no secret, whatever is sent', async () => {
    const { key, keyId, send, log, collector } = await setUp()
    const rotated = (await send('POST', `/keys/${keyId}/rotate`, {})).body.key
    const wrong = `mcto_${'wrong-token'.repeat(4).slice(0, 43)}`
    for (const secret of [key, rotated, collector.token, wrong]) {
      await ask(collector, 'GET', '/api/v1/networks', { headers: { authorization: `Bearer ${secret}` } })
      await send('PATCH', '', { name: secret })
      await send('POST', '/keys', { name: `old ${secret}`, gamemode: secret })
      await send('PATCH', `/keys/${keyId}`, { name: secret })
    }
    expect((await log()).length).toBeGreaterThanOrEqual(10)
    await until(
      async () => (await ask(collector, 'GET', '/api/v1/audit?action=sign_in.failed')).body.entries,
      (entries) => entries.length > 0,
    )
    const { rows } = await postgres.query('SELECT audit_log::text AS line FROM audit_log')
    const text = rows.map(({ line }) => line).join('\n')
    expect(text).toContain('[hidden]')
    for (const secret of [key, rotated, collector.token, wrong]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(secret.slice(5))
    }
  })

  it('is listed newest first, page by page, and by what is asked', async () => {
    await withoutOwners()
    const { send, log, collector, networkId } = await setUp()
    const startedAtMs = Date.now()
    for (let i = 0; i < 5; i++) await send('PATCH', '', { name: `name ${i}` })
    const all = await log()
    expect(all.map(({ action }) => action)).toEqual([
      ...Array<string>(5).fill('network.changed'),
      'key.created',
      'network.created',
    ])
    expect(all[0]?.after).toEqual({ name: 'name 4' })

    const paged: Entry[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(4)
      const { body } = await send('GET', `/audit?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...body.entries)
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all)

    const count = async (query: string) => (await log(query)).length
    expect(await count('?action=key.created')).toBe(1)
    expect(await count('?actor=operator')).toBe(7)
    expect(await count('?actor=unknown')).toBe(0)
    expect(await count(`?fromMs=${startedAtMs}&action=network.changed`)).toBe(5)
    expect(await count(`?toMs=${all[0]?.atMs}`)).toBeLessThan(7)
    expect(await count(`?fromMs=${Date.now() + 60_000}`)).toBe(0)

    const everything = await ask(collector, 'GET', `/api/v1/audit?network=${networkId}`)
    expect(everything.body.entries).toEqual(all)
    const other = await setUp()
    const { body } = await ask(collector, 'GET', '/api/v1/audit?limit=500')
    const networks = new Set(body.entries.map((entry: { networkId: string }) => entry.networkId))
    expect(networks).toContain(networkId)
    expect(networks).toContain(other.networkId)
    expect((await other.log()).every(({ id }) => !all.some((entry) => entry.id === id))).toBe(true)
  })

  it.each([
    ['cursor=nonsense'],
    ['action=network.painted'],
    ['actor=somebody'],
    ['limit=501'],
    ['fromMs=yesterday'],
    ['network=nonsense'],
  ])('refuses to be asked for %s', async (query) => {
    expect(await ask(test.collector, 'GET', `/api/v1/audit?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'QUERY_INVALID' } },
    })
  })

  it('of a network that is not there is not found', async () => {
    const path = '/api/v1/networks/019aa000-0000-7000-8000-000000000000/audit'
    expect((await ask(test.collector, 'GET', path)).body).toMatchObject({ error: { code: 'NETWORK_NOT_FOUND' } })
  })

  it('of an archived network stays readable, and says who restored it', async () => {
    await withoutOwners()
    const { send, log } = await setUp()
    await send('PATCH', '', { archived: true })
    expect((await log()).map(({ action }) => action)).toEqual(['network.archived', 'key.created', 'network.created'])
    const [archived] = await log()
    await send('PATCH', '', { archived: false })
    expect((await log())[0]).toMatchObject({
      action: 'network.restored',
      before: archived?.after,
      after: { archivedAtMs: null },
    })
  })
})

it('wrong tokens are written down with the network they come from, and a flood of them is counted', async () => {
  // On its own, so that no other test's wrong tokens are counted.
  const collector = await startTestCollector({
    env: { MCTRACK_CLICKHOUSE_URL: test.databases.clickhouseUrl, MCTRACK_POSTGRES_URL: test.databases.postgresUrl },
  })
  const startedAtMs = Date.now()
  const failed = async (): Promise<Entry[]> =>
    (await ask(test.collector, 'GET', `/api/v1/audit?action=sign_in.failed&fromMs=${startedAtMs}`)).body.entries
  const attempt = (headers: Readonly<Record<string, string>>) =>
    ask(collector, 'GET', '/api/v1/networks', { headers: { 'x-forwarded-for': '203.0.113.7', ...headers } })
  try {
    await fetch(`${collector.url}/api/v1/networks`) // No token is no wrong one.
    const first = await attempt({ authorization: 'Bearer wrong' })
    expect(first.status).toBe(401)
    const [entry] = await until(failed, (entries) => entries.length > 0)
    expect(entry).toEqual({
      id: expect.any(String),
      atMs: expect.any(Number),
      actor: { kind: 'unknown', id: null, name: null },
      action: 'sign_in.failed',
      networkId: null,
      target: { kind: 'operator', id: null },
      before: null,
      after: { attempts: 1, firstAtMs: expect.any(Number), lastAtMs: expect.any(Number) },
      failure: null,
      address: HERE,
      requestId: first.headers.get('x-request-id'),
    })
    for (let i = 0; i < 20; i++) {
      await Promise.all(Array.from({ length: 25 }, () => attempt({ authorization: `Bearer wrong-${i}` })))
    }
    expect(await failed()).toHaveLength(1)
  } finally {
    await collector.remove()
  }
  // What was counted is written when the collector stops.
  expect(await failed()).toMatchObject([{ after: { attempts: 500 } }, { after: { attempts: 1 } }])
})
