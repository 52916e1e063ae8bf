/** Shows instants (Unix milliseconds) as people of one time zone read them. */
export interface Clock {
  readonly timeZone: string
  /** `2026-11-21 10:13:05` */
  dateTime(atMs: number): string
  /** `10:13:05` */
  time(atMs: number): string
}

/** @param timeZone an IANA name; one that this runtime does not know is shown in UTC */
export function createClock(timeZone: string): Clock {
  const known = isTimeZone(timeZone) ? timeZone : 'UTC'
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: known,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  function parts(atMs: number): Readonly<Record<string, string>> {
    return Object.fromEntries(format.formatToParts(atMs).map(({ type, value }) => [type, value]))
  }
  function time(atMs: number): string {
    const { hour, minute, second } = parts(atMs)
    return `${hour}:${minute}:${second}`
  }
  return {
    timeZone: known,
    time,
    dateTime(atMs) {
      const { year, month, day } = parts(atMs)
      return `${year}-${month}-${day} ${time(atMs)}`
    },
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false // Intl has no other way to say that it does not know a zone.
  }
}
