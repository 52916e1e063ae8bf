import { zonedDate } from './zoned-time.ts'

/** How numbers, dates and durations are written for one network. All instants are Unix milliseconds. */
export interface Formatters {
  readonly timeZone: string
  /** 17,023 */
  number(value: number): string
  /** 1,284 stays exact; 128,412 becomes 128k. Show the exact number beside or behind it. */
  compact(value: number): string
  /** 0.121 becomes 12 %, 0.004 becomes 0.4 %. */
  percent(share: number): string
  /** 0.121 becomes +12 %, −0.04 becomes −4 %: always with a sign, for changes. */
  change(share: number): string
  /** 18:51 */
  time(atMs: number): string
  /** 18:51:07 */
  timeWithSeconds(atMs: number): string
  /** Saturday */
  weekday(atMs: number): string
  /** 20 Nov, with the year when it is not this one. */
  day(atMs: number): string
  /** 20 Nov 2026, always with the year: of what is far away, or matters. */
  date(atMs: number): string
  /** Fri, 20 Nov 2026, 18:51:07 GMT+1: nothing left open. */
  exact(atMs: number): string
  /** 18:51 on the same day as now, else 20 Nov, 18:51. */
  moment(atMs: number): string
  /** 2 h 14 min, 44 s, 3 d 4 h: the two largest units that matter. */
  duration(lengthMs: number): string
  /** 12 s, 3 min, 2 h, 4 d: how long ago, for columns. */
  age(lengthMs: number): string
  /** 12 s ago, in 3 min: in words, for sentences. */
  relative(atMs: number): string
  /** 1.5 MB */
  bytes(count: number): string
  /** GMT+1 at that instant. */
  offset(atMs: number): string
  /** Germany for DE; the code itself where no name is known. */
  country(code: string): string
}

export interface FormattersOptions {
  readonly locale: string
  readonly timeZone: string
  readonly now: () => number
}

