import { readFileSync } from 'node:fs'
import { ERROR_CODES } from '@mctrack/sdk/protocol'
import { expect, it } from 'vitest'

it('ends connections with the codes that have a close code, each of them, and no other', () => {
  const sources = ['connection.ts', '../app.ts'].map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))
  const used = sources.flatMap((text) => Array.from(text.matchAll(/dismiss\(\w+, '([A-Z_]+)'/g), ([, code]) => code))
  const closing = Object.entries(ERROR_CODES).flatMap(([code, entry]) => ('close' in entry ? [code] : []))
  expect(Array.from(new Set(used)).toSorted()).toEqual(closing.toSorted())
})
