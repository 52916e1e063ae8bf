import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'
import { openBrowser, openPage } from './open-browser.ts'
import { type ServedSite, serveSite } from './serve-site.ts'

/** A browser before the built site. The frame of the dashboard has invented data, see `src/gallery`. */
export interface SiteTest {
  /** Opens an address, does something there, and holds that nothing went wrong: no error, no violation of the policy. */
  visit(path: string, run: (page: Page) => Promise<void>, options?: BrowserContextOptions): Promise<void>
  readonly directory: string
}

/** One browser and one server for all tests of a file. */
export function setUpSite(): SiteTest {
  const directory = inject('siteDirectory')
  let site: ServedSite | undefined
  let browser: Browser | undefined
  beforeAll(async () => {
    site = await serveSite(directory, (path) => (path.startsWith('/app/') ? '/gallery/app' : path))
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await site?.close()
  })
  return {
    directory,
    async visit(path, run, options = {}) {
      if (browser === undefined || site === undefined) throw new Error('the browser did not start')
      const { page, problems } = await openPage(browser, {
        viewport: { width: 1280, height: 900 },
        colorScheme: 'dark',
        ...options,
      })
      try {
        await page.goto(site.url + path, { waitUntil: 'networkidle' })
        await run(page)
        expect(problems).toEqual([])
      } finally {
        await page.context().close()
      }
    },
  }
}
