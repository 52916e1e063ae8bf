import { ask, createNetwork, createPerson } from '@mctrack/collector/testing'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpDashboard } from './support/set-up-dashboard.ts'

const test = setUpDashboard()
const PASSWORD = 'correct horse battery 77'
/** What a browser says of an answer that was asked for on purpose. */
const refused = (status: number, path: string): string => `status of ${status} .*${path}$`

/** Opens pages where nobody is signed in; nothing else may go wrong than what is expected. */
async function visit(
  run: (page: Page, open: (path: string) => Promise<void>) => Promise<void>,
  { expected = [], ...options }: BrowserContextOptions & { readonly expected?: readonly string[] } = {},
): Promise<void> {
  const { page, problems } = await test.open(options)
  try {
    await run(page, async (path) => {
      await page.goto(path.startsWith('http') ? path : test.collector.url + path)
    })
    // Whether somebody is signed in is asked with a 401 as an answer.
    const allowed = [refused(401, '/api/v1/account'), ...expected].map((pattern) => new RegExp(pattern))
    expect(problems.filter((problem) => !allowed.some((pattern) => pattern.test(problem)))).toEqual([])
  } finally {
    await page.context().close()
  }
}
const operator = (method: string, path: string, body?: unknown) =>
  ask(test.collector, method, `/api/v1${path}`, body === undefined ? {} : { body })
