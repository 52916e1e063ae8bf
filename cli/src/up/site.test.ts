import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { isSiteStale } from './site.ts'

const EARLIER = new Date('2026-01-01T00:00:00Z')
const BUILT = new Date('2026-01-02T00:00:00Z')
const LATER = new Date('2026-01-03T00:00:00Z')

/** A repository with a site that was built after its sources; `later` is a file that changed since. */
function setUp(later?: string): string {
  const root = mkdtempSync(join(tmpdir(), 'mctrack-freshness-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const files = ['site/src/pages/index.astro', 'site/dist/index.html', ...(later === undefined ? [] : [later])]
  for (const path of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), '')
  }
  for (const path of files) {
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
      utimesSync(join(root, folder), EARLIER, EARLIER)
    }
    const time = path === later ? LATER : path.includes('/dist/') ? BUILT : EARLIER
    utimesSync(join(root, path), time, time)
  }
  return join(root, 'site')
}

it('leaves a site alone that is newer than everything it is made from', () => {
  expect(isSiteStale(setUp())).toBe(false)
})

it.each([
  'site/src/pages/other.astro',
  'site/build/docs/render-docs.ts',
  'docs/operations.md',
  'sdk/PROTOCOL.md',
  'sdk/src/node/options.ts',
  'cli/src/commands/up.ts',
  'collector/src/networks/routes.ts',
  'CHANGELOG.md',
])('builds it anew when %s changed since', (path) => {
  expect(isSiteStale(setUp(path))).toBe(true)
})

it('does not build it anew for a test', () => {
  expect(isSiteStale(setUp('collector/src/networks/calendar.test.ts'))).toBe(false)
})
