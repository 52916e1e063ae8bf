const MINUTE_MS = 60_000
/** Every zone's offset changes on a quarter of an hour of UTC. */
const SLOT_MS = 15 * MINUTE_MS
/** Slots remembered by one writer: a year of them. */
const SLOTS_MAX = 40_000

/** Writes an instant (Unix milliseconds) as ISO 8601 with the zone's offset, such as `2026-11-21T19:00:00.123+01:00`. */
export type WriteInstant = (atMs: number) => string

/** @throws RangeError for a name that is no time zone */
export function createInstantWriter(timeZone: string): WriteInstant {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  const offsets = new Map<number, { readonly ms: number; readonly text: string }>()

  function offsetAt(atMs: number): { readonly ms: number; readonly text: string } {
    const slot = Math.floor(atMs / SLOT_MS)
    const known = offsets.get(slot)
    if (known !== undefined) return known
    const name = format.formatToParts(slot * SLOT_MS).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
    const [, sign = '+', hours = '00', minutes = '00'] = /^GMT([+-])(\d\d):(\d\d)/.exec(name) ?? []
    const ms = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE_MS
    const offset = { ms, text: `${sign}${hours}:${minutes}` }
    if (offsets.size >= SLOTS_MAX) offsets.clear()
    offsets.set(slot, offset)
    return offset
  }

  return (atMs) => {
    const { ms, text } = offsetAt(atMs)
    return new Date(atMs + ms).toISOString().replace('Z', text)
  }
}

/** What local time of the zone is ahead of UTC at an instant, in milliseconds. */
export function zoneOffsetMs(timeZone: string, atMs: number): number {
  return Date.parse(`${createInstantWriter(timeZone)(atMs).slice(0, 23)}Z`) - atMs
}
