import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
import { sendRaw } from './support/raw-http.ts'

const siteDirectory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
mkdirSync(join(siteDirectory, '_astro'))
writeFileSync(join(siteDirectory, 'index.html'), '<!doctype html><title>x</title>')
writeFileSync(join(siteDirectory, '_astro', 'x.js'), '0')
afterAll(() => rmSync(siteDirectory, { recursive: true }))

const test = setUpCollector({ MCTRACK_SITE_DIR: siteDirectory })
const ENDED = { status: 401, body: { error: { code: 'SIGN_IN_ENDED' } } }
const NAME = 'mctrack_sign_in'
const UNKNOWN_ID = '019aa000-0000-7000-8000-000000000000'
const accountOf = (cookie: string) => {
  const browser = openBrowser(test.collector)
  browser.setCookie(cookie)
  return browser.ask('GET', '/api/v1/account')
}

describe('a cookie that was there before', () => {
  it('never becomes the one of a sign-in', async () => {
    const { email, password } = await createPerson(test.collector)
    const planted = `${NAME}=${randomBytes(32).toString('base64url')}`
    const browser = openBrowser(test.collector)
    browser.setCookie(planted)
    await signIn(browser, { email, password })
    expect(browser.cookie()).not.toBe(planted)
    expect(await accountOf(planted)).toMatchObject(ENDED)
    expect(await accountOf(browser.cookie())).toMatchObject({ status: 200, body: { user: { email } } })
  })

  it('of the attacker’s own sign-in opens nothing of the victim’s, and is over', async () => {
    const [attacker, victim] = [await createPerson(test.collector), await createPerson(test.collector)]
    const planted = attacker.browser.cookie()
    victim.browser.setCookie(planted)
    await signIn(victim.browser, victim)
    expect(victim.browser.cookie()).not.toBe(planted)
    expect(await accountOf(planted)).toMatchObject(ENDED)
  })

  it('is over when the same browser signs in again: there is one sign-in, not two', async () => {
    const person = await createPerson(test.collector)
    const before = person.browser.cookie()
    await signIn(person.browser, person)
    expect(person.browser.cookie()).not.toBe(before)
    expect(await accountOf(before)).toMatchObject(ENDED)
    expect((await person.browser.ask('GET', '/api/v1/account/sign-ins')).body).toHaveLength(1)
  })

  it('stays as it is when signing in fails', async () => {
    const person = await createPerson(test.collector)
    const before = person.browser.cookie()
    await expect(signIn(person.browser, { ...person, password: 'wrong password' })).rejects.toThrow('SIGN_IN_FAILED')
    expect(await accountOf(before)).toMatchObject({ status: 200 })
  })
})

describe('a request with a token', () => {
  it.each([
    ['a token of another', (token: string) => `Bearer ${token}`, 200],
    ['a token that is nobody’s', () => `Bearer mctp_${'x'.repeat(43)}`, 401],
    ['no token after the word', () => 'Bearer ', 401],
    ['another scheme', () => `Basic ${btoa('a:b')}`, 401],
    ['nothing', () => '', 401],
  ])('ignores cookies: %s', async (_, authorization, status) => {
    const [one, other] = [await createPerson(test.collector), await createPerson(test.collector)]
    const { body } = await other.browser.ask('POST', '/api/v1/account/tokens', {
      body: { name: 'script', permissions: ['network.view'] },
    })
    const headers = { authorization: authorization(body.token), cookie: one.browser.cookie() }
    const answer = await sendRaw(test.collector, 'GET', '/api/v1/account', { headers })
    expect(answer.status).toBe(status)
    if (status === 200) expect(JSON.parse(answer.text).user.email).toBe(other.email)
  })
})

