import { expect, it } from 'vitest'
import { readSdk, withoutBody } from './read-sdk.ts'

const SDK = new URL('../../../sdk/', import.meta.url)

it.each([
  ['function a(b: string): number {\n  return 1\n}', 'function a(b: string): number'],
  [
    'function a(\n  b: string,\n): { readonly c: number } {\n  return { c: 1 }\n}',
    'function a(\n  b: string,\n): { readonly c: number }',
  ],
  ['function a() {\n  b({ c: 1 })\n}', 'function a()'],
  ['type A = string', 'type A = string'],
])('leaves out the body of %j', (text, expected) => {
  expect(withoutBody(text)).toBe(expected)
})

it('reads what programs import, with sentences, examples and whole lists', () => {
  const [entry] = readSdk(SDK, [{ specifier: '@mctrack/sdk', file: 'src/index.ts' }])
  const exports = new Map(entry?.exports.map((found) => [found.name, found]))

  expect(exports.get('createClient')).toMatchObject({ kind: 'function', examples: [expect.stringContaining('join')] })
  expect(exports.get('createClient')?.signature).toMatch(/^function createClient.*: Client<Events>$/)
  expect(exports.get('ClientOptions')?.signature).toContain('/** API key of the network')
  expect(exports.get('Platform')?.signature).toMatch(/type Platform = .*"bedrock"/)
  expect([...exports.values()].filter(({ about }) => about === '').map(({ name }) => name)).toEqual([])
})
