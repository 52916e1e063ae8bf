import { describe, expect, it } from 'vitest'
import { keepPictures } from './support/keep-pictures.ts'
import { findBarriers } from './support/open-browser.ts'
import { setUpSite } from './support/set-up-site.ts'

const site = setUpSite()
const WIDTHS = [
  { width: 1280, height: 900 },
  { width: 360, height: 800 },
] as const
const SCHEMES = ['dark', 'light'] as const
const PAGES = [
  ['gallery', '/gallery/'],
  ['live', '/app/live/'],
  ['not-yet', '/app/players/'],
  ['offline', '/app/live/#offline'],
  ['failed', '/app/sessions/#failed'],
  ['empty', '/app/live/#empty'],
  ['gone', '/app/live/?network=nobody'],
] as const
/** States of the frame that differ by a few words are looked at in one theme at each width. */
const LOOKED_AT_WHOLE = new Set(['gallery'])
const CASES = PAGES.flatMap(([name, path]) =>
  SCHEMES.flatMap((colorScheme, scheme) =>
    WIDTHS.filter((_, width) => LOOKED_AT_WHOLE.has(name) || width === scheme).map((viewport) => ({
      name,
      path,
      colorScheme,
      viewport,
      width: viewport.width,
    })),
  ),
)

describe('every page', () => {
  it.each(CASES)(
    'can be used by everybody: $name, $colorScheme, $width px',
    async ({ name, path, colorScheme, viewport }) => {
      await site.visit(
        path,
        async (page) => {
          await page.locator('h1').first().waitFor()
          expect(await findBarriers(page)).toEqual([])
          const width = await page.evaluate(() => document.documentElement.scrollWidth)
          expect(width).toBeLessThanOrEqual(viewport.width)
          await keepPictures(page, `frame-${name}`, { inItsTheme: true })
        },
        { colorScheme, viewport },
      )
    },
  )

  it.each([
    ['the palette', 1280, 'palette', ['Control+k'], undefined],
    ['the shortcuts', 1280, 'shortcuts', ['?'], undefined],
    ['the ranges', 1280, 'ranges', [], 'Time range'],
    ['the networks', 1280, 'networks', [], 'Network:'],
    ['sharing', 1280, 'share', [], 'Share'],
    ['the menu of a phone', 360, 'menu', [], 'Menu'],
    ['the palette of a phone', 360, 'palette', [], 'Search…'],
    ['the ranges of a phone', 360, 'ranges', [], 'Time range'],
  ] as const)('can be used by everybody while it shows %s, at %d px', async (_, width, name, keys, button) => {
    for (const colorScheme of SCHEMES) {
      await site.visit(
        '/app/sessions/',
        async (page) => {
          await page.locator('h1').waitFor()
          for (const key of keys) await page.keyboard.press(key)
          if (button !== undefined) await page.getByRole('button', { name: button }).first().click()
          await page.waitForTimeout(300)
          expect(await findBarriers(page)).toEqual([])
          await keepPictures(page, `frame-${name}-open`, { ofWindow: true, inItsTheme: true })
        },
        { colorScheme, viewport: { width, height: 800 } },
      )
    }
  })

  it('does not move while it loads', async () => {
    await site.visit('/app/live/', async (page) => {
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
    })
  })

  it('moves nothing for who wants no motion', async () => {
    await site.visit(
      '/gallery/',
      async (page) => {
        const running = await page.evaluate(
          () => document.getAnimations().filter(({ playState }) => playState === 'running').length,
        )
        expect(running).toBe(0)
      },
      { reducedMotion: 'reduce' },
    )
  })
})
