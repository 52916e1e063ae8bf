const DAY_MS = 86_400_000
/** Every zone's days begin on a quarter of an hour of UTC. */
const SLOT_MS = 900_000
/** No zone is further from UTC. */
const OFFSET_MS_MAX = 16 * 3_600_000
/** Slots remembered per zone: a year of them. */
const SLOTS_MAX = 40_000

export interface Calendar {
  /** The calendar day of a moment in the zone, as days since 1970-01-01. */
  dayOf(atMs: number): number
  /** When a day (days since 1970-01-01) begins in the zone, Unix milliseconds. */
  startOf(day: number): number
}

/**
 * Days of a time zone. A day is worked out once per quarter of an hour and remembered.
 *
 * @throws RangeError for a name that is no time zone
 */
export function createCalendar(timeZone: string): Calendar {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const days = new Map<number, number>()

  function dayOf(atMs: number): number {
    const slot = Math.floor(atMs / SLOT_MS)
    const known = days.get(slot)
    if (known !== undefined) return known
    const parts = new Map(format.formatToParts(slot * SLOT_MS).map(({ type, value }) => [type, Number(value)]))
    const day = Date.UTC(parts.get('year') ?? 1970, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1) / DAY_MS
    if (days.size >= SLOTS_MAX) days.clear()
    days.set(slot, day)
    return day
  }

  return {
    dayOf,
    startOf(day) {
      // A day may begin later than at midnight, or be left out: then it is the next one's beginning.
      let atMs = day * DAY_MS - OFFSET_MS_MAX
      while (dayOf(atMs) < day) atMs += SLOT_MS
      return atMs
    },
  }
}

/** Whether the runtime knows the zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false // RangeError: no such zone.
  }
}
