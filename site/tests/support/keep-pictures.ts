import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'

/** Where the pictures of all pages are kept; `MCTRACK_SITE_SHOTS` names another directory. */
const DIRECTORY =
  process.env['MCTRACK_SITE_SHOTS'] || fileURLToPath(new URL('../../../artifacts/screenshots', import.meta.url))

/** Of a longer page the beginning is kept. */
const HEIGHT_MAX = 6_000
/** What is less wide is laid out for a phone. */
const DESK_WIDTH_MIN = 640

export interface PictureOptions {
  /** Only what the window shows: for what lies over a page. */
  readonly ofWindow?: boolean
  /** Only in the theme that the page has: for what differs from another picture by a few words. */
  readonly inItsTheme?: boolean
}

/**
 * Keeps a picture of the whole page, as `<name>-<theme>-<width>.png`: on a desk in each theme, on a phone in the one that
 * it has, because every picture takes time. The page has its own theme and size again at the end, but may still be on its
 * way there: what looks at its colours comes before.
 */
export async function keepPictures(
  page: Page,
  name: string,
  { ofWindow = false, inItsTheme = false }: PictureOptions = {},
): Promise<void> {
  const viewport = page.viewportSize()
  if (viewport === null) throw new Error('the window has no size')
  mkdirSync(DIRECTORY, { recursive: true })
  const { isDark, height } = await page.evaluate(() => ({
    isDark: matchMedia('(prefers-color-scheme: dark)').matches,
    height: document.documentElement.scrollHeight,
  }))
  // A window as high as the page, so that what sticks to an edge of it is where it belongs.
  if (!ofWindow) await page.setViewportSize({ ...viewport, height: Math.min(height, HEIGHT_MAX) })
  const [own, other] = isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)
  for (const theme of inItsTheme || viewport.width < DESK_WIDTH_MIN ? [own] : [other, own]) {
    await page.emulateMedia({ colorScheme: theme })
    // Charts are drawn anew in the frame after.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
    await page.screenshot({ path: join(DIRECTORY, `${name}-${theme}-${viewport.width}.png`), animations: 'disabled' })
  }
  if (!ofWindow) await page.setViewportSize(viewport)
}
