import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  createNetwork,
  createPerson,
  openBrowser,
  setUpCollector,
  signIn,
  type TestPerson,
} from './support/index.ts'
import { type RawAnswer, sendRaw } from './support/raw-http.ts'

// The tests are a proxy to be trusted, so that limits by address do not stand in the way of each other.
const test = setUpCollector({ MCTRACK_TRUSTED_PROXIES: '127.0.0.1' })
const UNKNOWN_ID = '019aa000-0000-7000-8000-000000000000'
const SIGN_IN = 'mctrack_sign_in'

interface Operation {
  readonly 'x-access'?: { readonly kind: string }
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, { readonly content?: object }>>
}
interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, unknown>>
}
interface Route {
  readonly method: string
  readonly template: string
  readonly access: string | undefined
  readonly query: readonly string[]
  /** Names of the fields of its body. */
  readonly fields: readonly string[]
  /** Goes on and on. */
  readonly isStream: boolean
}

let routes: readonly Route[]
let owner: TestPerson
let networkId: string
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
  owner = await createPerson(test.collector, { ownsInstallation: true })
  networkId = (await createNetwork(test.collector)).networkId
  await ask(test.collector, 'POST', `/api/v1/networks/${networkId}/members`, {
    body: { email: owner.email, role: 'owner' },
  })
  const { body } = await ask(test.collector, 'GET', '/api/v1/openapi.json')
  const fieldsOf = (schema: Schema | undefined): string[] => {
    const found = schema?.$ref === undefined ? schema : body.components.schemas[schema.$ref.split('/').at(-1) ?? '']
    return Object.keys(found?.properties ?? {})
  }
  routes = Object.entries(body.paths as Record<string, Record<string, Operation>>)
    .filter(([template]) => template.startsWith('/api/v1/'))
    .flatMap(([template, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method: method.toUpperCase(),
        template,
        access: operation['x-access']?.kind,
        query: (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name),
        fields: fieldsOf(operation.requestBody?.content['application/json']?.schema),
        isStream: JSON.stringify(operation.responses).includes('text/event-stream'),
      })),
    )
  expect(routes.length).toBeGreaterThan(60)
})
afterAll(() => postgres?.end())

const pathOf = (template: string, id: string = UNKNOWN_ID): string =>
  template.replace('{networkId}', networkId).replace(/\{[^}]+\}/g, id)

let addresses = 0
/** As the operator, who is not limited, from an address of its own. */
function send(
  method: string,
  path: string,
  options: { readonly body?: string | Buffer; readonly headers?: object } = {},
) {
  const from = addresses++
  return sendRaw(test.collector, method, path, {
    ...options,
    headers: {
      authorization: `Bearer ${test.collector.token}`,
      'content-type': 'application/json',
      origin: test.collector.url,
      'sec-fetch-site': 'same-origin',
      'x-forwarded-for': `100.${64 + ((from >> 16) & 63)}.${(from >> 8) & 255}.${from & 255}`,
      ...options.headers,
    },
  })
}

/** Writes bytes and returns the first that come back; '' when the connection is closed instead. */
function sendBytes(bytes: Buffer): Promise<string> {
  const socket = connect(test.collector.port, '127.0.0.1')
  return new Promise((resolve, reject) => {
    socket.once('data', (chunk) => resolve(chunk.toString()))
    socket.once('close', () => resolve(''))
    socket.once('error', reject)
    // What it takes for half a request it waits for, and does nothing.
    socket.setTimeout(1_000, () => resolve(''))
    socket.write(bytes)
  }).then((text) => {
    socket.destroy()
    return text as string
  })
}

/** Refused in words of ours: never a failure, nor a word of what is inside. */
function expectOurs(answer: RawAnswer, what: string): void {
  expect(answer.status, `${what}\n${answer.text}`).toBeLessThan(500)
  expect(answer.text, what).not.toMatch(/node_modules|at .*\.ts:\d|syntax error|relation "|pg_|Kysely/)
}

const EVIL_TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b@example.net',
  'a@example.net\r\nX-Evil: 1',
  '\r\nSet-Cookie: evil=1\r\n',
  '\u001b[31mred',
  '\ud800',
  '\u202eevil',
  "' OR 1=1; --",
  '"; DROP TABLE users; --',
  '{{7*7}} #{7*7} <script>alert(1)</script>',
  '../../../../etc/passwd',
  '%00%0d%0a',
  '__proto__',
  'constructor',
  '9'.repeat(400),
  'x'.repeat(10_000),
  '😀'.repeat(300),
]
const titleOf = (text: string): string => JSON.stringify(text).slice(0, 40)
const evilValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...EVIL_TEXTS) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  { weight: 1, arbitrary: fc.constantFrom(-1, 1e300, 0.1, 2 ** 53, [], {}, null, true, [null], [[]]) },
)

