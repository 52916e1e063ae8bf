import { expect, it } from 'vitest'
import { bar } from './bar.ts'
import { sparkline } from './sparkline.ts'

it('draws from zero to the largest', () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe('▁▂▃▄▅▆▇█')
  expect(sparkline([0, 0, 0], 8)).toBe('▁▁▁')
})

it('draws what is not known as a gap, not as zero', () => {
  expect(sparkline([null, 0, 7, null, 7], 5)).toBe(' ▁█ █')
  expect(sparkline([null, null], 5)).toBe('  ')
})

it('draws neighbours that share a character as the larger', () => {
  expect(sparkline([0, 7, 0, 0, null, 0, null, null], 4)).toBe('█▁▁ ')
})

it.each([
  [60, 7],
  [60, 59],
  [61, 60],
  [3, 80],
])('draws %d values in %d columns at most', (values, width) => {
  expect(sparkline(Array(values).fill(1), width)).toHaveLength(Math.min(values, width))
})

it('draws nothing of nothing', () => {
  expect(sparkline([], 10)).toBe('')
})

it('draws bars in eighths, and lets everything above zero be seen', () => {
  expect([bar(10, 10, 3), bar(5, 10, 3), bar(1, 1_000, 3), bar(0, 10, 3)]).toEqual(['███', '█▌', '▏', ''])
  expect([bar(20, 10, 3), bar(1, 0, 3), bar(1, 1, 0)]).toEqual(['███', '', ''])
})
