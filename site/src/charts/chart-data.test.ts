import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFormatters } from '../format/formatters.ts'
import { bucketAt, type ChartData, findPeak, toColumns } from './chart-data.ts'
import { describeMoment, summarizeChart } from './chart-summary.ts'

const HOUR_MS = 3_600_000
const START_MS = Date.parse('2026-11-20T00:00:00Z')
const format = createFormatters({ locale: 'en-GB', timeZone: 'UTC', now: () => START_MS + 5 * HOUR_MS })
const DATA: ChartData = {
  timesMs: [0, 1, 2, 3, 4].map((hour) => START_MS + hour * HOUR_MS),
  series: [
    { label: 'Today', look: 'main', values: [10, null, 1_275, 1_275, 40] },
    { label: 'Last Friday', look: 'comparison', values: [9, 8, 7, 6, 5] },
  ],
  gaps: [{ fromMs: START_MS + HOUR_MS, toMs: START_MS + 2 * HOUR_MS, reason: 'proxy-2 was away' }],
  incompleteFromMs: START_MS + 4 * HOUR_MS,
}

describe('toColumns', () => {
  it('draws what is still growing as a tail that begins where the line ends', () => {
    expect(toColumns(DATA).slice(1)).toEqual([
      [10, null, 1_275, 1_275, null],
      [null, null, null, 1_275, 40],
      [9, 8, 7, 6, 5],
      [null, null, null, null, null],
    ])
  })

  it('has no tail when all is complete', () => {
    const [, line, tail] = toColumns({ ...DATA, incompleteFromMs: undefined })

    expect(line).toEqual([10, null, 1_275, 1_275, 40])
    expect(tail).toEqual([null, null, null, null, null])
  })

  it('never turns unknown into zero, even where values are missing', () => {
    const [, line] = toColumns({ timesMs: [1, 2, 3], series: [{ label: 'x', look: 'line', values: [0] }] })

    expect(line).toEqual([0, null, null])
  })
})

it('finds the last of equal peaks, and none where nothing is known', () => {
  expect(findPeak([1, 5, null, 5, 2])).toEqual({ index: 3, value: 5 })
  expect(findPeak([null, null])).toBeUndefined()
})

it('finds the bucket of a time', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 1_000 })).map((list) => list.sort((a, b) => a - b))
  fc.assert(
    fc.property(times, fc.integer({ min: -10, max: 1_010 }), (timesMs, atMs) => {
      expect(bucketAt(timesMs, atMs)).toBe(timesMs.findLastIndex((time) => time <= atMs))
    }),
  )
})

describe('in words', () => {
  it('says what matters about each line, and where data is missing', () => {
    expect(summarizeChart(DATA, format, format.number)).toBe(
      'Today: highest 1,275 at 03:00, lowest 10 at 00:00, last 40. ' +
        'Last Friday: highest 9 at 00:00, lowest 5 at 04:00, last 5. ' +
        'No data from 01:00 to 02:00: proxy-2 was away.',
    )
  })

  it('says when there is nothing', () => {
    const series = [{ label: 'Today', look: 'main' as const, values: [null] }]

    expect(summarizeChart({ timesMs: [START_MS], series }, format, format.number)).toBe('Today: no data in this time.')
  })

  it('reads one moment, with what is unknown and what is still growing', () => {
    expect(describeMoment(DATA, 1, format, format.number)).toBe('01:00: Today no data, Last Friday 8')
    expect(describeMoment(DATA, 4, format, format.number)).toBe('04:00: Today 40, Last Friday 5, so far')
  })
})
