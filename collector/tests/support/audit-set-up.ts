import pg from 'pg'
import { afterAll, beforeAll, expect } from 'vitest'
import { ask, createNetwork, until } from './api.ts'
import { type Browser, createPerson } from './browser.ts'
import { setUpCollector } from './set-up.ts'

/** The collector of the tests of the audit log. */
export const test = setUpCollector()
/** Its database, for what no answer tells. */
export let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

export const DAY_MS = 86_400_000
export const HOUR_MS = 3_600_000
/** The network of who asks in these tests, as the log has it. */
export const HERE = '127.0.0.0/24'
/** The path of the demo network. */
export const DEMO = '/api/v1/demo-network'

/** One line of the log, as the API lists it. */
export interface Entry {
  readonly id: string
  readonly atMs: number
  readonly action: string
  readonly requestId: string
  readonly target: { readonly kind: string; readonly id: string | null }
  readonly before: unknown
  readonly after: { readonly [name: string]: unknown } | null
  readonly failure: string | null
}

/** A network of a test, see {@link setUp}. */
export type Network = Awaited<ReturnType<typeof setUp>>

/** Makes a network, with ways to ask its API, to send to it, and to read its log. */
export async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector, { name: 'Audited' })
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  const ingest = (path: string, body: unknown) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': network.key } })
  const log = async (query = ''): Promise<Entry[]> => (await send('GET', `/audit${query}`)).body.entries
  return { collector, ...network, send, ingest, log }
}

/** What a server reports of a player who joins. */
export const join = (fields: object = {}) => ({
  server: 'lobby-1',
  uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
  name: 'Notch',
  ...fields,
})

/** A dead letter of what was refused. */
export async function refused({ ingest, send }: Network, fields: object): Promise<string> {
  await ingest('/session/start', join(fields))
  const letters = await until(
    async () => (await send('GET', '/dead-letters')).body,
    (list) => list.length > 0,
  )
  return letters[0].id
}

/** One request of a route, what the log says of it, and what must be as before when it is not made. */
export interface Change {
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

/** A whole hour in the past. */
export const HOUR = Math.floor(Date.now() / HOUR_MS - 2) * HOUR_MS
/** The keys of a network, without when they were last used. */
export const keysOf = async ({ send }: Network) => {
  const { body } = await send('GET', '/keys')
  return body.map(({ lastUsedAtMs: _, ...key }: Record<string, unknown>) => key)
}

/** What concerns nobody in particular yet. */
export const BY_NOBODY = { actor: { kind: 'unknown', id: null }, networkId: null } as const

/** Somebody in a browser, whose sign-ins and account are looked at from elsewhere. */
export async function setUpPerson() {
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

/** Somebody's tokens, without when they were last used. */
export const tokensOf = async (browser: Browser) => {
  const { body } = await browser.ask('GET', '/api/v1/account/tokens')
  return body.map(({ lastUsedAtMs: _, ...token }: Record<string, unknown>) => token)
}

/** The entry of a token that is revoked. */
export const revocationOf = (id: string) => ({
  action: 'token.revoked',
  target: { kind: 'token', id },
  before: { name: 'script', lastFour: expect.any(String), revokedAtMs: null },
  after: { name: 'script', lastFour: expect.any(String), revokedAtMs: expect.any(Number) },
})

/** Makes a token of somebody. */
export async function createToken(browser: Browser) {
  const body = { name: 'script', permissions: ['export'] }
  const { id, token } = (await browser.ask('POST', '/api/v1/account/tokens', { body })).body
  return { id, token, isRevoked: revocationOf(id) }
}

/** A program that waits to be approved. */
export async function startProgram() {
  const body = { name: 'host-1', permissions: ['export'] }
  const { userCode } = (await ask(test.collector, 'POST', '/api/v1/device/code', { body })).body
  const requests = async () => {
    const code = userCode.replace('-', '')
    return (await postgres.query('SELECT * FROM device_requests WHERE user_code = $1', [code])).rows
  }
  return { path: `/api/v1/account/devices/${userCode}`, requests }
}

/** No owner of the installation, as before the set-up. */
export async function withoutOwners(): Promise<void> {
  await postgres.query('UPDATE users SET owns_installation = false')
}

/** The entry of a password that is changed, without whose it is. */
export const isPassword = { action: 'password.changed', before: null, after: { changedAtMs: expect.any(Number) } }
/** The entry of a sign-in that ends. */
export const ended = {
  action: 'sign_in.ended',
  target: { kind: 'sign_in', id: expect.any(String) },
  before: null,
  after: null,
}
/** The entry of a sign-in that begins. */
export const started = (userId: unknown) => ({
  action: 'sign_in.succeeded',
  target: { kind: 'sign_in', id: expect.any(String) },
  before: null,
  after: { userId },
})

/** Somebody who is a member of the network, and what is seen of members there. */
export async function setUpMember({ send }: Network, role = 'viewer') {
  const person = await createPerson(test.collector)
  await send('POST', '/members', { email: person.email, role })
  const members = async () => (await send('GET', '/members')).body
  return { ...person, onUser: { kind: 'user', id: person.userId }, members }
}

/** Makes a role of a network. */
export async function setUpRole({ send }: Network) {
  const { id } = (await send('POST', '/roles', { name: 'Moderator', permissions: ['network.view', 'export'] })).body
  return { id, onRole: { kind: 'role', id }, roles: async () => (await send('GET', '/roles')).body }
}

/** Invites somebody to a network. */
export async function setUpInvitation({ send }: Network, email = `kim-${Math.random()}@example.net`) {
  const { id, link } = (await send('POST', '/invitations', { email, role: 'analyst' })).body
  const invitations = async () => (await send('GET', '/invitations')).body
  return { id, token: link.split('#')[1], onInvitation: { kind: 'invitation', id }, invitations }
}

/** The entry of a member who gets another role. */
export const roleChange = (target: object, before: string, after: string) => ({
  action: 'member.changed',
  target,
  before: { role: before },
  after: { role: after },
})
