import { MctrackError } from './error.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const RANGE_MS_MAX = 3 * 366 * DAY_MS
/** Points that a screen can show. */
const POINTS_MAX = 1_500
/** Steps that people think in. */
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS)

/** A range of time in whole steps: its ends are multiples of `stepMs`, in Unix milliseconds. */
export interface AlignedRange {
  readonly fromMs: number
  readonly toMs: number
  /** Whole minutes. */
  readonly stepMs: number
}

/**
 * The range that holds the asked one in whole steps: of the wanted length where that is whole minutes and no more points
 * than a screen can show, otherwise of the next one that people think in.
 *
 * @throws MctrackError QUERY_INVALID for a range that is empty or too long
 */
export function alignRange(fromMs: number, toMs: number, wantedStepMs: number | undefined): AlignedRange {
  if (fromMs >= toMs) throw new MctrackError('QUERY_INVALID', 'fromMs must lie before toMs.')
  if (toMs - fromMs > RANGE_MS_MAX) throw new MctrackError('QUERY_INVALID', 'The range may be three years at most.')
  const smallest = Math.max(wantedStepMs ?? 0, (toMs - fromMs) / POINTS_MAX)
  const stepMs =
    wantedStepMs !== undefined && wantedStepMs >= smallest && wantedStepMs % MINUTE_MS === 0
      ? wantedStepMs
      : (STEPS_MS.find((step) => step >= smallest) ?? DAY_MS)
  return { fromMs: Math.floor(fromMs / stepMs) * stepMs, toMs: Math.ceil(toMs / stepMs) * stepMs, stepMs }
}

/** Beginnings of the steps of a range. */
export function stepsOf({ fromMs, toMs, stepMs }: AlignedRange): number[] {
  return Array.from({ length: (toMs - fromMs) / stepMs }, (_, step) => fromMs + step * stepMs)
}
