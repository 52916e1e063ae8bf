import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { FIRST_CHART_BYTES_MAX, weighPages } from '../build/bundle-budget.ts'
import { setUpSite } from './support/set-up-site.ts'

const site = setUpSite()
const address = (page: Page): string => {
  const { pathname, search } = new URL(page.url())
  return pathname + search
}

describe('the frame of the dashboard', () => {
  it('goes between pages without loading them anew, and Back takes each step back', async () => {
    await site.visit('/app/live/?network=axolotl&range=7d', async (page) => {
      await page.evaluate(() => Object.assign(window, { isSameDocument: true }))
      await page.getByRole('link', { name: 'Sessions' }).first().click()
      expect(address(page)).toBe('/app/sessions/?network=axolotl&range=7d')
      expect(await page.title()).toBe('Sessions · Axolotl Network · MCTrack')
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('page')
      await page.keyboard.press('w')
      await page.keyboard.press('x')
      expect(address(page)).toBe('/app/sessions/?network=axolotl&range=7d&compare=none')
      await page.goBack()
      expect(address(page)).toBe('/app/sessions/?network=axolotl&range=7d')
      await page.goBack()
      await page.getByText('Players online').first().waitFor()
      await page.goForward()
      expect(await page.locator('h1').textContent()).toBe('Sessions')
      expect(await page.evaluate(() => 'isSameDocument' in window)).toBe(true)
    })
  })

  it('finds a player by keys alone', async () => {
    await site.visit('/app/live/', async (page) => {
      await page.keyboard.press('Control+k')
      await page.keyboard.type('siri')
      await page
        .getByRole('option', { name: /Siriuzz/ })
        .first()
        .waitFor()
      await page.keyboard.press('Enter')
      await expect.poll(() => address(page)).toMatch(/^\/app\/players\/\?open=00000000-/)
      await page.keyboard.press('Control+k')
      await page.keyboard.type('nobody at all')
      await page.getByText('Nothing is called “nobody at all”').first().waitFor()
      await page.keyboard.press('Escape')
      expect(await page.locator('dialog[open]').count()).toBe(0)
    })
  })

  it('goes by keys, unless somebody turned them off or types', async () => {
    await site.visit('/app/live/', async (page) => {
      await page.keyboard.press('g')
      await page.keyboard.press('v')
      expect(address(page)).toBe('/app/servers/')
      await page.keyboard.press('?')
      await page.getByLabel('Single keys do something').uncheck()
      await page.keyboard.press('Escape')
      await page.keyboard.press('g')
      await page.keyboard.press('l')
      expect(address(page)).toBe('/app/servers/')
      await page.keyboard.press('Control+k')
      expect(await page.getByRole('combobox').isVisible()).toBe(true)
    })
  })

  it('switches networks and keeps the page', async () => {
    await site.visit('/app/sessions/?range=7d', async (page) => {
      await page.getByRole('button', { name: /^Network:/ }).click()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      expect(address(page)).toBe('/app/sessions/?network=demo&range=7d')
      expect(await page.title()).toContain('Demo network')
    })
  })

  it('shows days that somebody chose, and refuses those that end before they begin', async () => {
    await site.visit('/app/sessions/', async (page) => {
      await page.getByRole('button', { name: /Time range/ }).click()
      await page.getByLabel('From').fill('2026-03-02')
      await page.getByLabel('To').fill('2026-03-01')
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      await page.getByText('The first day must not be after the last.').waitFor()
      await page.getByLabel('To').fill('2026-03-29')
      await page.getByRole('button', { name: 'Show', exact: true }).click()
      expect(address(page)).toBe('/app/sessions/?range=2026-03-02..2026-03-29')
      await page.getByRole('button', { name: /2 Mar – 29 Mar/ }).waitFor()
    })
  })

  it('keeps the theme that somebody chose from the first paint on', async () => {
    await site.visit('/app/live/', async (page) => {
      const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const dark = await background()
      await page.getByRole('button', { name: 'Theme' }).click()
      await page.getByRole('button', { name: 'Light' }).click()
      const light = await background()
      expect(light).not.toBe(dark)
      // Without the frame's code: what is painted first has the theme already.
      await page.route('**/*.js', (route) =>
        route.request().url().includes('first-paint')
          ? route.continue()
          : route.fulfill({ body: '', contentType: 'text/javascript' }),
      )
      await page.reload({ waitUntil: 'networkidle' })
      expect(await background()).toBe(light)
    })
  })

  it('shows names as text, whatever is in them', async () => {
    await site.visit('/app/live/', async (page) => {
      await page.getByText('<img src=x onerror=alert(1)>').first().waitFor()
      expect(await page.locator('main img').count()).toBe(0)
    })
  })
})

