import { parseRange, type Range, type ResolvedRange, resolveRange } from '../../url/range.ts'

/** The time that rows are of; without an end they go on until now. */
export interface ListRange {
  readonly fromMs: number
  readonly toMs: number | undefined
}

/** A list is asked for anew when its beginning has moved by this much. */
const STEP_MS = 5 * 60_000

/**
 * The rows of a range. The last days and months as a preset are whole, because a chart must not end in half a day; a list
 * of rows begins with the newest, so it goes on until now.
 */
export function listRange(range: Range, resolved: ResolvedRange): ListRange {
  const isLastDays = range.kind === 'preset' && /^\d+(?:d|mo)$/.test(range.preset)
  const moves = range.kind === 'preset' && range.preset === '24h'
  return {
    fromMs: moves ? Math.floor(resolved.fromMs / STEP_MS) * STEP_MS : resolved.fromMs,
    toMs: isLastDays || resolved.isOpen ? undefined : resolved.toMs,
  }
}

/** The instants of a filter whose value is a range as the URL has them; undefined for anything else. */
export function readRangeFilter(
  value: string | undefined,
  options: { readonly nowMs: number; readonly timeZone: string },
): ListRange | undefined {
  const range = value === undefined ? undefined : parseRange(value)
  return range === undefined ? undefined : listRange(range, resolveRange(range, options))
}
