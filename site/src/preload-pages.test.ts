import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { writePreloads } from '../build/preload-pages.ts'

const HTML = '<head><title>x</title></head><script type="module" src="/_astro/entry.js"></script>'
const FILES = {
  'app/index.html': HTML,
  'app/live/index.html': HTML,
  'app/players/index.html': HTML,
  '_astro/entry.js':
    'import"./web.js";const a=()=>import("./live-page.a1.js");const b=()=>import("./players-page.b2.js")',
  '_astro/web.js': '',
  '_astro/live-page.a1.js': 'import"./card.js";const c=()=>import("./chart.js")',
  '_astro/card.js': '',
  '_astro/players-page.b2.js': '',
  '_astro/chart.js': '',
}

it('names in each document what it needs and the browser would find late', () => {
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-preload-'))
  try {
    for (const [path, text] of Object.entries(FILES)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    }
    writePreloads(directory)
    const preloads = (page: string) =>
      Array.from(
        readFileSync(join(directory, page), 'utf8').matchAll(/modulepreload" href="\/_astro\/([^"]+)"/g),
        ([, file]) => file,
      ).sort()

    expect(preloads('app/live/index.html')).toEqual(['card.js', 'live-page.a1.js', 'web.js'])
    expect(readFileSync(join(directory, 'app/live/index.html'), 'utf8')).toContain(
      '<link rel="preload" as="script" crossorigin href="/_astro/chart.js">',
    )
    expect(preloads('app/index.html')).toEqual(preloads('app/live/index.html'))
    expect(preloads('app/players/index.html')).toEqual(['players-page.b2.js', 'web.js'])
  } finally {
    rmSync(directory, { recursive: true })
  }
})
