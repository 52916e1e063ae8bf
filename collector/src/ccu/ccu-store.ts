import type { ClickHouse } from '../platform/clickhouse/client.ts'
import {
  type BucketRow,
  buildBucketsQuery,
  buildPeakQuery,
  buildSeriesQuery,
  type CcuDimension,
  type CcuRange,
  type SeriesRow,
} from './build-ccu-query.ts'
import { type CcuSeries, toSeries } from './series.ts'

/** Players online in the past, in the steps of a range. Instants in Unix milliseconds. */
export interface CcuHistory {
  readonly fromMs: number
  readonly toMs: number
  readonly atMs: number[]
  readonly series: CcuSeries[]
  /** The largest total at one instant; null for a breakdown, and where nothing was sampled. */
  readonly peak: number | null
  readonly peakAtMs: number | null
}

export interface CcuStore {
  /** @param valuesMax values of the dimension, those with the most players */
  loadHistory(range: CcuRange, by: CcuDimension, valuesMax: number): Promise<CcuHistory>
}

export function createCcuStore(clickhouse: ClickHouse): CcuStore {
  return {
    async loadHistory(range, by, valuesMax) {
      const buckets = buildBucketsQuery(range)
      const series = buildSeriesQuery(range, by, valuesMax)
      const peak = buildPeakQuery(range)
      const [bucketRows, seriesRows, [top]] = await Promise.all([
        clickhouse.select<BucketRow>(buckets.sql, buckets.parameters),
        clickhouse.select<SeriesRow>(series.sql, series.parameters),
        by === 'total' ? clickhouse.select<{ peak: number; atMs: number }>(peak.sql, peak.parameters) : [],
      ])
      return {
        fromMs: range.fromMs,
        toMs: range.toMs,
        ...toSeries(range, bucketRows, seriesRows),
        peak: top?.peak ?? null,
        peakAtMs: top?.atMs ?? null,
      }
    },
  }
}