/** Those that take fields. */
function changing(): Route[] {
  const some = routes.filter(({ fields }) => fields.length > 0)
  expect(some.length).toBeGreaterThan(20)
  return some
}

describe('a body', () => {
  const deep = '['.repeat(200_000)
  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['half an object', '{"name":'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a number that is too large', '1e999'],
    ['lists in lists without end', deep],
    ['lists in lists, closed', deep + ']'.repeat(200_000)],
    ['objects in objects', `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`],
    ['a prototype', '{"__proto__":{"ownsInstallation":true},"constructor":{"prototype":{"x":1}}}'],
    ['a field twice', '{"name":"a","name":{"b":1},"email":"a","email":[]}'],
    ['a mark at the beginning', '\ufeff{}'],
    ['bytes that are no text', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['zeros', Buffer.alloc(1_000)],
    ['a field that there is not', '{"isOperator":true,"userId":"x","networkId":"y"}'],
    ['just what is allowed in size', Buffer.alloc(1_048_576, 0x20)],
    ['more than is allowed in size', Buffer.alloc(1_048_577, 0x20)],
  ])('of %s is refused by every route, or not looked at', async (what, body) => {
    for (const { method, template } of routes) {
      if (method === 'GET') continue
      const answer = await send(method, pathOf(template), { body })
      expectOurs(answer, `${method} ${template}: ${what}`)
    }
  })

  it.each(EVIL_TEXTS.map((text) => [titleOf(text), text]))(
    'with %s in any field fails nowhere',
    async (_title, text) => {
      for (const { method, template, fields } of changing()) {
        const each = fields.map((field) => [field])
        for (const some of fields.length === 1 ? each : [...each, fields]) {
          const sent = JSON.stringify(Object.fromEntries(some.map((field) => [field, text])))
          expectOurs(
            await send(method, pathOf(template), { body: sent }),
            `${method} ${template} ${sent.slice(0, 200)}`,
          )
        }
      }
    },
  )

  it('with anything in any field fails nowhere', async () => {
    for (const { method, template, fields } of changing()) {
      const bodies = fc.record(Object.fromEntries(fields.map((field) => [field, evilValue])), { requiredKeys: [] })
      await fc.assert(
        fc.asyncProperty(bodies, async (body) => {
          expectOurs(await send(method, pathOf(template), { body: JSON.stringify(body) }), `${method} ${template}`)
        }),
        { numRuns: 8, endOnFailure: true },
      )
    }
  })

  it.each(EVIL_TEXTS.map((text) => [titleOf(text), text]))(
    'with %s for an e-mail address, a name or a password signs nobody in and makes nobody',
    async (_title, text) => {
      const attempts = [
        ['/sign-in', { email: text, password: text }],
        ['/setup', { token: text, email: text, name: text, password: text }],
        ['/users', { email: text, name: text }],
        ['/password', { token: text, password: text }],
        ['/device/token', { deviceCode: text }],
      ] as const
      for (const [path, body] of attempts) {
        const answer = await send('POST', `/api/v1${path}`, { body: JSON.stringify(body) })
        expectOurs(answer, path)
        expect(answer.status, path).toBeGreaterThanOrEqual(400)
        expect(answer.headers.getSetCookie()).toEqual([])
        expect(answer.headers.has('x-evil')).toBe(false)
      }
    },
  )

  it('in pieces without a length is JSON all the same, or does nothing', async () => {
    const headers = [
      'POST /api/v1/networks HTTP/1.1',
      'Host: x',
      `Authorization: Bearer ${test.collector.token}`,
      'Content-Type: text/plain',
      'Transfer-Encoding: chunked',
      'Connection: close',
    ]
    const body = JSON.stringify({ name: 'In pieces' })
    const piece = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
    const text = await sendBytes(Buffer.from(`${headers.join('\r\n')}\r\n\r\n${piece}`))
    expect(text).toMatch(/^HTTP\/1\.1 4\d\d/)
  })
})

