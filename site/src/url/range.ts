import {
  addDays,
  type CalendarDate,
  formatCalendarDate,
  parseCalendarDate,
  startOfDate,
  zonedDate,
} from '../format/zoned-time.ts'

/** Ranges that move with the time. `28d` are the last 28 whole days, so that weekdays line up. */
export const RANGE_PRESETS = [
  '24h',
  'today',
  'yesterday',
  '7d',
  '28d',
  '30d',
  '91d',
  'month',
  'last-month',
  'year',
  '12mo',
] as const
export type RangePreset = (typeof RANGE_PRESETS)[number]

/**
 * What time somebody looks at: a preset stays relative when it is shared; `days` are two dates of the network's
 * calendar, both included; `span` are two instants, from drawing over a chart.
 */
export type Range =
  | { readonly kind: 'preset'; readonly preset: RangePreset }
  | { readonly kind: 'days'; readonly from: CalendarDate; readonly to: CalendarDate }
  | { readonly kind: 'span'; readonly fromMs: number; readonly toMs: number }

/** Half open: `toMs` itself is outside. */
export interface ResolvedRange {
  readonly fromMs: number
  readonly toMs: number
  /** Whether the range reaches to now, so that its last part is still growing. */
  readonly isOpen: boolean
}

export const DEFAULT_RANGE: Range = { kind: 'preset', preset: '28d' }

/** The last instant that a range may name: the end of the year 9999. */
const INSTANT_MS_MAX = 253_402_300_799_999
/** Shorter has no data between two samples. */
const SPAN_MS_MIN = 1_000
const HOUR_MS = 3_600_000

/** Writes `28d`, `2026-11-01..2026-11-20` or `1763740800000..1763744400000`. */
export function formatRange(range: Range): string {
  if (range.kind === 'preset') return range.preset
  if (range.kind === 'days') return `${formatCalendarDate(range.from)}..${formatCalendarDate(range.to)}`
  return `${range.fromMs}..${range.toMs}`
}

/** Reads what {@link formatRange} writes; undefined for anything else, such as a range that ends before it begins. */
export function parseRange(text: string): Range | undefined {
  const preset = RANGE_PRESETS.find((known) => known === text)
  if (preset !== undefined) return { kind: 'preset', preset }
  const [fromText = '', toText = '', ...more] = text.split('..')
  if (more.length > 0) return undefined
  const [from, to] = [parseCalendarDate(fromText), parseCalendarDate(toText)]
  if (from !== undefined && to !== undefined) {
    return fromText <= toText ? { kind: 'days', from, to } : undefined
  }
  const [fromMs, toMs] = [parseInstant(fromText), parseInstant(toText)]
  if (fromMs === undefined || toMs === undefined || toMs - fromMs < SPAN_MS_MIN) return undefined
  return { kind: 'span', fromMs, toMs }
}

/** The instants that a range means now, in the calendar of a time zone. */
export function resolveRange(
  range: Range,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): ResolvedRange {
  const start = (date: CalendarDate): number => startOfDate(date, timeZone)
  const bounds = (fromMs: number, toMs: number): ResolvedRange => ({
    fromMs,
    toMs: Math.min(toMs, Math.max(nowMs, fromMs + 1)),
    isOpen: toMs >= nowMs,
  })
  if (range.kind === 'span') return { fromMs: range.fromMs, toMs: range.toMs, isOpen: range.toMs >= nowMs }
  if (range.kind === 'days') return bounds(start(range.from), start(addDays(range.to, 1)))
  if (range.preset === '24h') return { fromMs: nowMs - 24 * HOUR_MS, toMs: nowMs, isOpen: true }
  const today = zonedDate(nowMs, timeZone)
  const firstOfMonth = (months: number): CalendarDate => zonedMonth(today, months)
  switch (range.preset) {
    case 'today':
      return bounds(start(today), start(addDays(today, 1)))
    case 'yesterday':
      return bounds(start(addDays(today, -1)), start(today))
    case '7d':
    case '28d':
    case '30d':
    case '91d':
      // Today is not over, so whole days end with yesterday.
      return bounds(start(addDays(today, -Number.parseInt(range.preset, 10))), start(today))
    case 'month':
      return bounds(start(firstOfMonth(0)), start(firstOfMonth(1)))
    case 'last-month':
      return bounds(start(firstOfMonth(-1)), start(firstOfMonth(0)))
    case 'year':
      return bounds(start({ year: today.year, month: 1, day: 1 }), start({ year: today.year + 1, month: 1, day: 1 }))
    case '12mo':
      return bounds(start(firstOfMonth(-12)), start(firstOfMonth(0)))
  }
}

/** The range as two fixed instants: what a frozen link holds. */
export function freezeRange(range: ResolvedRange): Range {
  return {
    kind: 'span',
    fromMs: Math.trunc(range.fromMs),
    toMs: Math.max(Math.trunc(range.toMs), Math.trunc(range.fromMs) + SPAN_MS_MIN),
  }
}

function zonedMonth(today: CalendarDate, months: number): CalendarDate {
  const index = today.year * 12 + (today.month - 1) + months
  return { year: Math.floor(index / 12), month: (index % 12) + 1, day: 1 }
}

function parseInstant(text: string): number | undefined {
  if (!/^\d{1,15}$/.test(text)) return undefined
  const instantMs = Number(text)
  return instantMs <= INSTANT_MS_MAX ? instantMs : undefined
}
