import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  LANE,
  openBrowser,
  sessionFields,
  signIn,
  startTestCollector,
  type TestCollector,
} from './support/index.ts'

let collector: TestCollector
beforeAll(async () => {
  // Both engines are its own, with their files in its data directory.
  collector = await startTestCollector({ env: { MCTRACK_LOG_LEVEL: 'trace' } })
})
afterAll(() => collector?.remove())

/** The one file that is there to hold a secret. */
const OPERATOR_TOKEN_FILE = 'operator-token'

function* filesIn(directory: string): Generator<string> {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) yield* filesIn(path)
    else if (entry.isFile()) yield path
  }
}

/** A secret as it could be written: as it is, in base64 at any of three offsets, or in hex. */
function spellings(secret: string): Buffer[] {
  const bytes = Buffer.from(secret)
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    // Without what the bytes before and after it have a part in.
    return text.slice(offset === 0 ? 0 : 4, text.length - (text.endsWith('=') ? 4 : 0))
  })
  const raw = /^[\w-]{43}$/.test(secret) ? [Buffer.from(secret, 'base64url')] : []
  const texts = [secret, ...base64, ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))]
  const hex = bytes.toString('hex')
  return [...texts, hex, hex.toUpperCase(), encodeURIComponent(secret)].map((text) => Buffer.from(text)).concat(raw)
}

it('are nowhere: not in what PostgreSQL and ClickHouse keep, their logs, ours, or the audit log', async () => {
  const secrets = new Map<string, string>()
  const keep = (what: string, secret: string): string => {
    expect(secret.length, what).toBeGreaterThanOrEqual(16)
    secrets.set(what, secret)
    return secret
  }
  const tokenOf = (url: string): string => url.split('#')[1] ?? ''
  const cookieOf = (what: string, { cookie }: { cookie(): string }) => keep(what, cookie().split('=')[1] ?? '')
  keep('the operator’s token', collector.token)

  // Set-up, and passwords chosen, changed, reset, wrong and refused.
  const { body: setUp } = await ask(collector, 'POST', '/api/v1/setup/link')
  const owner = openBrowser(collector)
  const password = keep('a password', 'the first passphrase of Olga')
  const email = 'olga@example.net'
  const refused = keep('a password that was refused', 'minecraftminecraft')
  for (const tried of [refused, password]) {
    const body = { token: keep('the set-up link', tokenOf(setUp.url)), email, name: 'Olga', password: tried }
    await owner.ask('POST', '/api/v1/setup', { body })
  }
  cookieOf('the cookie of the set-up', owner)
  const wrong = keep('a wrong password', 'a wrong passphrase, typed once')
  await expect(signIn(openBrowser(collector), { email, password: wrong })).rejects.toThrow()
  await expect(
    signIn(openBrowser(collector), {
      email: keep('a password in the wrong field', 'typed-into-the@wrong.field'),
      password: wrong,
    }),
  ).rejects.toThrow()
  await signIn(owner, { email, password })
  cookieOf('the cookie of a sign-in', owner)
  const next = keep('a changed password', 'the second passphrase of Olga')
  expect(
    (await owner.ask('PUT', '/api/v1/account/password', { body: { currentPassword: password, password: next } }))
      .status,
  ).toBe(204)
  cookieOf('the cookie after that', owner)

  // A network, keys, and data that comes with them.
  const { path, key, keyId, networkId } = await createNetwork(collector)
  keep('a key', key)
  const rotated = keep(
    'a rotated key',
    (await ask(collector, 'POST', `${path}/keys/${keyId}/rotate`, { body: {} })).body.key,
  )
  const socket = await connectRaw(collector.endpoint, rotated)
  await socket.hello()
  socket.batch(LANE.sessions, 1, [[1, sessionFields(), null]])
  await socket.acknowledged(LANE.sessions, 1)
  socket.close()
  const start = { server: 'web', uuid: 'x', name: keep('a key in a wrong place', `mct_${'WrongKey'.repeat(4)}`) }
  await fetch(`${collector.url}/v1/ingest/session/start`, {
    method: 'POST',
    headers: { 'x-api-key': rotated, 'content-type': 'application/json' },
    body: JSON.stringify({ ...start, name: 'x' }),
  })

  // An invitation, a link for a password, tokens, and a program.
  await ask(collector, 'POST', `${path}/members`, { body: { email, role: 'owner' } })
  await owner.ask('GET', '/api/v1/account')
  cookieOf('the cookie after another right', owner)
  const invited = (
    await owner.ask('POST', `${path}/invitations`, { body: { email: 'ivy@example.net', role: 'viewer' } })
  ).body
  const ivy = openBrowser(collector)
  const ivys = {
    token: keep('an invitation', tokenOf(invited.link)),
    name: 'Ivy',
    password: keep('the password of the invited', 'what Ivy thought of'),
  }
  expect((await ivy.ask('POST', '/api/v1/invitations/accept-new', { body: ivys })).status).toBe(201)
  cookieOf('the cookie of the invited', ivy)
  const ivyId = (await ivy.ask('GET', '/api/v1/account')).body.user.id
  const link = (await ask(collector, 'POST', `/api/v1/users/${ivyId}/password-link`)).body.url
  const chosen = {
    token: keep('a link for a password', tokenOf(link)),
    password: keep('a password by a link', 'what Ivy thought of next'),
  }
  expect((await ivy.ask('POST', '/api/v1/password', { body: chosen })).status).toBe(204)
  await ask(collector, 'PUT', `/api/v1/users/${ivyId}/password`, {
    body: { password: keep('a password by the operator', 'what was thought of for Ivy') },
  })
  const wish = { name: 'script', permissions: ['network.view'], networkId }
  keep('a token', (await owner.ask('POST', '/api/v1/account/tokens', { body: wish })).body.token)
  const device = (await ask(collector, 'POST', '/api/v1/device/code', { body: { name: 'host-1' } })).body
  const deviceCode = keep('a device code', device.deviceCode)
  expect((await owner.ask('POST', `/api/v1/account/devices/${device.userCode}/approve`, { body: {} })).status).toBe(200)
  const given = await ask(collector, 'POST', '/api/v1/device/token', { body: { deviceCode } })
  keep('the token of a program', given.body.token)
  for (const token of [...secrets.values()]) {
    await ask({ ...collector, token }, 'GET', '/api/v1/account', { headers: { cookie: `x=${token}` } })
  }
  await owner.ask('POST', '/api/v1/sign-out')
  expect(secrets.size).toBeGreaterThanOrEqual(20)

  const audit = JSON.stringify((await ask(collector, 'GET', '/api/v1/audit?limit=100')).body)
  await collector.stop() // Everything is written down then.
  const places = Array.from(filesIn(collector.dataDirectory), (file) => [file, readFileSync(file)] as const)
  const names = places.map(([file]) => file).join('\n')
  for (const part of ['pg_wal', 'postgres.log', 'clickhouse']) expect(names).toContain(part)
  const searched = [
    ...places,
    ['our log', Buffer.from(collector.log())] as const,
    ['the audit log', Buffer.from(audit)] as const,
  ]
  // The search finds what is there: e-mail addresses are, and so is the one secret that has its file.
  expect(places.some(([, bytes]) => bytes.includes(email))).toBe(true)
  const found = searched.flatMap(([place, bytes]) =>
    Array.from(secrets)
      .filter(([, secret]) => spellings(secret).some((spelling) => bytes.includes(spelling)))
      .map(([what]) => `${what} in ${place}`),
  )
  expect(found).toEqual([`the operator’s token in ${join(collector.dataDirectory, OPERATOR_TOKEN_FILE)}`])
}, 120_000)
