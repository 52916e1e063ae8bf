import { createHash, randomBytes, randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, createNetwork, setUpCollector } from './support/index.ts'

const test = setUpCollector()
let postgres: pg.Client
let own: string
let foreign: string
let apiKey: string
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
  const network = await createNetwork(test.collector, { name: 'Own' })
  own = network.networkId
  apiKey = network.key
  foreign = (await createNetwork(test.collector, { name: 'Foreign' })).networkId
})
afterAll(() => postgres?.end())

/** Who may do what, as product and issue want it: written down again, so that a slip in the code is seen. */
const NETWORK_PERMISSIONS = [
  'network.view',
  'network.settings',
  'network.delete',
  'players.view',
  'players.erase',
  'revenue.view',
  'export',
  'keys.manage',
  'ingest.manage',
  'members.manage',
  'campaigns.manage',
  'providers.manage',
  'audit.view',
]
const INSTALLATION_PERMISSIONS = ['networks.create', 'users.manage', 'installation.audit']
const ROLES: Readonly<Record<string, readonly string[]>> = {
  owner: NETWORK_PERMISSIONS,
  admin: NETWORK_PERMISSIONS.filter((permission) => permission !== 'network.delete'),
  analyst: ['network.view', 'players.view', 'revenue.view', 'export', 'campaigns.manage'],
  viewer: ['network.view', 'players.view'],
  // One that a network made for itself.
  keeper: ['network.view', 'keys.manage'],
  // No member of anything.
  nobody: [],
  installation_owner: [],
}

