import type { Formatters } from '../format/formatters.ts'
import { chartMessages as m } from '../messages/chart-messages.ts'
import { type ChartData, findPeak } from './chart-data.ts'

/** A chart in a few sentences, for those who do not see it. */
export function summarizeChart(data: ChartData, format: Formatters, formatValue: (value: number) => string): string {
  const lines = data.series.map(({ label, values }) => {
    const peak = findPeak(values)
    if (peak === undefined) return m.summaryEmpty(label)
    const low = findPeak(values.map((value) => (value === null ? null : -value)))
    const last = values.findLast((value) => value !== null) ?? peak.value
    const at = (index: number): string => format.moment(data.timesMs[index] ?? 0)
    return `${[
      m.summaryPeak(label, formatValue(peak.value), at(peak.index)),
      m.summaryLow(formatValue(-(low?.value ?? 0)), at(low?.index ?? 0)),
      m.summaryLast(formatValue(last)),
    ].join(', ')}.`
  })
  const gaps = (data.gaps ?? []).map(({ fromMs, toMs, reason }) =>
    m.summaryGap(format.moment(fromMs), format.moment(toMs), reason),
  )
  return [...lines, ...gaps].join(' ')
}

/** One moment of a chart in words: what the cursor or the arrow keys are at. */
export function describeMoment(
  data: ChartData,
  index: number,
  format: Formatters,
  formatValue: (value: number) => string,
): string {
  const atMs = data.timesMs[index] ?? 0
  const isOpen = atMs >= (data.incompleteFromMs ?? Number.POSITIVE_INFINITY)
  const values = data.series.map(({ label, values }) => {
    const value = values[index] ?? null
    return `${label} ${value === null ? m.noValue : formatValue(value)}`
  })
  return m.reading(format.moment(atMs), [...values, ...(isOpen ? [m.soFar] : [])].join(', '))
}
