const SECOND_MS = 1_000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/** A span of time in its two largest units: `350 ms`, `42 s`, `3 min 5 s`, `2 h 14 min`, `4 d 3 h`. */
export function formatDuration(durationMs: number): string {
  const spanMs = Math.max(0, Math.round(durationMs))
  if (spanMs < SECOND_MS) return `${spanMs} ms`
  if (spanMs < MINUTE_MS) return `${Math.floor(spanMs / SECOND_MS)} s`
  if (spanMs < HOUR_MS) return join(spanMs, [MINUTE_MS, 'min'], [SECOND_MS, 's'])
  if (spanMs < DAY_MS) return join(spanMs, [HOUR_MS, 'h'], [MINUTE_MS, 'min'])
  return join(spanMs, [DAY_MS, 'd'], [HOUR_MS, 'h'])
}

/** How long ago an instant was, in its largest unit: `just now`, `12 s ago`, `3 h ago`. */
export function formatAge(atMs: number, nowMs: number): string {
  const ageMs = nowMs - atMs
  if (ageMs < 2 * SECOND_MS) return 'just now'
  if (ageMs < MINUTE_MS) return `${Math.floor(ageMs / SECOND_MS)} s ago`
  if (ageMs < HOUR_MS) return `${Math.floor(ageMs / MINUTE_MS)} min ago`
  if (ageMs < 2 * DAY_MS) return `${Math.floor(ageMs / HOUR_MS)} h ago`
  return `${Math.floor(ageMs / DAY_MS)} d ago`
}

type Unit = readonly [unitMs: number, name: string]

function join(spanMs: number, [largeMs, large]: Unit, [smallMs, small]: Unit): string {
  const larges = Math.floor(spanMs / largeMs)
  const smalls = Math.floor((spanMs % largeMs) / smallMs)
  return smalls === 0 ? `${larges} ${large}` : `${larges} ${large} ${smalls} ${small}`
}