/** The rule of every route. A route that is not here, or has another rule, fails. */
const RULES: Readonly<Record<string, string>> = {
  'GET /about': 'signed_in',
  'GET /account': 'signed_in',
  'PATCH /account': 'person',
  'POST /account/deletion': 'person',
  'DELETE /account/deletion': 'person',
  'GET /account/devices/{userCode}': 'person',
  'POST /account/devices/{userCode}/approve': 'person',
  'POST /account/devices/{userCode}/deny': 'person',
  'GET /account/export': 'person',
  'PUT /account/password': 'person',
  'GET /account/sign-ins': 'person',
  'DELETE /account/sign-ins': 'person',
  'DELETE /account/sign-ins/{signInId}': 'person',
  'DELETE /account/token': 'signed_in',
  'GET /account/tokens': 'person',
  'POST /account/tokens': 'person',
  'DELETE /account/tokens/{tokenId}': 'person',
  'GET /audit': 'installation.audit',
  'GET /demo-network': 'networks.create',
  'POST /demo-network': 'networks.create',
  'DELETE /demo-network': 'networks.create',
  'POST /device/code': 'any_program',
  'POST /device/token': 'any_program',
  'POST /invitations/accept': 'person',
  'POST /invitations/accept-new': 'anyone',
  'POST /invitations/look': 'anyone',
  'GET /networks': 'signed_in',
  'POST /networks': 'networks.create',
  'GET /networks/{networkId}': 'network.view',
  'PATCH /networks/{networkId}': 'network.settings',
  'GET /networks/{networkId}/audit': 'audit.view',
  'GET /networks/{networkId}/ccu': 'network.view',
  'POST /networks/{networkId}/ccu/rebuild': 'network.settings',
  'GET /networks/{networkId}/dead-letters': 'ingest.manage',
  'POST /networks/{networkId}/dead-letters/{deadLetterId}/discard': 'ingest.manage',
  'POST /networks/{networkId}/dead-letters/{deadLetterId}/replay': 'ingest.manage',
  'POST /networks/{networkId}/deletion': 'network.delete',
  'DELETE /networks/{networkId}/deletion': 'network.delete',
  'GET /networks/{networkId}/events': 'players.view',
  'GET /networks/{networkId}/events/export': 'export',
  'GET /networks/{networkId}/events/names': 'network.view',
  'GET /networks/{networkId}/gamemodes': 'network.view',
  'PUT /networks/{networkId}/gamemodes/{backend}': 'network.settings',
  'GET /networks/{networkId}/gaps': 'network.view',
  'GET /networks/{networkId}/ingest': 'network.view',
  'GET /networks/{networkId}/ingest/history': 'network.view',
  'GET /networks/{networkId}/invitations': 'members.manage',
  'POST /networks/{networkId}/invitations': 'members.manage',
  'DELETE /networks/{networkId}/invitations/{invitationId}': 'members.manage',
  'GET /networks/{networkId}/keys': 'keys.manage',
  'POST /networks/{networkId}/keys': 'keys.manage',
  'PATCH /networks/{networkId}/keys/{keyId}': 'keys.manage',
  'GET /networks/{networkId}/keys/{keyId}/connections': 'keys.manage',
  'POST /networks/{networkId}/keys/{keyId}/revoke': 'keys.manage',
  'POST /networks/{networkId}/keys/{keyId}/rotate': 'keys.manage',
  'GET /networks/{networkId}/keys/{keyId}/state': 'keys.manage',
  'GET /networks/{networkId}/keys/{keyId}/state/stream': 'keys.manage',
  'POST /networks/{networkId}/leave': 'network.view',
  'GET /networks/{networkId}/live': 'network.view',
  'GET /networks/{networkId}/live/events': 'players.view',
  'GET /networks/{networkId}/live/players': 'players.view',
  'GET /networks/{networkId}/live/stream': 'network.view',
  'GET /networks/{networkId}/members': 'network.view',
  'POST /networks/{networkId}/members': 'members.manage',
  'PATCH /networks/{networkId}/members/{userId}': 'members.manage',
  'DELETE /networks/{networkId}/members/{userId}': 'members.manage',
  'GET /networks/{networkId}/opt-outs': 'players.view',
  'PUT /networks/{networkId}/opt-outs/{playerId}': 'players.erase',
  'DELETE /networks/{networkId}/opt-outs/{playerId}': 'players.erase',
  'GET /networks/{networkId}/players': 'players.view',
  'GET /networks/{networkId}/players/export': 'export',
  'GET /networks/{networkId}/players/{playerId}': 'players.view',
  'POST /networks/{networkId}/players/{playerId}/erase': 'players.erase',
  'GET /networks/{networkId}/players/{playerId}/export': 'export',
  'GET /networks/{networkId}/roles': 'network.view',
  'POST /networks/{networkId}/roles': 'members.manage',
  'PATCH /networks/{networkId}/roles/{roleId}': 'members.manage',
  'DELETE /networks/{networkId}/roles/{roleId}': 'members.manage',
  'GET /networks/{networkId}/servers': 'network.view',
  'GET /networks/{networkId}/servers/{serverName}': 'network.view',
  'GET /networks/{networkId}/servers/{serverName}/gauges': 'network.view',
  'GET /networks/{networkId}/sessions': 'players.view',
  'GET /networks/{networkId}/sessions/export': 'export',
  'POST /networks/{networkId}/transfer': 'members.manage',
  'GET /operator-tokens': 'users.manage',
  'DELETE /operator-tokens/{tokenId}': 'users.manage',
  'POST /password': 'anyone',
  'POST /password/look': 'anyone',
  'GET /setup': 'anyone',
  'POST /setup': 'anyone',
  'POST /setup/link': 'users.manage',
  'POST /sign-in': 'anyone',
  'POST /sign-out': 'person',
  'GET /users': 'users.manage',
  'POST /users': 'users.manage',
  'PATCH /users/{userId}': 'users.manage',
  'POST /users/{userId}/deletion': 'users.manage',
  'DELETE /users/{userId}/deletion': 'users.manage',
  'PUT /users/{userId}/password': 'users.manage',
  'POST /users/{userId}/password-link': 'users.manage',
}

type Access = { readonly kind: string; readonly permission?: string }
interface Route {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly access: Access | undefined
}

