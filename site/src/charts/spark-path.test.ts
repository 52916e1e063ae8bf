import { expect, it } from 'vitest'
import { sparkPath } from './spark-path.ts'

it.each([
  ['a line from low to high', [0, 5, 10], 'M0 20L50 10L100 0'],
  ['a gap where nothing is known', [0, null, 10, 10], 'M0 20M66.7 0L100 0'],
  ['a flat line in the middle', [3, 3], 'M0 10L100 10'],
  ['one point', [3], 'M0 10'],
  ['nothing', [], ''],
  ['nothing known', [null, null], ''],
])('draws %s', (_, values, d) => {
  expect(sparkPath(values, 100, 20)).toBe(d)
})
