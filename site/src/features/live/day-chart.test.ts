import { describe, expect, it } from 'vitest'
import { type CcuHistory, changeFrom, findPeakSince, toDayChart, valueBefore } from './day-chart.ts'

const MINUTE_MS = 60_000
const FROM_MS = 1_800_000_000_000

function historyOf(players: Array<number | null>, before: Array<number | null> | null = null): CcuHistory {
  const atMs = players.map((_, index) => FROM_MS + index * MINUTE_MS)
  const columns = { fromMs: FROM_MS, toMs: FROM_MS + players.length * MINUTE_MS, atMs, peak: null, peakAtMs: null }
  return {
    ...columns,
    series: [{ value: '', players, peaks: players.map((value) => (value === null ? null : value + 1)) }],
    stepMs: MINUTE_MS,
    by: 'total',
    comparison: before === null ? null : { ...columns, series: [{ value: '', players: before, peaks: before }] },
  }
}
const words = { main: 'today', before: 'last Friday', notRecorded: 'nothing was recorded' }
const at = (minute: number): number => FROM_MS + minute * MINUTE_MS

describe('toDayChart', () => {
  it('ends now, with what came live where nothing is stored yet', () => {
    const live = new Map([
      [at(2), { players: 7, peak: 9 }],
      [at(3), { players: 8, peak: 8 }],
    ])
    const history = historyOf([5, 6, null, null, null], [1, 2, 3, 4, 5])
    const chart = toDayChart({ history, live, gaps: [], nowMs: at(3) + 30_000, words })

    expect(chart.timesMs).toEqual([at(0), at(1), at(2), at(3)])
    expect(chart.series).toMatchObject([
      { look: 'main', values: [5, 6, 7, 8] },
      { look: 'comparison', values: [1, 2, 3, 4] },
    ])
    expect(chart.gaps).toEqual([])
    expect(chart.incompleteFromMs).toBeUndefined()
  })

  it('begins where the day does', () => {
    const history = historyOf([9, 9, 5, 6], [8, 8, 3, 4])
    const chart = toDayChart({ history, live: new Map(), gaps: [], fromMs: at(2), nowMs: at(9), words })

    expect(chart.timesMs).toEqual([at(2), at(3)])
    expect(chart.series.map(({ values }) => values)).toEqual([
      [5, 6],
      [3, 4],
    ])
  })

  it('shades what is missing in between, with the reason that was given, or says that there is none', () => {
    const history = historyOf([null, 1, null, null, null, 1, null, null, null, 1])
    const given = { fromMs: at(2), toMs: at(4), reason: 'the collector was down' }
    const chart = toDayChart({ history, live: new Map(), gaps: [given], nowMs: at(9), words })

    expect(chart.gaps).toEqual([given, { fromMs: at(6), toMs: at(9), reason: 'nothing was recorded' }])
  })

  it('compares with nothing where nothing is known', () => {
    const chart = toDayChart({ history: historyOf([1], [null]), live: new Map(), gaps: [], nowMs: at(0), words })
    expect(chart.series).toHaveLength(1)
  })
})

describe('numbers beside the chart', () => {
  it('find the peak of the day, also when it comes live', () => {
    const history = historyOf([90, 6, 5])
    expect(findPeakSince(history, new Map(), at(1))).toEqual({ players: 7, atMs: at(1) })
    expect(findPeakSince(history, new Map([[at(3), { players: 1, peak: 12 }]]), at(1))).toEqual({
      players: 12,
      atMs: at(3),
    })
    expect(findPeakSince(historyOf([null]), new Map(), 0)).toBeUndefined()
  })

  it('compare with the same minute, and with nothing where there was nobody', () => {
    const history = historyOf([1, 1, 1], [10, null, 0])
    expect(changeFrom(valueBefore(history, at(0) + 59_999), 12)).toBeCloseTo(0.2)
    expect(changeFrom(valueBefore(history, at(1)), 12)).toBeUndefined()
    expect(changeFrom(valueBefore(history, at(2)), 12)).toBeUndefined()
  })
})
