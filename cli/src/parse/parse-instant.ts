import { parseDuration } from './parse-duration.ts'

const LOCAL = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?$/
const WITH_OFFSET = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:?\d{2})$/

/**
 * Reads an instant as Unix milliseconds: `2h` (ago), `2026-11-21` or `2026-11-21 10:00` (in the time zone), or
 * ISO 8601 with an offset. Undefined when it is none of them.
 */
export function parseInstant(
  text: string,
  { nowMs, timeZone }: { readonly nowMs: number; readonly timeZone: string },
): number | undefined {
  const agoMs = parseDuration(text)
  if (agoMs !== undefined) return Math.max(0, nowMs - agoMs)
  if (WITH_OFFSET.test(text)) {
    const atMs = Date.parse(text)
    return Number.isNaN(atMs) ? undefined : atMs
  }
  const fields = LOCAL.exec(text)
    ?.slice(1)
    .map((field) => Number(field ?? 0))
  if (fields === undefined) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
  const wallMs = Date.UTC(year, month - 1, day, hour, minute, second)
  const isReal = new Date(wallMs).toISOString().startsWith(text.slice(0, 10)) && hour < 24 && minute < 60 && second < 60
  return isReal ? fromWallClock(wallMs, timeZone) : undefined
}

/** The instant at which the clocks of a time zone show `wallMs`; twice, because the offset may change in between. */
function fromWallClock(wallMs: number, timeZone: string): number {
  const guessMs = wallMs - offsetMs(wallMs, timeZone)
  return wallMs - offsetMs(guessMs, timeZone)
}

function offsetMs(atMs: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  const name = format.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? 'GMT'
  const [, sign = '+', hours = '0', minutes = '0', seconds = '0'] =
    /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name) ?? []
  const offset = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000
  return sign === '-' ? -offset : offset
}
