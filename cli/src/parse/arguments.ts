import { InvalidArgumentError } from 'commander'
import { formatDuration } from '../format/durations.ts'
import { parseDuration } from './parse-duration.ts'

/** As long as the collector takes. */
export const NETWORK_NAME_CHARS_MAX = 64
/** As long as the collector takes. */
export const USER_NAME_CHARS_MAX = 64
/** As long as the collector takes. */
export const EMAIL_CHARS_MAX = 254
/** As long as the collector takes. */
export const ROLE_NAME_CHARS_MAX = 64
/** As long as the collector takes. */
export const KEY_NAME_CHARS_MAX = 64

/** As long as the collector takes. */
export const BACKEND_CHARS_MAX = 64
/** As long as the collector takes. */
export const SERVER_NAME_CHARS_MAX = 64

/** For Commander: a whole number from `min` to `max`. */
export function wholeNumber(range: { readonly min: number; readonly max: number }): (text: string) => number {
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    if (number >= range.min && number <= range.max) return number
    throw new InvalidArgumentError(`It must be a whole number from ${range.min} to ${range.max}.`)
  }
}

/** For Commander: a whole number of days from `min` to `max`, or `forever`. */
export function daysOrForever(range: {
  readonly min: number
  readonly max: number
}): (text: string) => number | 'forever' {
  return (text) => {
    if (text.toLowerCase() === 'forever') return 'forever'
    const days = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
    if (days >= range.min && days <= range.max) return days
    throw new InvalidArgumentError(`It must be a number of days from ${range.min} to ${range.max}, or "forever".`)
  }
}

/** For Commander: a span of time such as `30s` or `10m`, as milliseconds. */
export function duration(range: {
  readonly minMs?: number
  readonly maxMs: number
  readonly example: string
}): (text: string) => number {
  return (text) => {
    const durationMs = parseDuration(text)
    if (durationMs === undefined) throw new InvalidArgumentError(`It must be a span of time such as ${range.example}.`)
    const { minMs = 0, maxMs } = range
    if (durationMs >= minMs && durationMs <= maxMs) return durationMs
    throw new InvalidArgumentError(`It must be from ${formatDuration(minMs)} to ${formatDuration(maxMs)}.`)
  }
}

/** For Commander: a text that is not empty, at most `charsMax` long. */
export function text(charsMax: number): (value: string) => string {
  return (value) => {
    const trimmed = value.trim()
    if (trimmed.length === 0) throw new InvalidArgumentError('It must not be empty.')
    if (trimmed.length > charsMax) throw new InvalidArgumentError(`It must have at most ${charsMax} characters.`)
    return trimmed
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** For Commander: one or more ids. */
export function ids(value: string, before: readonly string[] = []): string[] {
  if (UUID.test(value)) return [...before, value.toLowerCase()]
  throw new InvalidArgumentError('It must be an id such as 019aa000-0000-7000-8000-000000000000.')
}

/** For Commander: an option that may be given several times, or with commas. */
export function listOf(read: (value: string) => string): (value: string, before?: readonly string[]) => string[] {
  return (value, before = []) => [...before, ...value.split(',').map((part) => read(part))]
}
