import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { setUpCollector } from './support/index.ts'

const site = mkdtempSync(join(tmpdir(), 'mctrack-site-'))
mkdirSync(join(site, '_astro'))
mkdirSync(join(site, 'docs'))
writeFileSync(join(site, 'index.html'), '<h1>Home</h1>')
writeFileSync(join(site, 'docs', 'index.html'), '<h1>Docs</h1>')
writeFileSync(join(site, '404.html'), '<h1>Nothing here</h1>')
writeFileSync(join(site, '_astro', 'page.a1b2.js'), 'export {}')
afterAll(() => rmSync(site, { recursive: true }))

const test = setUpCollector({ MCTRACK_SITE_DIR: site })
const BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
const load = (path: string, headers: Readonly<Record<string, string>> = BROWSER) =>
  fetch(test.collector.url + path, { headers })

describe('the site', () => {
  it.each([
    ['/', 'Home'],
    ['/docs', 'Docs'],
    ['/docs/', 'Docs'],
  ])('serves the page at %s under a strict policy', async (path, title) => {
    const answer = await load(path)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain(title)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'self'.*frame-ancestors 'none'/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
  })

  it('lets browsers keep what never changes, and ask about the rest', async () => {
    const hashed = await load('/_astro/page.a1b2.js')
    expect(hashed.headers.get('cache-control')).toContain('immutable')
    const etag = (await load('/')).headers.get('etag') ?? ''
    expect((await load('/', { ...BROWSER, 'if-none-match': etag })).status).toBe(304)
  })

  it.each(['/nothing', '/docs/nothing', '/../index', '/%2e%2e/etc/passwd', '/_astro/page.js'])(
    'shows its page of what is not there for %s to a browser, and an error to a program',
    async (path) => {
      const page = await load(path)
      expect(page.status).toBe(404)
      expect(await page.text()).toContain('Nothing here')
      const error = await load(path, { accept: '*/*' })
      expect(error.status).toBe(404)
      expect(await error.json()).toMatchObject({ error: { code: 'ROUTE_NOT_FOUND' } })
    },
  )

  it('leaves what is missing in the API to the API', async () => {
    const answer = await load('/api/v1/nothing')
    expect(await answer.json()).toMatchObject({ error: { code: expect.any(String) } })
  })
})
