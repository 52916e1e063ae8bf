import { expect, it } from 'vitest'
import { parseDuration } from './parse-duration.ts'

it.each([
  ['0s', 0],
  ['250ms', 250],
  ['30s', 30_000],
  ['10m', 600_000],
  ['10min', 600_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['2w', 1_209_600_000],
  [' 5 s ', 5_000],
])('reads %j as %d ms', (text, durationMs) => {
  expect(parseDuration(text)).toBe(durationMs)
})

it.each(['', '5', 's', '-5s', '1.5h', '5  s', '5 parsecs', '5constructor', '9999999999s', '5s5s', '５s'])(
  'does not take %j for a span of time',
  (text) => {
    expect(parseDuration(text)).toBeUndefined()
  },
)
