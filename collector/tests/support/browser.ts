import { randomBytes } from 'node:crypto'
import { type Answer, ask } from './api.ts'
import type { TestCollector } from './collector.ts'
import { checkAnswer } from './openapi.ts'

/** Asks as a page of the site does: with the cookie that it was given, and the headers that browsers send by themselves. */
export interface Browser {
  ask(
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string | undefined>> },
  ): Promise<Answer>
  /** `name=value` as it would be sent; '' without one. */
  cookie(): string
  /** For using a cookie that was seen elsewhere. */
  setCookie(cookie: string): void
}

export function openBrowser(collector: Pick<TestCollector, 'url' | 'token'>): Browser {
  let cookie = ''
  return {
    cookie: () => cookie,
    setCookie(other) {
      cookie = other
    },
    async ask(method, path, { body, headers = {} } = {}) {
      const given = {
        origin: collector.url,
        'sec-fetch-site': 'same-origin',
        'user-agent': 'Test browser',
        ...(cookie === '' ? {} : { cookie }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      }
      const response = await fetch(collector.url + path, {
        method,
        headers: Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      for (const line of response.headers.getSetCookie()) {
        const [pair = ''] = line.split(';')
        cookie = pair.endsWith('=') ? '' : pair
      }
      const text = await response.text()
      const isJson = response.headers.get('content-type')?.includes('json') ?? false
      const parsed: unknown = isJson ? JSON.parse(text) : text
      await checkAnswer(collector, { method, path, status: response.status, body: parsed })
      return { status: response.status, headers: response.headers, body: parsed }
    },
  }
}

/** Somebody with an account, signed in in a browser. */
export interface TestPerson {
  readonly userId: string
  readonly email: string
  readonly password: string
  readonly browser: Browser
}

/** Makes an account by the operator's hand and signs it in. */
export async function createPerson(
  collector: TestCollector,
  options: { readonly name?: string; readonly ownsInstallation?: boolean } = {},
): Promise<TestPerson> {
  const { name = 'Alex', ownsInstallation = false } = options
  const email = `${randomBytes(6).toString('hex')}@example.net`
  const password = `correct horse ${randomBytes(6).toString('hex')}`
  const created = await ask(collector, 'POST', '/api/v1/users', { body: { email, name, ownsInstallation } })
  await ask(collector, 'PUT', `/api/v1/users/${created.body.id}/password`, { body: { password } })
  const browser = openBrowser(collector)
  await signIn(browser, { email, password })
  return { userId: created.body.id, email, password, browser }
}

/** @throws when it does not succeed */
export async function signIn(
  browser: Browser,
  { email, password }: Pick<TestPerson, 'email' | 'password'>,
): Promise<void> {
  const answer = await browser.ask('POST', '/api/v1/sign-in', { body: { email, password } })
  if (answer.status !== 200) throw new Error(`could not sign in: ${answer.status} ${JSON.stringify(answer.body)}`)
}
