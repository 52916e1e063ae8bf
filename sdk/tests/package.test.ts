import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SDK_VERSION } from '../src/node/version.ts'

const BYTES_MAX = 40_000
const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string
  publishConfig: { exports: Record<string, { types: string; default: string }> }
}
let directory = ''

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'mctrack-sdk-'))
  const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc')
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', join(directory, 'dist')])
  symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'))
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}')
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('is built for every entry that is published', () => {
  for (const { types, default: code } of Object.values(manifest.publishConfig.exports)) {
    expect(existsSync(join(directory, types)), types).toBe(true)
    expect(existsSync(join(directory, code)), code).toBe(true)
  }
})

it('runs as it is published, in plain JavaScript', () => {
  const program = `
    import { createClient } from './dist/index.js'
    import { createTestTransport } from './dist/testing.js'
    const collector = createTestTransport()
    const client = createClient({ key: 'k', endpoint: 'ws://x', server: { name: 'a', kind: 'proxy' },
      spool: { directory: false }, transport: collector.transport })
    client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' })
    await client.close()
    console.log(collector.received().map(({ type }) => type).join())`
  writeFileSync(join(directory, 'program.js'), program)
  const output = execFileSync(process.execPath, [join(directory, 'program.js')], { encoding: 'utf8' })
  expect(output.trim()).toBe('join,leave')
})

it('stays below its size, minified, without ws and msgpackr', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/index.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['ws', 'msgpackr'],
  })
  const bytes = outputFiles[0]?.contents.length ?? 0
  expect(bytes).toBeGreaterThan(1_000)
  expect(bytes).toBeLessThan(BYTES_MAX)
})

it('has no validation library in it', () => {
  const dependencies = Object.keys(
    (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: object }).dependencies,
  )
  expect(dependencies.toSorted()).toEqual(['msgpackr', 'ws'])
})

it('says the version of its package', () => {
  expect(SDK_VERSION).toBe(manifest.version)
})
