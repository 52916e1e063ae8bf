import type { ApiOutput } from '../../api/api-types.ts'
import type { ChartData, ChartGap } from '../../charts/chart-data.ts'

/** Players online in the past, as the collector answers. */
export type CcuHistory = ApiOutput<'get', '/networks/:networkId/ccu'>

/** Minutes that passed since the history was asked for, from the live stream: the largest and the last number of each. */
export type LiveMinutes = ReadonlyMap<number, { readonly players: number; readonly peak: number }>

const MINUTE_MS = 60_000

/** The minute that holds an instant. */
export function minuteOf(atMs: number): number {
  return Math.floor(atMs / MINUTE_MS) * MINUTE_MS
}

/** The chart of a history up to now, with what came live since it was asked for. */
export function toDayChart(options: {
  readonly history: CcuHistory
  readonly live: LiveMinutes
  readonly gaps: readonly ChartGap[]
  /** What was before is left out. */
  readonly fromMs?: number | undefined
  readonly nowMs: number
  readonly words: { readonly main: string; readonly before: string; readonly notRecorded: string }
}): ChartData {
  const { history, live, gaps, fromMs = 0, nowMs, words } = options
  const start = history.atMs.filter((atMs) => atMs < fromMs).length
  const end = history.atMs.filter((atMs) => atMs <= nowMs).length
  const timesMs = history.atMs.slice(start, end)
  const values = playersOf(history, live).slice(start, end)
  const before = history.comparison?.series[0]?.players.slice(start, end) ?? []
  const hasBefore = before.some((value) => value !== null)
  const isGrowing = history.stepMs > MINUTE_MS && (timesMs.at(-1) ?? 0) + history.stepMs > nowMs
  return {
    timesMs,
    series: [
      { label: words.main, look: 'main', values },
      ...(hasBefore ? [{ label: words.before, look: 'comparison' as const, values: before }] : []),
    ],
    gaps: [...gaps, ...findUnexplained(timesMs, values, gaps, history.stepMs, words.notRecorded)],
    incompleteFromMs: isGrowing ? timesMs.at(-1) : undefined,
  }
}

/** The mean of each step; steps of one minute that are not stored yet have what came live. */
function playersOf({ series, atMs, stepMs }: CcuHistory, live: LiveMinutes): Array<number | null> {
  const stored = series[0]?.players ?? []
  return atMs.map((at, index) => stored[index] ?? (stepMs === MINUTE_MS ? (live.get(at)?.players ?? null) : null))
}

/** Times without a sample for which nobody gave a reason. Before the first and after the last sample nothing is missing. */
function findUnexplained(
  timesMs: readonly number[],
  values: ReadonlyArray<number | null>,
  gaps: readonly ChartGap[],
  stepMs: number,
  reason: string,
): ChartGap[] {
  const found: ChartGap[] = []
  let fromMs: number | undefined
  let hasBegun = false
  for (const [index, value] of values.entries()) {
    const atMs = timesMs[index] ?? 0
    if (value === null) {
      if (hasBegun) fromMs ??= atMs
      continue
    }
    hasBegun = true
    if (fromMs !== undefined) found.push({ fromMs, toMs: atMs, reason })
    fromMs = undefined
  }
  // A restart makes samples late by a minute, which is not worth a word.
  const isWorthTelling = (gap: ChartGap): boolean => gap.toMs - gap.fromMs > Math.max(stepMs, 2 * MINUTE_MS)
  return found
    .filter(isWorthTelling)
    .filter((gap) => !gaps.some((known) => known.fromMs < gap.toMs && known.toMs > gap.fromMs))
}

/** The largest number since an instant, and its minute. */
export function findPeakSince(
  { atMs, series }: CcuHistory,
  live: LiveMinutes,
  sinceMs: number,
): { readonly players: number; readonly atMs: number } | undefined {
  let peak: { players: number; atMs: number } | undefined
  const take = (players: number, at: number): void => {
    if (at >= sinceMs && (peak === undefined || players > peak.players)) peak = { players, atMs: at }
  }
  for (const [index, players] of (series[0]?.peaks ?? []).entries()) {
    if (players !== null) take(players, atMs[index] ?? 0)
  }
  for (const [at, minute] of live) take(minute.peak, at)
  return peak
}

/** What the comparison has for an instant; undefined where nothing is known. */
export function valueBefore({ atMs, comparison }: CcuHistory, nowMs: number): number | undefined {
  const index = atMs.findLastIndex((at) => at <= nowMs)
  return comparison?.series[0]?.players[index] ?? undefined
}

/** (now − before) / before; undefined where there is nothing to compare with. */
export function changeFrom(before: number | undefined, now: number): number | undefined {
  return before === undefined || before === 0 ? undefined : (now - before) / before
}
