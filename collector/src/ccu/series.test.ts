import { expect, it } from 'vitest'
import { toSeries } from './series.ts'

const MINUTE_MS = 60_000
const range = { networkId: 'n', fromMs: 0, toMs: 4 * MINUTE_MS, stepMs: MINUTE_MS }

it('lays out means and peaks, null where nothing was sampled, zero where a value had no players', () => {
  const buckets = [
    { atMs: 0, samples: 1 },
    { atMs: MINUTE_MS, samples: 2 },
    { atMs: 3 * MINUTE_MS, samples: 1 },
  ]
  const rows = [
    { value: 'lobby', atMs: 0, playersSum: 5, peak: 7 },
    { value: 'lobby', atMs: MINUTE_MS, playersSum: 5, peak: 3 },
    { value: 'survival', atMs: 3 * MINUTE_MS, playersSum: 1, peak: 1 },
  ]
  expect(toSeries(range, buckets, rows)).toEqual({
    atMs: [0, MINUTE_MS, 2 * MINUTE_MS, 3 * MINUTE_MS],
    series: [
      { value: 'lobby', players: [5, 2.5, null, 0], peaks: [7, 3, null, 0] },
      { value: 'survival', players: [0, 0, null, 1], peaks: [0, 0, null, 1] },
    ],
  })
})

it('has no series when nothing is known', () => {
  expect(toSeries(range, [], []).series).toEqual([])
})
