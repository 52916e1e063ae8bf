import { describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpPublicPages } from './support/set-up-public-pages.ts'

const site = setUpPublicPages()
const PHONE = { width: 360, height: 800 }
const DESK = { width: 1280, height: 900 }
/** One of each kind; the rest differs by its words. */
const PAGES = [
  ['landing', '/'],
  ['status', '/status/'],
  ['not-found', '/404.html'],
  ['docs', '/docs/'],
  ['docs-connect', '/docs/connect/'],
  ['docs-protocol', '/docs/protocol/'],
  ['docs-sdk', '/docs/reference/sdk/'],
  ['docs-cli', '/docs/reference/cli/'],
  ['docs-api', '/docs/reference/api/'],
  ['docs-api-players', '/docs/reference/api/players/'],
  ['docs-errors', '/docs/reference/errors/'],
  ['docs-self-hosting', '/docs/operations/'],
] as const
/** What is long, or looks like one of these, has no picture. */
const PICTURED: ReadonlySet<string> = new Set(['landing', 'status', 'not-found', 'docs', 'docs-connect'])
/** Two looks have both themes and both widths; the front page is looked at in all four. */
const LOOKS = [
  { colorScheme: 'dark', viewport: DESK },
  { colorScheme: 'light', viewport: PHONE },
  { colorScheme: 'light', viewport: DESK },
  { colorScheme: 'dark', viewport: PHONE },
] as const
const CASES = PAGES.flatMap(([name, path]) =>
  LOOKS.slice(0, path === '/' ? 4 : 2).map((look) => ({ name, path, ...look, width: look.viewport.width })),
)

describe('public pages', () => {
  it.each(CASES)(
    'can be used by everybody: $name, $colorScheme, $width px',
    async ({ name, path, colorScheme, viewport }) => {
      await site.visit(
        path,
        async (page) => {
          expect(await findBarriers(page)).toEqual([])
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width).toBeLessThanOrEqual(viewport.width)
          if (PICTURED.has(name)) await keepPictures(page, name, { inItsTheme: path === '/' })
        },
        { colorScheme, viewport },
      )
    },
  )

  it('shows the navigation of the documentation on a phone, and follows it', async () => {
    await site.visit(
      '/docs/',
      async (page) => {
        await page.locator('summary').filter({ hasText: 'Documentation' }).click()
        await page.getByRole('link', { name: 'Connect a server', exact: true }).click()
        await page.getByRole('heading', { level: 1, name: 'Connect a server' }).waitFor()
        expect(await findBarriers(page)).toEqual([])
      },
      { viewport: PHONE },
    )
  })
})

describe('the landing page', () => {
  it('tells who has just started it to set it up', async () => {
    await site.visit('/', async (page) => {
      await page.locator('[data-move="set-up"]').waitFor()
      const card = page.locator('[data-move]')
      expect(await card.getByRole('link').allInnerTexts()).toEqual(['Set it up', 'How to install', 'What runs here'])
      expect(await card.getByText('running · version 0.1.0').isVisible()).toBe(true)
    })
  })

  it('asks who visits an installation with an owner to sign in', async () => {
    await site.visit(
      '/',
      async (page) => {
        await page.locator('[data-move="sign-in"]').waitFor()
        const links = await page.locator('[data-move]').getByRole('link').allInnerTexts()
        expect(links).toEqual(['Sign in', 'Open the dashboard', 'What runs here'])
      },
      { answers: { '/api/v1/setup': { isNeeded: false } } },
    )
  })

  it.each([
    ['desk', true, DESK],
    ['desk', false, DESK],
    ['phone', true, PHONE],
    ['phone', false, PHONE],
  ] as const)('does not move when it knows what to do: %s, set-up needed: %s', async (_, isNeeded, viewport) => {
    await site.visit(
      '/',
      async (page) => {
        await page.locator(`[data-move="${isNeeded ? 'set-up' : 'sign-in'}"]`).waitFor()
        const shift = await page.evaluate(
          () =>
            new Promise<number>((resolve) => {
              let sum = 0
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries())
                  sum += (entry as PerformanceEntry & { readonly value: number }).value
              }).observe({ type: 'layout-shift', buffered: true })
              setTimeout(() => resolve(sum), 500)
            }),
        )
        expect(shift).toBeLessThan(0.02)
      },
      { viewport, answers: { '/api/v1/setup': { isNeeded } } },
    )
  })

  it('offers both without a script', async () => {
    await site.visit(
      '/',
      async (page) => {
        const links = await page.locator('[data-move]').getByRole('link').allInnerTexts()
        expect(links).toEqual(['Set it up', 'Sign in', 'How to install', 'What runs here'])
      },
      { javaScriptEnabled: false },
    )
  })
})

describe('code in the documentation', () => {
  it('is copied whole, with the address that was opened', async () => {
    await site.visit(
      '/docs/connect/',
      async (page) => {
        const block = page.locator('.doc-code').filter({ hasText: 'createClient' }).first()
        await block.getByRole('button', { name: 'Copy this code' }).click()
        await block.getByText('Copied').waitFor()
        const copied = await page.evaluate(() => navigator.clipboard.readText())
        expect(copied).toContain(`endpoint: 'ws://${new URL(page.url()).host}'`)
        expect(copied).toMatch(/^import \{ createClient \}/)
        expect(copied).not.toMatch(/Copy|\n$/)
      },
      { permissions: ['clipboard-read', 'clipboard-write'] },
    )
  })

  it('has no button where nothing could be copied', async () => {
    await site.visit(
      '/docs/connect/',
      async (page) => {
        expect(await page.getByRole('button').count()).toBe(0)
        expect(await page.locator('pre').filter({ hasText: 'ws://127.0.0.1:4000' }).count()).toBe(1)
        expect(await page.locator('pre').first().isVisible()).toBe(true)
      },
      { javaScriptEnabled: false },
    )
  })
})

it('keeps the theme that was chosen from page to page', async () => {
  await site.visit(
    '/',
    async (page) => {
      await page.getByRole('button', { name: 'Change between light and dark' }).click()
      expect(await page.locator('html').getAttribute('data-theme')).toBe('mctrack-dark')
      await page.getByRole('link', { name: 'Docs', exact: true }).click()
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await page.locator('html').getAttribute('data-theme')).toBe('mctrack-dark')
    },
    { colorScheme: 'light' },
  )
})