const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** Up to here a number is short enough to be written out. */
const EXACT_MAX = 99_999
/** Thin and never broken, between a number and its unit. */
const SPACE = ' '
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** Writes everything in one locale and one time zone; an unknown zone is shown in UTC. */
export function createFormatters({ locale, timeZone: wanted, now }: FormattersOptions): Formatters {
  // Asking takes 20 ms the first time, which nobody waits for before the first paint.
  const timeZone = lazy(() => (wanted === 'UTC' || isTimeZone(wanted) ? wanted : 'UTC'))
  const dates = (options: Intl.DateTimeFormatOptions): ((atMs: number) => string) => {
    const format = lazy(() => new Intl.DateTimeFormat(locale, { timeZone: timeZone(), ...options }))
    return (atMs) => (Number.isFinite(atMs) ? format().format(atMs) : '–')
  }
  const numbers = (options: Intl.NumberFormatOptions): ((value: number) => string) => {
    const format = lazy(() => new Intl.NumberFormat(locale, options))
    return (value) => (Number.isFinite(value) ? format().format(value).replace('-', '−') : '–')
  }

  const number = numbers({ maximumFractionDigits: 1 })
  const short = numbers({ notation: 'compact', maximumSignificantDigits: 3 })
  const percentWhole = numbers({ maximumFractionDigits: 0 })
  const percentFine = numbers({ maximumFractionDigits: 1 })
  const time = dates({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  const timeWithSeconds = dates({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const weekday = dates({ weekday: 'long' })
  const dayOfYear = dates({ day: 'numeric', month: 'short' })
  const dayWithYear = dates({ day: 'numeric', month: 'short', year: 'numeric' })
  const exact = dates({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'shortOffset',
  })
  const offsetParts = lazy(() => new Intl.DateTimeFormat(locale, { timeZone: timeZone(), timeZoneName: 'shortOffset' }))
  const relative = lazy(() => new Intl.RelativeTimeFormat(locale, { style: 'short', numeric: 'always' }))
  const regions = lazy(() => new Intl.DisplayNames(locale, { type: 'region' }))
  const isSame = (unit: 'day' | 'year', atMs: number): boolean => {
    const [a, b] = [zonedDate(atMs, timeZone()), zonedDate(now(), timeZone())]
    return a.year === b.year && (unit === 'year' || (a.month === b.month && a.day === b.day))
  }

  const percentBelow = (fineBelow: number, share: number): string => {
    const value = share * 100
    return `${(Math.abs(value) < fineBelow ? percentFine : percentWhole)(value)}${SPACE}%`
  }
  const changePercent = (share: number): string => percentBelow(10, share)
  const day = (atMs: number): string => (isSame('year', atMs) ? dayOfYear : dayWithYear)(atMs)

  return {
    get timeZone() {
      return timeZone()
    },
    number,
    compact: (value) => (Math.abs(value) <= EXACT_MAX ? number(value) : short(value)),
    percent: (share) => percentBelow(1, share),
    change: (share) => (share > 0 ? `+${changePercent(share)}` : changePercent(share)),
    time,
    timeWithSeconds,
    weekday,
    day,
    date: dayWithYear,
    exact,
    moment: (atMs) => (isSame('day', atMs) ? time(atMs) : `${day(atMs)}, ${time(atMs)}`),
    duration: (lengthMs) => formatUnits(lengthMs, 2),
    age: (lengthMs) => formatUnits(lengthMs, 1),
    relative(atMs) {
      const [value, unit] = toRelativeUnit(atMs - now())
      return relative().format(value, unit)
    },
    bytes(count) {
      const step = Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(Math.max(1, Math.abs(count))) / 3))
      return numbers({ style: 'unit', unit: BYTE_UNITS[step] ?? 'byte', maximumFractionDigits: 1 })(
        count / 1_000 ** step,
      )
    },
    offset: (atMs) =>
      offsetParts()
        .formatToParts(atMs)
        .find(({ type }) => type === 'timeZoneName')?.value ?? '',
    country(code) {
      try {
        return regions().of(code) ?? code
      } catch {
        return code // What is no region has no name.
      }
    },
  }
}

/** Whether this browser knows the zone, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false // The only way to know.
  }
}

const UNITS = [
  [DAY_MS, 'd'],
  [HOUR_MS, 'h'],
  [MINUTE_MS, 'min'],
  [SECOND_MS, 's'],
] as const

/** Rounded down to the last unit shown, so that nothing is called longer than it was. */
function formatUnits(lengthMs: number, unitsMax: number): string {
  if (!Number.isFinite(lengthMs)) return '–'
  let rest = Math.max(0, lengthMs)
  if (rest > 0 && rest < SECOND_MS) return `${Math.max(1, Math.round(rest))}${SPACE}ms`
  const first = UNITS.findIndex(([size]) => rest >= size)
  if (first === -1) return `0${SPACE}s`
  const parts: string[] = []
  for (const [size, name] of UNITS.slice(first, first + unitsMax)) {
    // Seconds stop mattering beside minutes after ten of them.
    if (name === 's' && lengthMs >= 10 * MINUTE_MS) break
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0 || parts.length === 0) parts.push(`${count}${SPACE}${name}`)
  }
  return parts.join(' ')
}

function toRelativeUnit(differenceMs: number): readonly [number, Intl.RelativeTimeFormatUnit] {
  const length = Math.abs(differenceMs)
  if (length < MINUTE_MS) return [Math.trunc(differenceMs / SECOND_MS), 'second']
  if (length < HOUR_MS) return [Math.trunc(differenceMs / MINUTE_MS), 'minute']
  if (length < 2 * DAY_MS) return [Math.trunc(differenceMs / HOUR_MS), 'hour']
  return [Math.trunc(differenceMs / DAY_MS), 'day']
}

/** Intl's objects are slow to make and never all needed. */
function lazy<Value>(create: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: create() }
    return made.value
  }
}