async function loadRoutes(): Promise<Route[]> {
  const { body } = await ask(test.collector, 'GET', '/api/v1/openapi.json')
  return Object.entries<Record<string, { 'x-access'?: Access }>>(body.paths)
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path.replace('/api/v1', '')}`,
        method: method.toUpperCase(),
        path,
        access: operation['x-access'],
      })),
    )
}

const sha256 = (secret: string): Buffer => createHash('sha256').update(secret).digest()
const newSecret = (): string => randomBytes(32).toString('base64url')

/** Somebody new with a role on the network `own`; straight into the tables, since limits count by person. */
async function insertPerson(role: string): Promise<string> {
  const userId = randomUUID()
  await postgres.query(
    'INSERT INTO users (id, email, name, owns_installation, created_at_ms) VALUES ($1, $2, $3, $4, 0)',
    [userId, `${userId}@example.net`, role, role === 'installation_owner'],
  )
  if (role === 'keeper') {
    const roleId = randomUUID()
    await postgres.query(
      'INSERT INTO roles (id, network_id, name, permissions, created_at_ms) VALUES ($1, $2, $3, $4, 0)',
      [roleId, own, `keeper ${roleId}`, ROLES['keeper']],
    )
    await postgres.query('INSERT INTO members (network_id, user_id, role_id, joined_at_ms) VALUES ($1, $2, $3, 0)', [
      own,
      userId,
      roleId,
    ])
  } else if (!['nobody', 'installation_owner'].includes(role)) {
    await postgres.query(
      'INSERT INTO members (network_id, user_id, built_in_role, joined_at_ms) VALUES ($1, $2, $3, 0)',
      [own, userId, role],
    )
  }
  return userId
}

type Headers = Readonly<Record<string, string>>
const AHEAD_MS = 86_400_000

/** As a page of the site sends it. */
const cookieOf = (secret: string): Headers => ({
  cookie: `mctrack_sign_in=${secret}`,
  origin: test.collector.url,
  'sec-fetch-site': 'same-origin',
})

async function insertSignIn(userId: string): Promise<Headers> {
  const secret = newSecret()
  await postgres.query(
    `INSERT INTO sign_in_sessions (id, user_id, sha256, created_at_ms, last_seen_at_ms, expires_at_ms, ends_at_ms, user_agent, country)
     VALUES ($1, $2, $3, $4, $4, $5, $5, '', '')`,
    [randomUUID(), userId, sha256(secret), Date.now(), Date.now() + AHEAD_MS],
  )
  return cookieOf(secret)
}

async function insertToken(userId: string, permissions: readonly string[], networkId: string | null): Promise<Headers> {
  const secret = `mctp_${newSecret()}`
  await postgres.query(
    `INSERT INTO tokens (id, user_id, name, sha256, last_four, permissions, network_id, created_at_ms, expires_at_ms)
     VALUES ($1, $2, 'test', $3, 'abcd', $4, $5, $6, $7)`,
    [randomUUID(), userId, sha256(secret), permissions, networkId, Date.now(), Date.now() + AHEAD_MS],
  )
  return { authorization: `Bearer ${secret}` }
}

/** Each way of proving who one is, and what it leaves of what its owner may do. */
const ALL = [...NETWORK_PERMISSIONS, ...INSTALLATION_PERMISSIONS]
const CREDENTIALS: Readonly<
  Record<
    string,
    {
      readonly make: (userId: string) => Promise<Headers>
      readonly isSignIn?: true
      readonly leaves: (permission: string, networkId: string | undefined) => boolean
    }
  >
> = {
  'a sign-in': { make: insertSignIn, isSignIn: true, leaves: () => true },
  'a token for everything': { make: (userId) => insertToken(userId, ALL, null), leaves: () => true },
  'a token for viewing': {
    make: (userId) => insertToken(userId, ['network.view'], null),
    leaves: (permission) => permission === 'network.view',
  },
  'a token for another network': {
    make: (userId) => insertToken(userId, ALL, foreign),
    leaves: (_permission, networkId) => networkId === foreign,
  },
}

/** What the gate answers when it does not let a request pass. */
const REFUSALS = new Set([
  'TOKEN_MISSING',
  'TOKEN_UNKNOWN',
  'SIGN_IN_ENDED',
  'PERSON_NEEDED',
  'FORBIDDEN',
  'NETWORK_NOT_FOUND',
  'ORIGIN_REFUSED',
  'RATE_LIMITED',
])
/** What would end the credential, or the membership, of who asks, and needs no body for it. */
const ENDS = new Set([
  'POST /sign-out',
  'DELETE /account/sign-ins',
  'DELETE /account/token',
  'POST /networks/{networkId}/leave',
])

/** The gate's answer to a request that could change nothing: its ids are of nothing, its body is empty. */
async function knock({ method, path }: Route, networkId: string, headers: Headers): Promise<string> {
  const address = path
    .replace('{networkId}', networkId)
    .replace('{backend}', 'nowhere')
    .replace('{serverName}', 'nowhere')
    .replace('{userCode}', 'BBBB-BBBB')
    .replaceAll(/\{\w+\}/g, '019aa000-0000-7000-8000-00000000dead')
  const hasBody = method !== 'GET' && method !== 'DELETE'
  const abort = new AbortController()
  const response = await fetch(`${test.collector.url}${address}?limit=nonsense`, {
    method,
    headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
    ...(hasBody ? { body: '[]' } : {}),
    signal: abort.signal,
  })
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? '' : await response.text()
  abort.abort()
  if (response.status === 500) throw new Error(`${method} ${address} answered 500`)
  if (response.status < 400) return 'passed'
  const { code } = JSON.parse(text).error
  return REFUSALS.has(code) ? code : 'passed'
}

function wanted(access: Access, role: string, credential: string, networkId: string): string {
  const { leaves, isSignIn } = CREDENTIALS[credential] ?? { leaves: () => false }
  const may = (permission: string, on?: string): boolean => {
    const granted = on === undefined ? role === 'installation_owner' : on === own && ROLES[role]?.includes(permission)
    return granted === true && leaves(permission, on)
  }
  switch (access.kind) {
    case 'person':
      return isSignIn === true ? 'passed' : 'PERSON_NEEDED'
    case 'installation':
      return may(access.permission ?? '') ? 'passed' : 'FORBIDDEN'
    case 'network':
      if (!may('network.view', networkId)) return 'NETWORK_NOT_FOUND'
      return may(access.permission ?? '', networkId) ? 'passed' : 'FORBIDDEN'
    default:
      return 'passed'
  }
}

const REQUESTS_PER_PERSON = 9

describe('every route', () => {
  it('has a rule, and the one that it should have', async () => {
    const routes = await loadRoutes()
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access?.permission ?? access?.kind]))).toEqual(
      RULES,
    )
  })

  const cases = Object.keys(ROLES).flatMap((role) =>
    Object.keys(CREDENTIALS).map((credential) => [role, credential] as const),
  )
  it.each(cases)('lets pass who may, and nobody else: %s by %s', async (role, credential) => {
    const questions = (await loadRoutes())
      .filter(
        ({ name, access }) =>
          access !== undefined && !['anyone', 'any_program'].includes(access.kind) && !ENDS.has(name),
      )
      .flatMap((route) => (route.path.includes('{networkId}') ? [own, foreign] : [own]).map((id) => ({ route, id })))
    const wrong: string[] = []
    for (let i = 0; i < questions.length; i += REQUESTS_PER_PERSON) {
      const headers = await CREDENTIALS[credential]?.make(await insertPerson(role))
      const answers = questions.slice(i, i + REQUESTS_PER_PERSON).map(async ({ route, id }) => {
        const [is, should] = [
          await knock(route, id, headers ?? {}),
          wanted(route.access ?? { kind: '' }, role, credential, id),
        ]
        if (is !== should) wrong.push(`${route.name} on ${id === own ? 'own' : 'foreign'}: ${is}, not ${should}`)
      })
      await Promise.all(answers)
    }
    expect(wrong).toEqual([])
  })

  it.each([
    ['without credentials', async () => ({}), 'TOKEN_MISSING'],
    ['by an API key', async () => ({ authorization: `Bearer ${apiKey}` }), 'TOKEN_UNKNOWN'],
    ['by an API key in its header', async () => ({ 'x-api-key': apiKey }), 'TOKEN_MISSING'],
    ['by a token of nobody', async () => ({ authorization: `Bearer mctp_${newSecret()}` }), 'TOKEN_UNKNOWN'],
    ['by a cookie of nobody', async () => cookieOf(newSecret()), 'SIGN_IN_ENDED'],
    ['by an empty token', async () => ({ authorization: 'Bearer ' }), 'TOKEN_MISSING'],
    ['by basic authentication', async () => ({ authorization: 'Basic b3duZXI6b3duZXI=' }), 'TOKEN_MISSING'],
  ] as const)('lets nobody pass %s', async (_what, make, refusal) => {
    const wrong: string[] = []
    for (const route of await loadRoutes()) {
      if (['anyone', 'any_program'].includes(route.access?.kind ?? '')) continue
      for (const id of [own, foreign]) {
        const answer = await knock(route, id, await make())
        if (answer !== refusal) wrong.push(`${route.name}: ${answer}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('that changes something takes a cookie from pages of this site alone', async () => {
    const wrong: string[] = []
    for (const route of await loadRoutes()) {
      if (route.method === 'GET' || route.access?.kind === 'any_program') continue
      const { cookie = '' } = await insertSignIn(await insertPerson('owner'))
      for (const headers of [
        { cookie },
        { cookie, origin: test.collector.url },
        { cookie, 'sec-fetch-site': 'same-origin' },
        { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
        { cookie, origin: test.collector.url, 'sec-fetch-site': 'same-site' },
      ]) {
        const answer = await knock(route, own, headers)
        if (answer !== 'ORIGIN_REFUSED') wrong.push(`${route.name}: ${answer}`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('lets the operator pass everywhere but where a person is needed', async () => {
    const wrong: string[] = []
    const headers = { authorization: `Bearer ${test.collector.token}` }
    for (const route of await loadRoutes()) {
      if (ENDS.has(route.name) || ['anyone', 'any_program'].includes(route.access?.kind ?? '')) continue
      const should = route.access?.kind === 'person' ? 'PERSON_NEEDED' : 'passed'
      const answer = await knock(route, own, headers)
      if (answer !== should) wrong.push(`${route.name}: ${answer}`)
    }
    expect(wrong).toEqual([])
  })
})
