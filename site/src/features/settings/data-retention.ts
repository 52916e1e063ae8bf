/** As the collector allows. */
const DAYS_MIN = 30
const DAYS_MAX = 3_650

/** The option that stands for a number of days; null is for ever. */
export function chooseDays(days: number | null, options: ReadonlyArray<{ readonly value: string }>): string {
  if (days === null) return 'forever'
  return options.some(({ value }) => value === String(days)) ? String(days) : 'other'
}

/** The days that a form says; null for ever, and 0 for what is no number. */
export function readDays(fields: FormData): number | null {
  const keep = String(fields.get('keep'))
  if (keep === 'forever') return null
  const days = Number(keep === 'other' ? fields.get('dataRetentionDays') : keep)
  return Number.isFinite(days) ? days : 0
}

/** Whether that many days can be set, and remove more than now. */
export function keepsLess(wanted: number, now: number | null): boolean {
  const isPossible = Number.isInteger(wanted) && wanted >= DAYS_MIN && wanted <= DAYS_MAX
  return isPossible && (now === null || wanted < now)
}