const pathOf = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search
const signIn = async (page: Page, email: string, password: string): Promise<void> => {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

describe('the pages before the dashboard', () => {
  it('set the installation up by the link, once', async () => {
    const { body } = await operator('POST', '/setup/link')
    await visit(
      async (page, open) => {
        await open(body.url)
        await page.getByLabel('Your name').fill('Mira')
        await page.getByLabel('E-mail address').fill('mira@example.net')
        await page.getByLabel('New password', { exact: true }).fill('password12')
        expect(pathOf(page)).not.toContain('#')
        expect(page.url()).not.toContain(new URL(body.url).hash)
        await keepPictures(page, 'set-up')
        await page.getByRole('button', { name: 'Create the account' }).click()
        await page.getByText('PASSWORD_WEAK').waitFor()
        expect(await page.getByLabel('Your name').inputValue()).toBe('Mira')
        await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
        await page.getByRole('button', { name: 'Create the account' }).click()
        await page.getByRole('link', { name: 'Create a network' }).waitFor()
        await open('/set-up/')
        await page.getByText('This installation has an owner already.').waitFor()
      },
      { expected: [refused(422, '/api/v1/setup')] },
    )
  })

  it('send to sign-in who is not signed in, say what is wrong, and lead back', async () => {
    await visit(
      async (page, open) => {
        await open('/app/account/?tab=sign-ins')
        await page.waitForURL('**/sign-in/?next=*')
        expect(await page.getByRole('dialog').count()).toBe(0)
        await signIn(page, 'mira@example.net', 'something else')
        await page.getByText('The e-mail address or the password is wrong.').waitFor()
        await signIn(page, 'mira@example.net', PASSWORD)
        await page.getByRole('row', { name: /this one/ }).waitFor()
        expect(pathOf(page)).toBe('/app/account/?tab=sign-ins')
        await page.getByRole('button', { name: 'Sign out', exact: true }).first().click()
        await page.waitForURL('**/sign-in/')
        expect(await page.context().cookies()).toEqual([])
        await open('/app/live/')
        await page.waitForURL('**/sign-in/?next=*')
      },
      {
        expected: [
          refused(401, '/api/v1/sign-in'),
          refused(401, '/api/v1/networks'),
          // A stream that is refused is asked for by fetching something.
          refused(401, '/stream'),
        ],
      },
    )
  })

  it('never lead to another site', async () => {
    await visit(async (page, open) => {
      await open('/sign-in/?next=https%3A%2F%2Fevil.example%2Fapp%2F')
      await signIn(page, 'mira@example.net', PASSWORD)
      await page.getByRole('link', { name: 'Create a network' }).waitFor()
      expect(new URL(page.url()).origin).toBe(test.collector.url)
    })
  })

  it('let somebody in by an invitation with a new account, and with one that is there', async () => {
    const network = await createNetwork(test.collector, { name: 'Axolotl <b>bold</b>' })
    const invite = async (email: string) =>
      (await ask(test.collector, 'POST', `${network.path}/invitations`, { body: { email, role: 'viewer' } })).body.link
    const link = await invite('new@example.net')
    await visit(async (page, open) => {
      await open(link)
      await page.getByText('Axolotl <b>bold</b>').waitFor()
      await keepPictures(page, 'invitation')
      await page.getByLabel('Your name').fill('Noa')
      await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Create your account and join' }).click()
      await page.waitForURL(`**/app/live/?network=${network.networkId}`)
      await page.getByText('Noa').first().waitFor()
    })
    const person = await createPerson(test.collector, { name: 'Existing' })
    const second = await invite(person.email)
    await visit(async (page, open) => {
      await open(second)
      await page.getByLabel('Password', { exact: true }).fill(person.password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('button', { name: 'Accept the invitation' }).click()
      await page.waitForURL(`**/app/live/?network=${network.networkId}`)
    })
    await visit(
      async (page, open) => {
        await open(link)
        await page.getByText('This link does not work').waitFor()
      },
      { expected: [refused(404, '/api/v1/invitations/look')] },
    )
  })

  it('let somebody choose a password by a link', async () => {
    const person = await createPerson(test.collector)
    const { body } = await operator('POST', `/users/${person.userId}/password-link`)
    await visit(async (page, open) => {
      await open(body.url)
      await page.getByText(person.email).waitFor()
      await keepPictures(page, 'password')
      await page.getByLabel('New password', { exact: true }).fill(PASSWORD)
      await page.getByRole('button', { name: 'Save the password' }).click()
      await page.getByRole('link', { name: 'Go to sign-in' }).click()
      await signIn(page, person.email, PASSWORD)
      await page.waitForURL('**/app/**')
    })
  })

  it('approve a program by its code, which then has its token', async () => {
    const person = await createPerson(test.collector)
    const post = async (path: string, body: unknown) => {
      const response = await fetch(`${test.collector.url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      return { status: response.status, body: (await response.json()) as Record<string, string> }
    }
    const code = await post('/device/code', { name: 'mctrack on <b>my</b> machine', permissions: ['network.view'] })
    await visit(async (page, open) => {
      await open('/device/')
      await signIn(page, person.email, person.password)
      await page.getByLabel('Code').fill((code.body['userCode'] ?? '').toLowerCase())
      await page.getByRole('button', { name: 'Look' }).click()
      await page.getByText('mctrack on <b>my</b> machine').waitFor()
      await page.getByText('See live numbers, charts and servers').waitFor()
      expect(await findBarriers(page)).toEqual([])
      await keepPictures(page, 'device')
      await page.getByRole('button', { name: 'Yes, approve' }).click()
      await page.getByText('The program goes on by itself').waitFor()
    })
    const token = await post('/device/token', { deviceCode: code.body['deviceCode'] })
    expect(token.status).toBe(201)
    expect(token.body['token']).toMatch(/^mctp_/)
  })

  it.each([
    ['dark', 1280],
    ['light', 360],
  ] as const)('can be used by everybody: %s, %d px', async (colorScheme, width) => {
    await visit(
      async (page, open) => {
        for (const [name, pictures] of [
          ['sign-in', 'sign-in'],
          ['set-up', 'set-up-done'],
          ['password', 'password-no-link'],
          ['invitation', 'invitation-no-link'],
          ['device', 'device-signed-out'],
        ] as const) {
          await open(`/${name}/`)
          await page.getByRole('heading', { level: 1 }).waitFor()
          await page.waitForLoadState('networkidle')
          expect(await findBarriers(page)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
          await keepPictures(page, pictures)
        }
      },
      {
        colorScheme,
        viewport: { width, height: 800 },
      },
    )
  })
})