describe('a name with line breaks', () => {
  it.each([
    ['POST', '/networks', 'name', {}],
    ['PATCH', '/networks/{networkId}', 'name', {}],
    ['POST', '/networks/{networkId}/keys', 'name', {}],
    ['POST', '/networks/{networkId}/roles', 'name', { permissions: ['network.view'] }],
    ['POST', '/users', 'name', { email: 'breaks@example.net' }],
    ['POST', '/device/code', 'name', {}],
  ])('is refused by %s %s', async (method, template, field, others) => {
    for (const text of ['a\r\nX-Evil: 1', 'a\nb', 'a\u0000b', 'a\u001b[2Jb', 'a\u0085b']) {
      const answer = await send(method, `/api/v1${pathOf(template)}`, {
        body: JSON.stringify({ ...others, [field]: text }),
      })
      expect(answer.status, JSON.stringify(text)).toBe(422)
    }
  })

  it('comes into no header, such as the name of a file', async () => {
    const evil = 'Evil\u2028"; filename="x.exe'
    await ask(test.collector, 'PATCH', `/api/v1/networks/${networkId}`, { body: { name: evil } })
    const files = routes.filter(({ method, template }) => method === 'GET' && template.endsWith('/export'))
    expect(files.length).toBeGreaterThan(0)
    for (const { template } of files) {
      const answer = await send('GET', pathOf(template))
      const disposition = answer.headers.get('content-disposition')
      if (disposition !== null) expect(disposition, template).toMatch(/^attachment; filename="[a-z0-9.-]+"$/)
    }
  })
})

describe('an address of a request', () => {
  it('with anything in a parameter fails nowhere', async () => {
    const values = [
      '',
      '%00',
      '%E0%A4%A',
      '%',
      '%2e%2e%2f',
      "'%20OR%201=1",
      '9'.repeat(400),
      'x'.repeat(1_500),
      '%F0%9F%98%80',
      '-1',
    ]
    for (const { method, template, query, isStream } of routes) {
      if (method !== 'GET' || isStream) continue
      for (const value of values) {
        expectOurs(await send('GET', pathOf(template, value)), `${template}: ${value}`)
        if (query.length === 0) continue
        const all = query.map((name) => `${name}=${value}`).join('&')
        expectOurs(await send('GET', `${pathOf(template)}?${all}&${all}`), `${template}: ${value}`)
      }
    }
  })

  it('written otherwise leads nobody past the gate', async () => {
    const closed = routes.filter(({ access }) => access !== 'anyone' && access !== 'any_program')
    const variants: readonly ((path: string) => string)[] = [
      (path) => path,
      (path) => `/${path}`,
      (path) => path.replace('/v1/', '/v1//'),
      (path) => `${path}/`,
      (path) => `${path}?`,
      (path) => `${path}%20`,
      (path) => `${path}%00`,
      (path) => `${path};x=1`,
      (path) => `${path}#x`,
      (path) => path.toUpperCase(),
      (path) => path.replace('/api/', '/api/./'),
      (path) => path.replace('/api/', '/api/x/../'),
      (path) => path.replace('/api/', '/api/x/%2e%2e/'),
      (path) => path.replace('/api/', '/api%2f'),
      (path) => path.replace('/api/', '/healthz/..%2fapi/'),

      (path) => path.replace('/v1/n', '/v1/%6e'),
    ]
    const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'get', 'GETX']
    for (const { method, template, isStream } of closed) {
      for (const vary of variants) {
        const answer = await sendRaw(test.collector, method, vary(pathOf(template)), {
          headers: {
            'x-original-url': pathOf(template),
            'x-http-method-override': method,
            'x-forwarded-for': '10.0.0.1',
          },
        })
        expectOurs(answer, `${method} ${vary(template)}`)
        expect(answer.status, `${method} ${vary(template)}`).toBeGreaterThanOrEqual(400)
      }
      if (isStream) continue
      for (const other of methods) {
        const headers = { 'x-http-method-override': method }
        const answer = await sendRaw(test.collector, other, pathOf(template), { headers })
        expectOurs(answer, `${other} ${template}`)
        expect(answer.status, `${other} ${template}`).toBeGreaterThanOrEqual(400)
      }
    }
  })

  it.each(['x/api/v1/setup?', 'x/healthz#', 'a b', '[', '%00', 'x@y', '\\'])(
    'with %j for a host is the path that it says',
    async (host) => {
      const answer = await sendRaw(test.collector, 'GET', '/api/v1/networks', { headers: { host } })
      expect([400, 401]).toContain(answer.status)
    },
  )
})

