import type { ApiOutput } from '../../api/api-types.ts'
import type { ChartData, ChartSeries } from '../../charts/chart-data.ts'
import type { Formatters } from '../../format/formatters.ts'
import { serverMessages as m } from '../../messages/server-messages.ts'

/** What a server said about itself in the past. */
export type GaugeHistory = ApiOutput<'get', '/networks/:networkId/servers/:serverName/gauges'>
type Gauge = Exclude<keyof GaugeHistory, 'fromMs' | 'toMs' | 'stepMs' | 'atMs'>

/** One chart of the page of a server. */
export interface GaugeChart {
  readonly key: string
  readonly title: string
  readonly lines: ReadonlyArray<{ readonly gauge: Gauge; readonly label: string; readonly look: ChartSeries['look'] }>
  readonly format: (format: Formatters) => (value: number) => string
}

const plain = (format: Formatters) => format.number
const milliseconds =
  (format: Formatters) =>
  (value: number): string =>
    m.milliseconds(format.number(value))

/** The charts in their order. */
export const GAUGE_CHARTS: readonly GaugeChart[] = [
  { key: 'tps', title: m.tps, lines: [{ gauge: 'tps', label: m.mean, look: 'main' }], format: plain },
  {
    key: 'mspt',
    title: m.mspt,
    lines: [
      { gauge: 'msptMean', label: m.mean, look: 'line' },
      { gauge: 'msptP95', label: m.p95, look: 'line' },
    ],
    format: milliseconds,
  },
  {
    key: 'memory',
    title: m.memory,
    lines: [
      { gauge: 'memoryUsedBytes', label: m.used, look: 'main' },
      { gauge: 'memoryMaxBytes', label: m.limit, look: 'comparison' },
    ],
    format: (format) => format.bytes,
  },
  { key: 'players', title: m.players, lines: [{ gauge: 'players', label: m.players, look: 'main' }], format: plain },
  {
    key: 'ping',
    title: m.ping,
    lines: [{ gauge: 'pingMeanMs', label: m.meanPing, look: 'main' }],
    format: milliseconds,
  },
]

/** One chart's data, up to now; undefined where the server said nothing of it. */
export function toGaugeData(history: GaugeHistory, { lines }: GaugeChart, nowMs: number): ChartData | undefined {
  const length = history.atMs.filter((atMs) => atMs <= nowMs).length
  const series = lines
    .map(({ gauge, label, look }) => ({ label, look, values: history[gauge].slice(0, length) }))
    .filter(({ values }) => values.some((value) => value !== null))
  if (series.length === 0) return undefined
  const timesMs = history.atMs.slice(0, length)
  const lastMs = timesMs.at(-1) ?? 0
  return { timesMs, series, incompleteFromMs: lastMs + history.stepMs > nowMs ? lastMs : undefined }
}
