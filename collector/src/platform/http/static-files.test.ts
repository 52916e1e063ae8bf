import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStaticFiles, type StaticFiles } from './static-files.ts'

const SCRIPT = 'console.log("something that repeats itself")\n'.repeat(100)
let directory = ''
let serve: StaticFiles
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-test-'))
  writeFileSync(join(directory, 'app.js'), SCRIPT)
  writeFileSync(join(directory, 'small.js'), 'x')
  writeFileSync(join(directory, 'font.woff2'), Buffer.alloc(4_096))
  serve = createStaticFiles(directory)
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  serve(new Request(`http://localhost${path}`, { headers }))

it('compresses what is text for who can read that, and says so to caches', async () => {
  const answer = get('/app.js', { 'accept-encoding': 'br, gzip;q=0.8' })
  expect(answer?.headers.get('content-encoding')).toBe('gzip')
  expect(answer?.headers.get('vary')).toBe('accept-encoding')
  const bytes = Buffer.from((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))
  expect(bytes.length).toBeLessThan(SCRIPT.length / 5)
  expect(gunzipSync(bytes).toString()).toBe(SCRIPT)
})

it.each([
  ['/app.js', 'identity'],
  ['/app.js', ''],
  ['/small.js', 'gzip'],
  ['/font.woff2', 'gzip'],
])('sends %s as it is for %j', (path, encoding) => {
  const answer = get(path, { 'accept-encoding': encoding })
  expect(answer?.status).toBe(200)
  expect(answer?.headers.get('content-encoding')).toBeNull()
})

it('knows a file again, however it was sent', () => {
  const etag = get('/app.js', { 'accept-encoding': 'gzip' })?.headers.get('etag') ?? ''
  expect(get('/app.js', { 'if-none-match': etag })?.status).toBe(304)
})