describe('the chart', () => {
  it('is read by arrow keys', async () => {
    await site.visit('/gallery/', async (page) => {
      const chart = page.getByRole('group', { name: 'Players online' }).first()
      await chart.focus()
      await page.keyboard.press('End')
      await expect
        .poll(() => page.locator('[aria-live=polite]').first().textContent())
        .toMatch(/today \d.*last Saturday \d.*so far/)
      await page.keyboard.press('Home')
      await expect.poll(() => page.locator('[aria-live=polite]').first().textContent()).toMatch(/today 1,\d{3}/)
      expect(
        await chart.evaluate(
          (element) => document.getElementById(element.getAttribute('aria-describedby') ?? '')?.textContent,
        ),
      ).toMatch(/highest 1,\d{3} at .* No data from .*: proxy-2 was away\./)
    })
  })

  it('becomes a table in the URL, of the same height, and a chart again', async () => {
    await site.visit('/app/live/', async (page) => {
      const card = page.locator('section[aria-labelledby=online-title]')
      const before = await card.boundingBox()
      await page.getByRole('button', { name: 'View as table' }).click()
      expect(address(page)).toBe('/app/live/?table=ccu')
      await page.getByRole('columnheader', { name: 'last Saturday' }).waitFor()
      expect((await card.boundingBox())?.height).toBe(before?.height)
      await page.goBack()
      await page.locator('.uplot canvas').first().waitFor()
    })
  })

  it('is zoomed by drawing over it', async () => {
    await site.visit('/app/live/', async (page) => {
      const box = await page.locator('.u-over').first().boundingBox()
      if (box === null) throw new Error('there is no chart')
      await page.mouse.move(box.x + box.width * 0.25, box.y + 50)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 5 })
      await page.mouse.up()
      const [from = 0, to = 0] = (new URL(page.url()).searchParams.get('range') ?? '').split('..').map(Number)
      expect(Math.round((to - from) / 3_600_000)).toBe(12)
    })
  })
})

describe('what a page costs', () => {
  it('is under the budget with a chart and a long table', () => {
    const [heaviest] = weighPages(site.directory)

    expect(heaviest?.chunk).toContain('live-page')
    expect(heaviest?.gzipBytes).toBeGreaterThan(50_000)
    expect(heaviest?.gzipBytes).toBeLessThan(FIRST_CHART_BYTES_MAX)
  })

  it('has of thousands of rows only those in the page that are seen', async () => {
    await site.visit('/gallery/', async (page) => {
      const list = page.getByRole('region', { name: 'All players' })
      expect(await list.getByRole('listitem').count()).toBeLessThan(60)
      await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
      await list.getByText('4999').waitFor()
      expect(await list.getByRole('listitem').count()).toBeLessThan(60)
      await list.evaluate((element) => element.scrollTo(0, 44 * 2_500))
      await list.getByText('PixelOtter2501').waitFor()
    })
  })

  it.each([1280, 360])('counts the rows of a long table rightly at %d px', async (width) => {
    await site.visit(
      '/app/live/',
      async (page) => {
        const table = page.getByRole('region', { name: 'Players online now' })
        await table.evaluate((element) => element.scrollTo(0, element.scrollHeight))
        await expect
          .poll(() => table.locator('tbody tr[aria-rowindex]').last().getAttribute('aria-rowindex'))
          .toBe('1285')
        const gap = await table.evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight)
        expect(gap).toBeLessThan(2)
        const heights = await table.evaluate((element) =>
          Array.from(element.querySelectorAll('tbody tr[aria-rowindex]'), (row) => row.getBoundingClientRect().height),
        )
        expect(new Set(heights.map(Math.round)).size).toBe(1)
        expect(await table.getByRole('row').count()).toBeLessThan(60)
      },
      { viewport: { width, height: 800 } },
    )
  })
})
