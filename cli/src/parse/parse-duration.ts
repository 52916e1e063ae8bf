const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, min: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 } as const

/** Reads a span of time such as `30s`, `10m`, `24h`, `7d` or `2w` as milliseconds; undefined when it is none. */
export function parseDuration(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,9})\s?(ms|s|m|min|h|d|w)$/.exec(text.trim()) ?? []
  if (!isUnit(unit)) return undefined
  const durationMs = Number(digits) * UNITS_MS[unit]
  return Number.isSafeInteger(durationMs) ? durationMs : undefined
}

function isUnit(text: string): text is keyof typeof UNITS_MS {
  return Object.hasOwn(UNITS_MS, text)
}
