export const DAY_MS = 86_400_000
const MINUTE_MS = 60_000

/** How likely a visit begins in each hour of the day, by the player's own clock. */
const SCHOOL_DAY = [2, 1, 0.5, 0.3, 0.2, 0.3, 0.8, 1, 1, 1.2, 1.5, 2, 2.6, 4, 6, 8, 9.5, 10, 10.5, 11, 10, 8, 6, 4]
const FREE_DAY = [3, 2, 1, 0.5, 0.3, 0.3, 0.6, 1.2, 2.6, 4.5, 6.5, 7.5, 8, 8.5, 9, 9, 9, 9, 9, 9.5, 9.5, 8.5, 7, 5]
/** Of Sunday to Saturday: how much more, or less, a player plays than on an average day. */
const WEEKDAY_FACTORS = [1.28, 0.9, 0.86, 0.86, 0.9, 1.08, 1.36]
/** 1 January 1970 was a Thursday. */
const WEEKDAY_OF_DAY_0 = 4

const HOURS = [SCHOOL_DAY, FREE_DAY].map((weights) => {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => weight / sum)
})

/** 0 is Sunday. @param day days since 1 January 1970 */
export function weekdayOf(day: number): number {
  return (((day + WEEKDAY_OF_DAY_0) % 7) + 7) % 7
}

export function weekdayFactor(day: number): number {
  return WEEKDAY_FACTORS[weekdayOf(day)] ?? 1
}

/** Shares of a day's visits that begin in each of its 24 hours; they sum up to 1. */
export function startHours(day: number): readonly number[] {
  const weekday = weekdayOf(day)
  return HOURS[weekday === 0 || weekday === 6 ? 1 : 0] ?? []
}

/** When in its local day a visit begins, in milliseconds from midnight. @param draw in [0, 1) */
export function startInDay(day: number, draw: number): number {
  let rest = draw
  const hours = startHours(day)
  for (const [hour, share] of hours.entries()) {
    if (rest < share) return (hour + rest / share) * (DAY_MS / 24)
    rest -= share
  }
  return DAY_MS - 1
}

/** Tells when days begin in a time zone. */
export interface Calendar {
  /** Unix milliseconds of midnight, by the offset that holds at noon. */
  midnight(timeZone: string, day: number): number
}

/** Remembers offsets, because asking for one is slow and there are many visits a day. */
export function createCalendar(): Calendar {
  const formats = new Map<string, Intl.DateTimeFormat>()
  const offsets = new Map<string, { readonly day: number; readonly offsetMs: number }>()

  function offsetMs(timeZone: string, day: number): number {
    const known = offsets.get(timeZone)
    if (known?.day === day) return known.offsetMs
    const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
    const offset = parseOffset(format.formatToParts(day * DAY_MS + DAY_MS / 2))
    offsets.set(timeZone, { day, offsetMs: offset })
    return offset
  }

  return { midnight: (timeZone, day) => day * DAY_MS - offsetMs(timeZone, day) }
}

function parseOffset(parts: readonly Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign = '+', hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? []
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
}
