import { type ChartColours, withAlpha } from './chart-colours.ts'
import type { ChartSeries } from './chart-data.ts'
import { uPlot } from './uplot.ts'

export interface PlotSetup {
  readonly series: readonly ChartSeries[]
  readonly timeZone: string
  /** Charts with the same key move their cursors together. */
  readonly syncKey: string | undefined
  readonly formatValue: (value: number) => string
  readonly formatTime: { time(atMs: number): string; day(atMs: number): string }
  readonly canZoom: boolean
  /** Asked again at every drawing, so that a new theme needs no new chart. */
  readonly colours: () => ChartColours
  readonly plugins: uPlot.Plugin[]
}

const FONT = '12px "Inter Variable", ui-sans-serif, system-ui, sans-serif'
const LINE_WIDTH = 1.75
const DASH = [4, 4]
const TICK_SPACE_PX = 90
const DAY_MS = 86_400_000

/** uPlot's options for one chart of time. Every series has two columns, see `toColumns`. */
export function buildPlotOptions(
  setup: PlotSetup,
  size: { readonly width: number; readonly height: number },
): uPlot.Options {
  const { colours, formatValue, formatTime, timeZone, syncKey } = setup
  return {
    ...size,
    ms: 1,
    padding: [14, 6, 0, 0],
    tzDate: (atMs) => uPlot.tzDate(new Date(atMs), timeZone),
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: setup.canZoom, y: false, setScale: false },
      points: { size: 7, width: 2, stroke: () => colours().card, fill: (plot, index) => strokeOf(plot, index) },
      ...(syncKey !== undefined && { sync: { key: syncKey, setSeries: false } }),
    },
    scales: { y: { range: (_, __, max) => [0, niceMax(max)] } },
    axes: [
      {
        stroke: () => colours().muted,
        font: FONT,
        space: TICK_SPACE_PX,
        size: 26,
        gap: 8,
        grid: { show: false },
        ticks: { show: false },
        values: (_, splits, __, ___, step) =>
          splits.map((atMs) => (step >= DAY_MS ? formatTime.day(atMs) : formatTime.time(atMs))),
      },
      {
        stroke: () => colours().muted,
        font: FONT,
        size: (_, values) => Math.max(28, 7.2 * Math.max(0, ...(values ?? []).map((text) => text.length)) + 12),
        gap: 8,
        grid: { stroke: () => colours().grid, width: 1 },
        ticks: { show: false },
        values: (_, splits) => splits.map((value) => formatValue(value)),
      },
    ],
    series: [
      {},
      ...setup.series.flatMap((series, index) => toPlotSeries(series, lineIndex(setup.series, index), colours)),
    ],
    plugins: setup.plugins,
  }
}

/** The colour of a line: the comparison is quiet, the others take the chart colours in their order. */
export function seriesColour(all: readonly ChartSeries[], index: number, colours: ChartColours): string {
  return all[index]?.look === 'comparison' ? colours.muted : (colours.series[lineIndex(all, index)] ?? colours.text)
}

function lineIndex(all: readonly ChartSeries[], index: number): number {
  return all.slice(0, index).filter(({ look }) => look !== 'comparison').length
}

function toPlotSeries({ label, look }: ChartSeries, line: number, colours: () => ChartColours): uPlot.Series[] {
  const stroke = (): string => (look === 'comparison' ? colours().muted : (colours().series[line] ?? colours().text))
  const base: uPlot.Series = {
    label,
    stroke,
    width: LINE_WIDTH,
    spanGaps: false,
    points: { size: 4, filter: findLonely },
  }
  const area = look === 'main' ? { fill: (plot: uPlot) => areaFill(plot, stroke()) } : {}
  return [
    {
      ...base,
      ...(look === 'comparison' && { dash: DASH, width: 1.5 }),
      ...area,
    },
    { ...base, dash: DASH, ...area },
  ]
}

/** Fades out towards zero. Before the first layout there is no height to fade over. */
function areaFill({ bbox, ctx }: uPlot, colour: string): CanvasGradient | string {
  if (!(bbox.height > 0)) return 'transparent'
  const gradient = ctx.createLinearGradient(0, bbox.top, 0, bbox.top + bbox.height)
  gradient.addColorStop(0, withAlpha(colour, 0.24))
  gradient.addColorStop(1, withAlpha(colour, 0))
  return gradient
}

/** Values between two unknown ones make no line: only these get a point. */
function findLonely(plot: uPlot, index: number): number[] {
  const values = plot.data[index] ?? []
  const isKnown = (at: number): boolean => values[at] !== null && values[at] !== undefined
  return Array.from(values.keys()).filter((at) => isKnown(at) && !isKnown(at - 1) && !isKnown(at + 1))
}

function strokeOf(plot: uPlot, index: number): string {
  const stroke = plot.series[index]?.stroke
  return typeof stroke === 'function' ? String(stroke(plot, index)) : 'transparent'
}

/** A little room above the highest value, and never a flat scale. */
function niceMax(max: number | null): number {
  return Math.max(4, (max ?? 0) * 1.08)
}
