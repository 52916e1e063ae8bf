import type { AlignedData } from 'uplot'

/** One line of a chart. `null` is unknown and drawn as a gap; zero is zero. */
export interface ChartSeries {
  readonly label: string
  readonly values: ReadonlyArray<number | null>
  /** `main` has the area below it, and one chart has one; `comparison` is dashed and quiet; `line` is one of several. */
  readonly look: 'main' | 'comparison' | 'line'
}

/** A time without data, half open, with the reason in words. */
export interface ChartGap {
  readonly fromMs: number
  readonly toMs: number
  readonly reason: string
}

/** What a chart of time shows. Values stand at the beginnings of their buckets, in Unix milliseconds, ascending. */
export interface ChartData {
  readonly timesMs: readonly number[]
  readonly series: readonly ChartSeries[]
  readonly gaps?: readonly ChartGap[]
  /** From here on buckets are still growing: they are dashed. */
  readonly incompleteFromMs?: number | undefined
}

/** The columns for uPlot: the times, then for each series its values and its dashed tail. */
export function toColumns({ timesMs, series, incompleteFromMs = Number.POSITIVE_INFINITY }: ChartData): AlignedData {
  const firstOpen = timesMs.findIndex((atMs) => atMs >= incompleteFromMs)
  const cut = firstOpen === -1 ? timesMs.length : firstOpen
  const columns = series.flatMap(({ values, look }) => {
    const whole = timesMs.map((_, index) => values[index] ?? null)
    if (look === 'comparison') return [whole, whole.map(() => null)]
    return [
      whole.map((value, index) => (index < cut ? value : null)),
      // The tail begins at the last whole bucket, so that the line does not break.
      whole.map((value, index) => (index >= cut - 1 && cut < timesMs.length ? value : null)),
    ]
  })
  return [[...timesMs], ...columns]
}

/** Where the largest value of a series is; the last one where it is reached twice. */
export function findPeak(
  values: ReadonlyArray<number | null>,
): { readonly index: number; readonly value: number } | undefined {
  let peak: { index: number; value: number } | undefined
  for (const [index, value] of values.entries()) {
    if (value !== null && (peak === undefined || value >= peak.value)) peak = { index, value }
  }
  return peak
}

/** Where a time falls: the last bucket that begins at or before it, or -1. */
export function bucketAt(timesMs: readonly number[], atMs: number): number {
  let [low, high] = [0, timesMs.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((timesMs[middle] ?? 0) <= atMs) low = middle + 1
    else high = middle
  }
  return low - 1
}
