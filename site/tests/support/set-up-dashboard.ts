import {
  ask,
  createNetwork,
  createPerson,
  setUpCollector,
  signIn,
  type TestCollector,
  type TestPerson,
} from '@mctrack/collector/testing'
import { createClient } from '@mctrack/sdk'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { openBrowser, openPage, type WatchedPage } from './open-browser.ts'

/** A network with somebody who may look at it in a browser. */
export interface TestNetwork {
  readonly networkId: string
  readonly key: string
  readonly keyId: string
  /** Of the network's API. */
  readonly path: string
  readonly person: TestPerson
}

/** `expected`: statuses or faults that the page is meant to be answered with, which the browser logs as errors. */
export interface VisitOptions extends BrowserContextOptions {
  readonly expected?: ReadonlyArray<number | string>
}

/** A browser before the built site as a real collector serves it. */
export interface DashboardTest {
  readonly collector: TestCollector
  /** Makes a network, and somebody who may do some things on it; everything unless told otherwise. */
  createNetwork(options?: { readonly name?: string; readonly permissions?: readonly string[] }): Promise<TestNetwork>
  /** Somebody else who may do everything there: a person may ask so often a minute, and tests are fast. */
  addMember(network: TestNetwork): Promise<TestPerson>
  /** A server that reports through the SDK; closed at the end. */
  connect(network: TestNetwork, name: string, kind?: 'proxy' | 'backend'): ReturnType<typeof createClient>
  /** A page where nobody is signed in. Whoever opens it closes its context. */
  open(options?: BrowserContextOptions): Promise<WatchedPage>
  /** Opens an address as a person, does something there, and holds that no error and no violation of the policy occurred. */
  visit(person: TestPerson, path: string, run: (page: Page) => Promise<void>, options?: VisitOptions): Promise<void>
}

/** One collector with the built site and one browser for all tests of a file. */
export function setUpDashboard(): DashboardTest {
  const test = setUpCollector({ MCTRACK_SITE_DIR: inject('siteDirectory') })
  const clients: Array<ReturnType<typeof createClient>> = []
  let browser: Browser | undefined
  beforeAll(async () => {
    browser = await openBrowser()
  })
  afterAll(async () => {
    await Promise.all(clients.map((client) => client.close({ timeoutMs: 1_000 })))
    await browser?.close()
  })
  async function addMember(path: string, permissions?: readonly string[]): Promise<TestPerson> {
    const made =
      permissions === undefined
        ? undefined
        : await ask(test.collector, 'POST', `${path}/roles`, { body: { name: 'Some', permissions } })
    const person = await createPerson(test.collector, { name: 'Mira' })
    await ask(test.collector, 'POST', `${path}/members`, {
      body: { email: person.email, role: made?.body.id ?? 'owner' },
    })
    // Other rights come with another secret.
    await signIn(person.browser, person)
    return person
  }
  return {
    get collector() {
      return test.collector
    },
    async createNetwork({ name = 'Test', permissions } = {}) {
      const network = await createNetwork(test.collector, { name, timeZone: 'Europe/Berlin' })
      return { ...network, person: await addMember(network.path, permissions) }
    },
    addMember: ({ path }) => addMember(path),
    connect({ key }, name, kind = 'proxy') {
      const client = createClient({
        key,
        endpoint: test.collector.endpoint,
        server: { name, kind },
        spool: { directory: false },
      })
      clients.push(client)
      return client
    },
    open(options = {}) {
      if (browser === undefined) throw new Error('the browser did not start')
      return openPage(browser, { viewport: { width: 1280, height: 900 }, colorScheme: 'dark', ...options })
    },
    async visit(person, path, run, { expected = [], ...options } = {}) {
      if (browser === undefined) throw new Error('the browser did not start')
      const { page, problems } = await openPage(browser, {
        viewport: { width: 1280, height: 900 },
        colorScheme: 'dark',
        ...options,
      })
      const [name = '', value = ''] = person.browser.cookie().split('=')
      await page.context().addCookies([{ name, value, url: test.collector.url }])
      try {
        await page.goto(test.collector.url + path)
        await run(page)
        const isExpected = (problem: string): boolean =>
          expected.some((what) => problem.includes(typeof what === 'number' ? `status of ${what}` : what))
        expect(problems.filter((problem) => !isExpected(problem))).toEqual([])
      } finally {
        await page.context().close()
      }
    },
  }
}