/** What pages of others, and programs that play browser, can send beside the cookie. */
const forgeries = (): ReadonlyArray<readonly [string, Readonly<Record<string, string | undefined>>]> => {
  const { url, port } = test.collector
  return [
    ['no headers', { origin: undefined, 'sec-fetch-site': undefined }],
    ['no Origin', { origin: undefined }],
    ['no Sec-Fetch-Site', { 'sec-fetch-site': undefined }],
    ['same-site', { 'sec-fetch-site': 'same-site' }],
    ['cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['none', { 'sec-fetch-site': 'none' }],
    ['both of Sec-Fetch-Site', { 'sec-fetch-site': 'same-origin, cross-site' }],
    ['an empty Origin', { origin: '' }],
    ['null', { origin: 'null' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another port', { origin: `http://127.0.0.1:${port + 1}` }],
    ['no port', { origin: 'http://127.0.0.1' }],
    ['another scheme', { origin: `https://127.0.0.1:${port}` }],
    ['a beginning of ours', { origin: url.slice(0, -1) }],
    ['ours as a beginning', { origin: `${url}.evil.example` }],
    ['ours as a user', { origin: `${url}@evil.example` }],
    ['ours with a path', { origin: `${url}/` }],
    ['ours and another', { origin: `${url}, https://evil.example` }],
    ['a Host that agrees with the Origin', { origin: 'http://evil.example', host: 'evil.example' }],
  ]
}

/** Bodies as forms of other sites can send them without being asked, and as scripts of theirs would. */
const BODIES: ReadonlyArray<readonly [string, (fields: object) => string]> = [
  ['application/json', JSON.stringify],
  ['text/plain', JSON.stringify],
  ['application/x-www-form-urlencoded', (fields) => new URLSearchParams(fields as Record<string, string>).toString()],
  ['multipart/form-data; boundary=x', (fields) => `--x\r\n\r\n${JSON.stringify(fields)}\r\n--x--\r\n`],
]

interface Operation {
  readonly 'x-access': { readonly kind: string }
}

/** Every route of the OpenAPI document that changes anything, with the ids of the path filled in. */
async function changingRoutes(networkId: string): Promise<{ method: string; path: string; access: string }[]> {
  const { body } = await ask(test.collector, 'GET', '/api/v1/openapi.json')
  const paths: [string, Record<string, Operation>][] = Object.entries(body.paths)
  return paths
    .filter(([path]) => path.startsWith('/api/v1/'))
    .flatMap(([path, operations]) =>
      Object.entries(operations)
        .filter(([method]) => method !== 'get')
        .map(([method, operation]) => ({
          method: method.toUpperCase(),
          path: path.replace('{networkId}', networkId).replace(/\{[^}]+\}/g, UNKNOWN_ID),
          access: operation['x-access'].kind,
        })),
    )
}

describe('a page of another site', () => {
  let owner: TestPerson
  let networkId: string
  beforeAll(async () => {
    owner = await createPerson(test.collector, { ownsInstallation: true })
    networkId = (await createNetwork(test.collector)).networkId
    await ask(test.collector, 'POST', `/api/v1/networks/${networkId}/members`, {
      body: { email: owner.email, role: 'owner' },
    })
    await owner.browser.ask('GET', '/api/v1/account') // Another right brings another cookie.
  })

  it('changes nothing on any route, whatever it leaves out or makes up', async () => {
    const routes = await changingRoutes(networkId)
    expect(routes.length).toBeGreaterThan(40)
    // What programs without a browser use takes nothing from cookies.
    const forPrograms = routes.filter(({ access }) => access === 'any_program').map(({ path }) => path)
    expect(forPrograms).toEqual(['/api/v1/device/code', '/api/v1/device/token'])
    const log = async () => (await ask(test.collector, 'GET', '/api/v1/audit?limit=1')).body.entries
    const before = await log()
    for (const { method, path, access } of routes) {
      if (access === 'any_program') continue
      for (const [what, forged] of forgeries()) {
        const headers = {
          origin: test.collector.url,
          'sec-fetch-site': 'same-origin',
          'content-type': 'application/json',
          cookie: owner.browser.cookie(),
          ...forged,
        }
        const { status, text } = await sendRaw(test.collector, method, path, { headers, body: '{}' })
        expect({ status, code: JSON.parse(text).error.code }, `${method} ${path}, ${what}`).toEqual({
          status: 403,
          code: 'ORIGIN_REFUSED',
        })
      }
    }
    expect(await log()).toEqual(before)
  })

  it.each([
    ['POST', '/api/v1/sign-in', () => ({ email: owner.email, password: owner.password })],
    ['POST', '/api/v1/setup', () => ({ token: 'x', email: 'x@example.net', name: 'x', password: 'a long password' })],
    ['POST', '/api/v1/invitations/accept', () => ({ token: 'x' })],
    ['PATCH', '/api/v1/account', () => ({ name: 'Hacked' })],
    ['POST', '/api/v1/sign-out', () => ({ any: 'thing' })],
  ])('sends %s %s in no way that a form can, and signs nobody in', async (method, path, fields) => {
    for (const [type, write] of BODIES) {
      for (const [what, forged] of forgeries()) {
        const headers = {
          origin: test.collector.url,
          'sec-fetch-site': 'same-origin',
          'content-type': type,
          cookie: owner.browser.cookie(),
          ...forged,
        }
        const answer = await sendRaw(test.collector, method, path, { headers, body: write(fields()) })
        expect([403, 415], `${type}, ${what}`).toContain(answer.status)
        expect(answer.headers.getSetCookie()).toEqual([])
      }
      if (type === 'application/json') continue
      const headers = { 'content-type': type }
      const answer = await owner.browser.ask(method, path, { headers, body: write(fields()) })
      expect(answer, type).toMatchObject({ status: 415, body: { error: { code: 'MEDIA_TYPE_UNSUPPORTED' } } })
    }
    expect(await owner.browser.ask('GET', '/api/v1/account')).toMatchObject({
      status: 200,
      body: { user: { name: 'Alex' } },
    })
  })

  it('is not let in by what browsers ask before (CORS)', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' }
    const answers = [
      await sendRaw(test.collector, 'OPTIONS', '/api/v1/account', { headers }),
      await sendRaw(test.collector, 'GET', '/api/v1/about', { headers }),
    ]
    for (const answer of answers) {
      expect(Array.from(answer.headers.keys()).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })
})

/** What every answer has, with what it must hold. */
const HEADERS: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'referrer-policy': /^strict-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'cross-origin-opener-policy': /^same-origin$/,
  'permissions-policy': /camera=\(\)/,
  'content-security-policy': /frame-ancestors 'none'/,
}
const ANSWERS: ReadonlyArray<readonly [string, string, number, string | undefined]> = [
  ['GET', '/', 200, undefined],
  ['GET', '/_astro/x.js', 200, undefined],
  ['GET', '/healthz', 200, undefined],
  ['GET', '/readyz', 200, undefined],
  ['GET', '/api/v1/openapi.json', 200, undefined],
  ['GET', '/api/v1/setup', 200, undefined],
  ['HEAD', '/api/v1/setup', 200, undefined],
  ['GET', '/api/v1/account', 401, undefined],
  ['GET', '/api/v1/nothing', 404, undefined],
  ['DELETE', '/api/v1/about', 405, undefined],
  ['OPTIONS', '/api/v1/about', 405, undefined],
  ['POST', '/api/v1/sign-in', 415, 'x'],
  ['POST', '/api/v1/sign-in', 413, 'x'.repeat(1_100_000)],
  ['POST', '/v1/ingest/batch', 415, 'x'],
  ['GET', '/v1/stream', 426, undefined],
]

describe('answers', () => {
  it.each(ANSWERS)('%s %s (%i) have the headers that keep browsers safe', async (method, path, status, body) => {
    const answer = await sendRaw(test.collector, method, path, body === undefined ? {} : { body })
    expect(answer.status).toBe(status)
    for (const [name, wanted] of Object.entries(HEADERS)) expect(answer.headers.get(name), name).toMatch(wanted)
    const isOfSite = path === '/' || path.startsWith('/_astro')
    if (!isOfSite) expect(answer.headers.get('cache-control')).toBe('no-store')
    if (!isOfSite) expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'/)
    expect(answer.headers.get('strict-transport-security')).toBeNull()
  })
})

describe('behind HTTPS', () => {
  const PUBLIC_URL = 'https://mctrack.example.net'
  const secure = setUpCollector({ MCTRACK_PUBLIC_URL: PUBLIC_URL })

  it('the cookie is for HTTPS and this host alone, and nothing is taken from another origin', async () => {
    const { collector } = secure
    const { body: user } = await ask(collector, 'POST', '/api/v1/users', {
      body: { email: 'a@example.net', name: 'A' },
    })
    const { body: link } = await ask(collector, 'POST', `/api/v1/users/${user.id}/password-link`)
    expect(link.url).toMatch(/^https:\/\/mctrack\.example\.net\/password#/)
    const password = 'a good long password'
    await ask(collector, 'PUT', `/api/v1/users/${user.id}/password`, { body: { password } })
    const browser = openBrowser(collector)
    const send = (origin: string) =>
      browser.ask('POST', '/api/v1/sign-in', { body: { email: user.email, password }, headers: { origin } })
    for (const origin of [collector.url, 'http://mctrack.example.net', `${PUBLIC_URL}:8443`]) {
      expect(await send(origin), origin).toMatchObject({ status: 403, body: { error: { code: 'ORIGIN_REFUSED' } } })
    }
    const { headers } = await send(PUBLIC_URL)
    expect(headers.getSetCookie()[0]).toMatch(
      /^__Host-mctrack_sign_in=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect((await browser.ask('GET', '/api/v1/account')).status).toBe(200)
    // The plain name, which any host of the domain could set, is not looked at.
    const plain = browser.cookie().replace('__Host-', '')
    const answer = await sendRaw(collector, 'GET', '/api/v1/account', { headers: { cookie: plain } })
    expect(answer.status).toBe(401)
    const out = await browser.ask('POST', '/api/v1/sign-out', { headers: { origin: PUBLIC_URL } })
    expect(out.headers.getSetCookie()[0]).toMatch(/^__Host-mctrack_sign_in=; Max-Age=0; Path=\/; HttpOnly; Secure; /)
    expect(out.headers.get('clear-site-data')).toBe('"cache"')
  })
})
