import type { Calendar } from './calendar.ts'
import type { Network } from './network.ts'

const DAY_MS = 86_400_000
/** How long a data retention that removes more waits, and can be taken back: as long as deletions do. */
export const DATA_RETENTION_WAIT_MS = 7 * DAY_MS

export type DataRetention = Pick<Network, 'dataRetentionDays' | 'dataRetentionFromMs'>

/**
 * The data retention after a change of its days. Keeping less waits seven days from now on; keeping more is so at once, and
 * does not put off what was announced before.
 *
 * @param days whole days, null for ever
 */
export function changeDataRetention(before: DataRetention, days: number | null, nowMs: number): DataRetention {
  if (days === null) return { dataRetentionDays: null, dataRetentionFromMs: null }
  const keepsLess = before.dataRetentionDays === null || days < before.dataRetentionDays
  return {
    dataRetentionDays: days,
    dataRetentionFromMs: keepsLess ? nowMs + DATA_RETENTION_WAIT_MS : before.dataRetentionFromMs,
  }
}

/** What is before it goes. */
export interface CutOff {
  /** The first day that is kept, as days since 1970-01-01. */
  readonly day: number
  /** When that day begins, Unix milliseconds. */
  readonly atMs: number
}

/** The cut-off of the present day; undefined while nothing is to go. Today and as many days before it as are set are kept. */
export function dataRetentionCutOff(network: DataRetention, calendar: Calendar, nowMs: number): CutOff | undefined {
  const { dataRetentionDays, dataRetentionFromMs } = network
  if (dataRetentionDays === null || dataRetentionFromMs === null || nowMs < dataRetentionFromMs) return undefined
  const day = calendar.dayOf(nowMs) - dataRetentionDays
  return { day, atMs: calendar.startOf(day) }
}

/** Since when all that was stored is there, as far as data retention goes: Unix milliseconds, 0 when nothing was removed. */
export function keptFromMs(
  network: DataRetention & Pick<Network, 'dataRemovedBeforeMs'>,
  calendar: Calendar,
  nowMs: number,
): number {
  return Math.max(network.dataRemovedBeforeMs ?? 0, dataRetentionCutOff(network, calendar, nowMs)?.atMs ?? 0)
}
