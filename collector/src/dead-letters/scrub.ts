import type { Json } from './wire-names.ts'

/** IPv4 with all four numbers, and anything with at least two colons among hexadecimal digits: an address, or not missed. */
const IPV4 = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g
const IPV6 = /(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}(?:[0-9a-f]{1,4}|(?:\d{1,3}\.){3}\d{1,3})?(?![\w:])/gi
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
  return text.slice(0, TEXT_CHARS_MAX).replace(IPV4, REPLACEMENT).replace(IPV6, REPLACEMENT)
}
