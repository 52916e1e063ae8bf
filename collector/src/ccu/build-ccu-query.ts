import type { Query } from '../platform/clickhouse/query.ts'

export const CCU_DIMENSIONS = [
  'total',
  'server',
  'gamemode',
  'platform',
  'device',
  'country',
  'domain',
  'version',
] as const
export type CcuDimension = (typeof CCU_DIMENSIONS)[number]

export interface CcuRange {
  readonly networkId: string
  /** Aligned to `stepMs`, Unix milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  readonly stepMs: number
}

/** Minutes with a sample, by bucket: a bucket without any is a gap. */
export interface BucketRow {
  readonly atMs: number
  readonly samples: number
}

export interface SeriesRow {
  readonly value: string
  readonly atMs: number
  /** Sum over the samples of the bucket. */
  readonly playersSum: number
  readonly peak: number
}

const RANGE = `network_id = {networkId:UUID}
  AND sampled_at >= toDateTime({fromSeconds:UInt32}, 'UTC')
  AND sampled_at < toDateTime({toSeconds:UInt32}, 'UTC')`
const BUCKET = `toUInt64(intDiv(toUnixTimestamp(sampled_at), {stepSeconds:UInt32}) * {stepSeconds:UInt32}) * 1000 AS atMs`

function rangeParameters({ networkId, fromMs, toMs, stepMs }: CcuRange) {
  return { networkId, fromSeconds: fromMs / 1_000, toSeconds: toMs / 1_000, stepSeconds: stepMs / 1_000 }
}

/** Which buckets have samples, and how many. Served by the order key (network_id, dimension, sampled_at). */
export function buildBucketsQuery(range: CcuRange): Query {
  const sql = `SELECT ${BUCKET}, count() AS samples
FROM ccu_samples FINAL
WHERE ${RANGE} AND dimension = 'total'
GROUP BY atMs ORDER BY atMs`
  return { sql, parameters: rangeParameters(range) }
}

/** The largest total at one instant, and its minute; no row where nothing was sampled. Served by the same key. */
export function buildPeakQuery(range: CcuRange): Query {
  const sql = `SELECT max(s.peak) AS peak, toUInt64(toUnixTimestamp(argMax(sampled_at, (s.peak, -toUnixTimestamp(sampled_at))))) * 1000 AS atMs
FROM ccu_samples AS s FINAL
WHERE ${RANGE} AND dimension = 'total'
HAVING count() > 0`
  return { sql, parameters: rangeParameters(range) }
}

/** Sums and peaks by value and bucket, for the values with the most players. Served by the same key. */
export function buildSeriesQuery(range: CcuRange, dimension: CcuDimension, valuesMax: number): Query {
  const sql = `WITH top AS (
  SELECT value FROM ccu_samples FINAL
  WHERE ${RANGE} AND dimension = {dimension:String}
  GROUP BY value ORDER BY sum(players) DESC, value LIMIT {valuesMax:UInt32}
)
SELECT value, ${BUCKET}, sum(players) AS playersSum, max(peak) AS peak
FROM ccu_samples FINAL
WHERE ${RANGE} AND dimension = {dimension:String} AND value IN (SELECT value FROM top)
GROUP BY value, atMs ORDER BY value, atMs`
  return { sql, parameters: { ...rangeParameters(range), dimension, valuesMax } }
}
