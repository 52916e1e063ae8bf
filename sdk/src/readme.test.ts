import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ERROR_CODES } from './protocol/index.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const text = readFileSync(join(root, 'README.md'), 'utf8')
const blocks = Array.from(text.matchAll(/^```ts\n([\s\S]*?)^```/gm), ([, code = '']) => code)
let directory = ''

beforeAll(() => {
  // Inside the package, so that its own name leads to it; in a directory that git and the linter pass over.
  mkdirSync(join(root, '.mctrack'), { recursive: true })
  directory = mkdtempSync(join(root, '.mctrack', 'readme-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

it('has examples that type-check by our own strict options', { timeout: 60_000 }, () => {
  expect(blocks.length).toBeGreaterThan(10)
  blocks.forEach((code, place) => {
    writeFileSync(join(directory, `example-${place}.ts`), code)
  })
  const options = { extends: '../../../tsconfig.json', include: ['*.ts'], exclude: [] }
  writeFileSync(join(directory, 'tsconfig.json'), JSON.stringify(options))
  const tsc = fileURLToPath(import.meta.resolve('typescript/package.json')).replace('package.json', 'bin/tsc')
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', directory], { encoding: 'utf8', cwd: directory })
  expect(stdout + stderr).toBe('')
})

it('connects in ten lines', () => {
  const [first = ''] = blocks
  expect(first).toContain('createClient(')
  expect(first.split('\n').filter((line) => line !== '').length).toBeLessThanOrEqual(10)
})

it('names every problem that the client can have, and codes that exist', () => {
  const options = readFileSync(new URL('node/options.ts', import.meta.url), 'utf8')
  const [, problem = ''] = options.split('export interface Problem {')
  const [declared = ''] = problem.split('readonly message')
  const problems = Array.from(declared.matchAll(/'([A-Z_]+)'/g), ([, code = '']) => code)
  expect(problems.length).toBeGreaterThan(3)
  for (const code of problems) expect(text).toContain(`| \`${code}\``)
  for (const [, code = ''] of text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)) {
    if (!problems.includes(code)) expect(ERROR_CODES).toHaveProperty(code)
  }
})
