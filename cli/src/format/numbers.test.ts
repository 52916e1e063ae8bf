import { expect, it } from 'vitest'
import { formatBytes, formatCount, formatCountOf } from './numbers.ts'

it('parts thousands', () => {
  expect([formatCount(0), formatCount(999), formatCount(1_234_567)]).toEqual(['0', '999', '1,234,567'])
})

it('counts things in their number', () => {
  expect([0, 1, 2].map((count) => formatCountOf(count, 'player'))).toEqual(['0 players', '1 player', '2 players'])
  expect(formatCountOf(2, 'server reports', 'servers report')).toBe('2 servers report')
})

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_549, '1.5 kB'],
  [99_960, '100 kB'],
  [999_500, '1.0 MB'],
  [82_200_000_000, '82.2 GB'],
  [5e15, '5000 TB'],
])('shows %d bytes as %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
