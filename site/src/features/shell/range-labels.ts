import type { Formatters } from '../../format/formatters.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import type { Comparison } from '../../url/app-state.ts'
import type { Range, RangePreset, ResolvedRange } from '../../url/range.ts'

/** The presets by name. */
export const PRESET_LABELS: Readonly<Record<RangePreset, string>> = {
  '24h': m.range24h,
  today: m.rangeToday,
  yesterday: m.rangeYesterday,
  '7d': m.range7d,
  '28d': m.range28d,
  '30d': m.range30d,
  '91d': m.range91d,
  month: m.rangeMonth,
  'last-month': m.rangeLastMonth,
  year: m.rangeYear,
  '12mo': m.range12mo,
}

/** Single keys for those presets that are used most. */
export const PRESET_KEYS: Partial<Readonly<Record<RangePreset, string>>> = {
  '24h': 'h',
  today: 'd',
  '7d': 'w',
  '28d': 'f',
  '91d': 'n',
  month: 'm',
}

/** What the numbers may be compared with, by name. */
export const COMPARISON_LABELS: Readonly<Record<Comparison, string>> = {
  previous: m.comparePrevious,
  weekday: m.compareWeekday,
  year: m.compareYear,
  none: m.compareNone,
}

/** The comparison beside the range, in short. */
export const COMPARISON_SHORT: Readonly<Record<Comparison, string>> = {
  previous: m.vsPrevious,
  weekday: m.vsWeekday,
  year: m.vsYear,
  none: '',
}

/** A range in few words: a preset by its name, days by their dates, a span by its instants. */
export function labelRange(range: Range, resolved: ResolvedRange, format: Formatters): string {
  if (range.kind === 'preset') return PRESET_LABELS[range.preset]
  if (range.kind === 'span') return `${format.moment(resolved.fromMs)} – ${format.moment(resolved.toMs)}`
  // The end is outside: the last day is the one before it.
  const [from, to] = [format.day(resolved.fromMs), format.day(resolved.toMs - 1)]
  return from === to ? from : `${from} – ${to}`
}
