import { expect, it } from 'vitest'
import { formatAge, formatDuration } from './durations.ts'

it.each([
  [-5, '0 ms'],
  [350, '350 ms'],
  [999.6, '1 s'],
  [42_900, '42 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [3_600_000, '1 h'],
  [8_040_000, '2 h 14 min'],
  [4 * 86_400_000 + 3 * 3_600_000, '4 d 3 h'],
])('shows %d ms as %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text)
})

it.each([
  [-10_000, 'just now'],
  [1_999, 'just now'],
  [12_000, '12 s ago'],
  [3_599_999, '59 min ago'],
  [47 * 3_600_000, '47 h ago'],
  [48 * 3_600_000, '2 d ago'],
])('shows an instant %d ms back as %s', (agoMs, text) => {
  expect(formatAge(1_000_000_000_000 - agoMs, 1_000_000_000_000)).toBe(text)
})