describe('a cookie', () => {
  it.each([
    'x=%E0%A4%A',
    `${SIGN_IN}=%E0%A4%A`,
    `${SIGN_IN}=%00`,
    `${SIGN_IN}=`,
    SIGN_IN,
    `=${SIGN_IN}`,
    `${SIGN_IN}=${'x'.repeat(3_000)}`,
    `${'a=b; '.repeat(500)}`,
    `${SIGN_IN}="`,
    `${SIGN_IN}=a\u0080b`,
    `${SIGN_IN.toUpperCase()}=x`,
    `__proto__=x; ${SIGN_IN}=__proto__`,
  ])('such as %j signs nobody in', async (cookie) => {
    const answer = await sendRaw(test.collector, 'GET', '/api/v1/account', { headers: { cookie } })
    expectOurs(answer, cookie)
    expect([401, 431], answer.text).toContain(answer.status)
  })

  it('twice is the first one, or nobody: a second one changes nothing', async () => {
    const [one, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const junk = `${SIGN_IN}=${randomBytes(32).toString('base64url')}`
    const read = async (...cookies: string[]) => {
      const answer = await sendRaw(test.collector, 'GET', '/api/v1/account', {
        headers: { cookie: cookies.join('; ') },
      })
      return answer.status === 200 ? JSON.parse(answer.text).user.email : answer.status
    }
    expect(await read(one.browser.cookie(), other.browser.cookie())).toBe(one.email)
    expect(await read(one.browser.cookie(), junk)).toBe(one.email)
    expect(await read(junk, one.browser.cookie())).toBe(401)
  })

  it('beside headers that are too long is refused, and the next request is answered', async () => {
    for (const name of ['cookie', 'authorization', 'user-agent', 'x-forwarded-for', 'origin']) {
      const headers = { [name]: 'x'.repeat(100_000) }
      const answer = await sendRaw(test.collector, 'GET', '/api/v1/account', { headers }).catch(() => ({ status: 431 }))
      expect(answer.status, name).toBe(431)
    }
    expect((await sendRaw(test.collector, 'GET', '/healthz')).status).toBe(200)
  })

  it.each([
    ['bytes of no text', Buffer.from([0xff, 0xfe, 0x80])],
    ['letters of all kinds', Buffer.from('ünïcödé 😀 \u2028')],
    ['a NUL', Buffer.from([0x61, 0, 0x62])],
    ['a line break alone', Buffer.from('a\nX-Evil: 1')],
  ])('or any header with %s harms nobody', async (_, value) => {
    for (const name of ['Cookie', 'User-Agent', 'Origin', 'X-Forwarded-For', 'Authorization', 'Content-Type']) {
      const head = Buffer.from(`POST /api/v1/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n${name}: `)
      const text = await sendBytes(Buffer.concat([head, value, Buffer.from('\r\n\r\n{}')]))
      expect(text, name).toMatch(/^(HTTP\/1\.1 4\d\d|$)/)
    }
    expect((await sendRaw(test.collector, 'GET', '/healthz')).status).toBe(200)
  })

  it('comes with a browser that calls itself anything, and is kept as text', async () => {
    const browser = openBrowser(test.collector)
    await signIn(browser, owner)
    const headers = { 'user-agent': `<b>${'x'.repeat(1_000)}` }
    const { email, password } = owner
    await browser.ask('POST', '/api/v1/sign-in', { body: { email, password }, headers })
    const { body } = await browser.ask('GET', '/api/v1/account/sign-ins')
    const mine = body.find((entry: { isThisOne: boolean }) => entry.isThisOne)
    expect(mine.userAgent).toMatch(/^<b>x{253}$/)
  })
})

/** What time and use alone write: heartbeats, leases, and when something was last seen. */
const BY_TIME = ['instances', 'servers', 'session_leases', 'last_watch']
const BY_USE = ['last_seen_at_ms', 'expires_at_ms', 'last_used_at_ms', 'last_signed_in_at_ms']

async function readTables(): Promise<Record<string, unknown[]>> {
  const { rows } = await postgres.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
  const tables: Record<string, unknown[]> = {}
  for (const { tablename } of rows) {
    if (BY_TIME.includes(tablename)) continue
    const found = await postgres.query(
      `SELECT to_jsonb(t) - $1::text[] AS row FROM "${tablename}" AS t ORDER BY to_jsonb(t) - $1::text[]`,
      [BY_USE],
    )
    // Exports are written down, which is what the log is for.
    tables[tablename] = found.rows.map(({ row }) => row).filter(({ action }) => !/exported$/.test(action ?? ''))
  }
  return tables
}

describe('GET', () => {
  it('changes nothing on any route, whoever asks', async () => {
    await owner.browser.ask('GET', '/api/v1/account') // Another right brings another cookie.
    const before = await readTables()
    expect(Object.keys(before).length).toBeGreaterThan(12)
    let answered = 0
    for (const { method, template, isStream } of routes) {
      if (method !== 'GET' || isStream) continue
      for (const id of [UNKNOWN_ID, owner.userId]) {
        const headers = { authorization: undefined, cookie: owner.browser.cookie() }
        for (const answer of [
          await send('GET', pathOf(template, id)),
          await send('GET', pathOf(template, id), { headers }),
        ]) {
          if (answer.status === 200) answered += 1
        }
      }
    }
    expect(answered).toBeGreaterThan(40)
    expect(await readTables()).toEqual(before)
  })
})
