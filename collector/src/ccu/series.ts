import type { BucketRow, CcuRange, SeriesRow } from './build-ccu-query.ts'

/** Numbers of one value, in the order of `atMs`; null where nothing was sampled: a gap, not zero. */
export interface CcuSeries {
  readonly value: string
  /** Mean of the samples in the bucket, to two decimals. */
  readonly players: Array<number | null>
  readonly peaks: Array<number | null>
}

/** Lays rows out on the range's buckets. A value without a row in a bucket that was sampled had no players there. */
export function toSeries(
  range: CcuRange,
  buckets: readonly BucketRow[],
  rows: readonly SeriesRow[],
): { readonly atMs: number[]; readonly series: CcuSeries[] } {
  const atMs: number[] = []
  for (let at = range.fromMs; at < range.toMs; at += range.stepMs) atMs.push(at)
  const samples = new Map(buckets.map((bucket) => [bucket.atMs, bucket.samples]))
  const byValue = new Map<string, Map<number, SeriesRow>>()
  for (const row of rows) {
    const bucketsOfValue = byValue.get(row.value) ?? new Map<number, SeriesRow>()
    byValue.set(row.value, bucketsOfValue.set(row.atMs, row))
  }
  const series = Array.from(byValue, ([value, found]) => ({
    value,
    players: atMs.map((at) => {
      const count = samples.get(at)
      return count === undefined ? null : Math.round(((found.get(at)?.playersSum ?? 0) / count) * 100) / 100
    }),
    peaks: atMs.map((at) => (samples.has(at) ? (found.get(at)?.peak ?? 0) : null)),
  }))
  return { atMs, series }
}
