import { expect, it } from 'vitest'
import { parseIsNeeded } from './next-move.ts'

it.each([
  [{ isNeeded: true }, true],
  [{ isNeeded: false }, false],
  [{ isNeeded: 'yes' }, undefined],
  [{ error: { code: 'ROUTE_NOT_FOUND' } }, undefined],
  [null, undefined],
  ['<html>', undefined],
])('takes %j for %s', (answer, expected) => {
  expect(parseIsNeeded(answer)).toBe(expected)
})
