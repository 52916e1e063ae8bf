/** A calendar date, month 1 to 12, without a zone. */
export interface CalendarDate {
  readonly year: number
  readonly month: number
  readonly day: number
}

const DAY_MS = 86_400_000
const formats = new Map<string, Intl.DateTimeFormat>()

/** The calendar date at an instant in a time zone. */
export function zonedDate(atMs: number, timeZone: string): CalendarDate {
  const wall = new Date(toWallMs(atMs, timeZone))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
}

/** The instant at which a calendar date begins in a time zone; where midnight is skipped, the first instant after. */
export function startOfDate(date: CalendarDate, timeZone: string): number {
  const wallMs = Date.UTC(date.year, date.month - 1, date.day)
  // The offset before and after a change of the clocks are the only two that can hold.
  const candidates = [wallMs - DAY_MS, wallMs + DAY_MS].map((nearMs) => wallMs - (toWallMs(nearMs, timeZone) - nearMs))
  const [early = wallMs, late = wallMs] = candidates.sort((a, b) => a - b)
  if (toWallMs(early, timeZone) === wallMs) return early
  if (toWallMs(late, timeZone) === wallMs) return late
  return firstInstantOf(early, late, timeZone, wallMs)
}

/** The date some days later (or earlier, with a negative number), by the calendar. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  const moved = new Date(Date.UTC(date.year, date.month - 1, date.day + days))
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() }
}

/** 2026-11-20 */
export function formatCalendarDate({ year, month, day }: CalendarDate): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Reads 2026-11-20; undefined for anything that is no day of the years 1970 to 9999. */
export function parseCalendarDate(text: string): CalendarDate | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (match === null) return undefined
  const date = { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }
  if (date.year < 1970) return undefined
  return formatCalendarDate(addDays(date, 0)) === text ? date : undefined
}

/** Midnight is skipped in a few zones on a few days: the day begins where the clock jumps over it. */
function firstInstantOf(fromMs: number, toMs: number, timeZone: string, wallMs: number): number {
  let [low, high] = [fromMs - 1, toMs]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (toWallMs(middle, timeZone) >= wallMs) high = middle
    else low = middle
  }
  return high
}

/** What a clock on the wall shows, as if it were UTC. */
function toWallMs(atMs: number, timeZone: string): number {
  // The zone of every page until it knows its network's; a formatter is the dearest thing that a page makes at its start.
  if (timeZone === 'UTC') return atMs
  const part = new Map(
    formatFor(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const get = (type: Intl.DateTimeFormatPartTypes): number => part.get(type) ?? 0
  const wallMs = Date.UTC(get('year'), get('month') - 1, get('day'), get('hour'), get('minute'), get('second'))
  return wallMs + (((atMs % 1_000) + 1_000) % 1_000)
}

function formatFor(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formats.set(timeZone, format)
  }
  return format
}
