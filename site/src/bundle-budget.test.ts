import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { weighPages } from '../build/bundle-budget.ts'

const directories: string[] = []
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true })
})

function setUp(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'mctrack-budget-'))
  directories.push(directory)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true })
    writeFileSync(join(directory, path), text)
  }
  return directory
}
const HTML = '<script src="/_astro/first-paint.js"></script><script type="module" src="/_astro/entry.js"></script>'

describe('weighPages', () => {
  it('counts the frame and one page, with all that they import, each once', () => {
    const directory = setUp({
      'app/index.html': HTML,
      '_astro/first-paint.js': 'try{}catch{}',
      '_astro/entry.js':
        'import{a as b}from"./web.js";import"./side.js";const p=()=>import("./live.js");const q=()=>d(()=>import(`./plain.js`),[])',
      '_astro/web.js': 'export{x}from"./store.js";',
      '_astro/store.js': '',
      '_astro/side.js': '',
      '_astro/live.js': 'import{c}from"./chart.js";import * as w from "./web.js";const l=()=>import("./late.js")',
      '_astro/chart.js': 'x'.repeat(1_000),
      '_astro/late.js': '',
      '_astro/plain.js': '',
      '_astro/gallery.js': 'not counted',
    })
    const [heavy, light, ...more] = weighPages(directory)
    const names = (files: readonly string[] = []) => files.map((file) => file.replace(/^_astro\/|\.js$/g, '')).sort()

    expect(more).toEqual([])
    expect(names(heavy?.files)).toEqual(['chart', 'entry', 'first-paint', 'late', 'live', 'side', 'store', 'web'])
    expect(names(light?.files)).toEqual(['entry', 'first-paint', 'plain', 'side', 'store', 'web'])
    expect(heavy?.gzipBytes).toBeGreaterThan(light?.gzipBytes ?? Number.POSITIVE_INFINITY)
  })

  it('counts a dashboard that is one file', () => {
    const directory = setUp({ 'app/index.html': '<script src="/entry.js"></script>', 'entry.js': 'let a = 1' })

    expect(weighPages(directory)).toMatchObject([{ chunk: 'entry.js', files: ['entry.js'] }])
  })

  it('finds nothing where no dashboard was built', () => {
    expect(weighPages(setUp({ 'app/index.html': '<p>nothing</p>' }))).toEqual([])
  })
})
