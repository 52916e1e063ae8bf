import type { Json } from './wire-names.ts'

/** IPv4 with all four numbers. */
const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g
/** Anything with two colons among hexadecimal digits. That takes some times of day as well, which is the safer side. */
const IPV6 = /[0-9a-f]*:[0-9a-f.]*:[0-9a-f:.]*/gi
const REPLACEMENT = '[address]'
const TEXT_CHARS_MAX = 600
const ADDRESS_FIELDS = new Set(['address', 'ip', 'ipAddress', 'remoteAddress'])

/** What was refused may hold an address in any field, whatever it was meant for: all of them are taken out. */
export function scrub(value: Json): Json {
  if (typeof value === 'string') return scrubText(value)
  if (Array.isArray(value)) return value.map(scrub)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Readonly<Record<string, Json>>)
    return Object.fromEntries(
      entries.filter(([key]) => !ADDRESS_FIELDS.has(key)).map(([key, entry]) => [scrubText(key), scrub(entry)]),
    )
  }
  return value
}

export function scrubText(text: string): string {
  return text.slice(0, TEXT_CHARS_MAX).replace(IPV6, REPLACEMENT).replace(IPV4, REPLACEMENT)
}
