import { expect, it } from 'vitest'
import { createUserCode, formatUserCode, parseUserCode } from './user-code.ts'

it('is eight letters that nobody mistakes, and another one each time', () => {
  const codes = Array.from({ length: 1_000 }, createUserCode)
  for (const code of codes) expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/)
  expect(new Set(codes).size).toBe(1_000)
})

it.each([
  ['WDJB-MJHT', 'WDJBMJHT'],
  ['wdjbmjht', 'WDJBMJHT'],
  [' wdjb mjht ', 'WDJBMJHT'],
  ['W-D-J-B-M-J-H-T', 'WDJBMJHT'],
])('is read from %j', (typed, code) => {
  expect(parseUserCode(typed)).toBe(code)
  expect(parseUserCode(formatUserCode(code))).toBe(code)
})

it.each(['', 'WDJB-MJH', 'WDJB-MJHTX', 'AEIO-UAEI', '1234-5678', "WDJB'MJHT"])('is not %j', (typed) => {
  expect(parseUserCode(typed)).toBeUndefined()
})
