import { describe, expect, it } from 'vitest'
import { packageOf, parseImports, resolveRelative } from './imports.ts'

describe('parseImports', () => {
  it.each([
    ["import 'a'", 'a', 'value'],
    ["import a from 'a'", 'a', 'value'],
    ["import * as a from 'a'", 'a', 'value'],
    ["import a, { type b as c, $d } from 'a'", 'a', 'value'],
    ["import {\n  b,\n} from 'a'", 'a', 'value'],
    ["import type { b } from 'a'", 'a', 'type'],
    ["import { type b } from 'a'", 'a', 'value'],
    ["export { b } from 'a'", 'a', 'value'],
    ["export * from 'a'", 'a', 'value'],
    ["export * as b from 'a'", 'a', 'value'],
    ["export type { b } from 'a'", 'a', 'type'],
    ["export type * from 'a'", 'a', 'type'],
    ["await import('a')", 'a', 'value'],
    ['await import(`a`)', 'a', 'value'],
    ["type A = typeof import('a')", 'a', 'type'],
    ["import.meta.resolve('a')", 'a', 'resolve'],
    ["const a = require('a')", 'a', 'value'],
    ["require.resolve('a')", 'a', 'resolve'],
  ])('finds %s', (source, specifier, kind) => {
    expect(parseImports(source)).toMatchObject([{ specifier, kind }])
  })

  it.each([
    ["// import 'a'"],
    ["/* import b from 'a' */"],
    ['const code = "import b from \'a\'"'],
    ['const code = `\nimport b from "a"\n`'],
    ["export const from = 'a'"],
    ["export default 'a'"],
    ["const a = { import: 'a' }"],
  ])('does not take %j for an import', (source) => {
    expect(parseImports(source)).toEqual([])
  })

  it('tells the line of the specifier', () => {
    expect(parseImports("// first\nimport {\n  b,\n} from 'a'\nimport 'c'")).toEqual([
      { specifier: 'a', kind: 'value', line: 4 },
      { specifier: 'c', kind: 'value', line: 5 },
    ])
  })
})

it('resolves what is relative, and nothing else', () => {
  expect(resolveRelative('a/b/c.ts', '../d/e.ts')).toBe('a/d/e.ts')
  expect(resolveRelative('a/b/c.ts', './d.woff2?url')).toBe('a/b/d.woff2')
  expect(resolveRelative('a/b/c.ts', 'node:fs')).toBeUndefined()
})

it.each([
  ['pg', 'pg'],
  ['hono/http-exception', 'hono'],
  ['@clickhouse/client/web', '@clickhouse/client'],
  ['node:fs/promises', 'node:fs'],
])('knows that %s belongs to %s', (specifier, name) => {
  expect(packageOf(specifier)).toBe(name)
})
