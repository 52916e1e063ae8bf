import { describe, expect, it } from 'vitest'
import { GAUGE_CHARTS, type GaugeChart, type GaugeHistory, toGaugeData } from './gauge-series.ts'

const unknown = [null, null, null]
const HISTORY: GaugeHistory = {
  fromMs: 0,
  toMs: 180_000,
  stepMs: 60_000,
  atMs: [0, 60_000, 120_000],
  players: [1, null, 3],
  tps: unknown,
  msptMean: unknown,
  msptP95: [5, 6, 7],
  memoryUsedBytes: unknown,
  memoryMaxBytes: unknown,
  pingMeanMs: unknown,
  spoolBytes: unknown,
  spoolEvents: unknown,
  droppedEvents: unknown,
}
const chart = (key: string): GaugeChart => GAUGE_CHARTS.find((one) => one.key === key) as GaugeChart

describe('toGaugeData', () => {
  it('ends now, keeps gaps, and dashes what is still growing', () => {
    expect(toGaugeData(HISTORY, chart('players'), 90_000)).toMatchObject({
      timesMs: [0, 60_000],
      series: [{ values: [1, null] }],
      incompleteFromMs: 60_000,
    })
    expect(toGaugeData(HISTORY, chart('players'), 999_000)?.incompleteFromMs).toBeUndefined()
  })

  it('has only the lines of which something is known', () => {
    expect(toGaugeData(HISTORY, chart('mspt'), 180_000)?.series.map(({ label }) => label)).toEqual(['slowest 5 %'])
    expect(toGaugeData(HISTORY, chart('tps'), 180_000)).toBeUndefined()
  })
})
