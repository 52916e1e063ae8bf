const DAY_MS = 86_400_000
/** Every zone's days begin on a quarter of an hour of UTC. */
const SLOT_MS = 900_000
/** Slots remembered per zone: a year of them. */
const SLOTS_MAX = 40_000

export interface Calendar {
  /** The calendar day of a moment in the zone, as days since 1970-01-01. */
  dayOf(atMs: number): number
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

  return {
    dayOf(atMs) {
      const slot = Math.floor(atMs / SLOT_MS)
      const known = days.get(slot)
      if (known !== undefined) return known
      const parts = new Map(format.formatToParts(slot * SLOT_MS).map(({ type, value }) => [type, Number(value)]))
      const day = Date.UTC(parts.get('year') ?? 1970, (parts.get('month') ?? 1) - 1, parts.get('day') ?? 1) / DAY_MS
      if (days.size >= SLOTS_MAX) days.clear()
      days.set(slot, day)
      return day
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
