import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { openBrowser, openPage } from './open-browser.ts'
import { type ServedSite, serveSite } from './serve-site.ts'

/** What a public page asks of the collector, with the answers of one that is ready and has no owner yet. */
const ANSWERS = {
  '/readyz': {
    status: 'ready',
    checks: [
      { name: 'process', ok: true, tookMs: 0, message: 'The collector runs.' },
      { name: 'postgres', ok: true, tookMs: 0.4, message: 'PostgreSQL answers.' },
    ],
  },
  '/api/v1/openapi.json': { info: { version: '0.1.0' } },
  '/api/v1/setup': { isNeeded: true },
} as const

export interface PublicPageOptions extends BrowserContextOptions {
  /** Answers other than those of a collector that is ready and waits for its owner. */
  readonly answers?: Readonly<Partial<Record<keyof typeof ANSWERS, unknown>>>
}

/** A browser before the pages that anybody may see. */
export interface PublicPagesTest {
  /** Opens an address, does something there, and holds that nothing went wrong: no error, no violation of the policy. */
  visit(path: string, run: (page: Page) => Promise<void>, options?: PublicPageOptions): Promise<void>
  readonly directory: string
}

/** One browser and one server for all tests of a file. */
export function setUpPublicPages(): PublicPagesTest {
  const directory = inject('siteDirectory')
  let site: ServedSite | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    site = await serveSite(directory)
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })
  return {
    directory,
    async visit(path, run, { answers = {}, ...options } = {}) {
      if (browser === undefined || site === undefined) throw new Error('the browser did not start')
      const { page, problems } = await openPage(browser, { viewport: { width: 1280, height: 900 }, ...options })
      for (const [address, json] of Object.entries({ ...ANSWERS, ...answers })) {
        await page.route(`**${address}`, (route) => route.fulfill({ json }))
      }
      try {
        await page.goto(site.url + path, { waitUntil: 'networkidle' })
        if (options.javaScriptEnabled !== false) {
          // On a busy machine the scripts may run long after the network is still.
          await page.locator('[data-theme-button]:not(.hidden)').first().waitFor()
          await page.locator('[data-tone="asking"]').first().waitFor({ state: 'detached' })
        }
        await run(page)
        expect(problems).toEqual([])
      } finally {
        await page.context().close()
      }
    },
  }
}
