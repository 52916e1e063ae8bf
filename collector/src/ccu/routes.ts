import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { MctrackError } from '../platform/error.ts'
import { instantSchema, integerQuery, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import {
  type BucketRow,
  buildBucketsQuery,
  buildSeriesQuery,
  CCU_DIMENSIONS,
  type CcuRange,
  type SeriesRow,
} from './build-ccu-query.ts'
import type { RebuildSamples } from './rebuild-samples.ts'
import { toSeries } from './series.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const RANGE_MS_MAX = 3 * 366 * DAY_MS
/** What one request rebuilds. */
const REBUILD_MS_MAX = 92 * DAY_MS
/** Points that a screen can show. */
const POINTS_MAX = 1_500
/** Steps that people think in. */
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1_440].map((minutes) => minutes * MINUTE_MS)
const VALUES_DEFAULT = 20
const VALUES_MAX = 100
const INSTANT_MAX = 4_000_000_000_000

const numbers = z.array(z.number().nullable())

const ccuRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/ccu',
  summary: 'Players online in the past',
  description:
    'From the samples of every minute: the mean and the peak of each step. A step without samples is null: nothing is known, which is not zero. `peak` is the largest total at one instant.',
  tags: ['CCU'],
  request: {
    params: networkParams,
    query: z.object({
      fromMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional().openapi({ description: 'Default: 24 hours ago.' }),
      toMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional().openapi({ description: 'Default: now.' }),
      stepMs: integerQuery({ min: MINUTE_MS, max: DAY_MS }).optional().openapi({ description: 'Whole minutes.' }),
      by: z.enum(CCU_DIMENSIONS).default('total'),
      values: integerQuery({ min: 1, max: VALUES_MAX })
        .optional()
        .openapi({ description: 'How many values, the largest first.' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          fromMs: instantSchema,
          toMs: instantSchema,
          stepMs: z.number().int(),
          by: z.enum(CCU_DIMENSIONS),
          atMs: z.array(instantSchema),
          series: z.array(z.object({ value: z.string(), players: numbers, peaks: numbers })),
          peak: z.number().int().nullable(),
        })
        .openapi('CcuHistory'),
      'Columns of equal length.',
    ),
  },
})

const rebuildRoute = createApiRoute({
  access: onNetwork('network.settings'),
  method: 'post',
  path: '/networks/{networkId}/ccu/rebuild',
  summary: 'Compute past CCU from stored sessions',
  description:
    'For history that was imported: every minute of the range that was not sampled at the time gets a sample, the running sum of session starts and ends; also minutes with nobody online, so name only a range that the history covers. Can be repeated. At most 92 days at once, up to now.',
  tags: ['CCU'],
  request: {
    params: networkParams,
    body: jsonBody(z.strictObject({ fromMs: instantSchema, toMs: instantSchema }).openapi('CcuRebuild')),
  },
  responses: {
    200: jsonAnswer(
      z.object({ fromMs: instantSchema, toMs: instantSchema, minutes: z.number().int() }).openapi('CcuRebuilt'),
      'The whole minutes of the range.',
    ),
  },
})

export interface CcuRoutesDeps {
  readonly clickhouse: ClickHouse
  readonly rebuildSamples: RebuildSamples
  readonly audit: Pick<AuditLog, 'around'>
  readonly now: () => number
}

export function createCcuRoutes({ clickhouse, rebuildSamples, audit, now }: CcuRoutesDeps) {
  return createApiRouter()
    .openapi(ccuRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { by, values = VALUES_DEFAULT, stepMs, ...asked } = context.req.valid('query')
      const toMs = asked.toMs ?? now()
      const range = alignRange(networkId, asked.fromMs ?? toMs - DAY_MS, toMs, stepMs)
      const bucketsQuery = buildBucketsQuery(range)
      const seriesQuery = buildSeriesQuery(range, by, values)
      const [buckets, rows] = await Promise.all([
        clickhouse.select<BucketRow>(bucketsQuery.sql, bucketsQuery.parameters),
        clickhouse.select<SeriesRow>(seriesQuery.sql, seriesQuery.parameters),
      ])
      const peak = by === 'total' && rows.length > 0 ? Math.max(...rows.map((row) => row.peak)) : null
      const { fromMs, toMs: endMs, stepMs: step } = range
      return context.json({ fromMs, toMs: endMs, stepMs: step, by, ...toSeries(range, buckets, rows), peak }, 200)
    })
    .openapi(rebuildRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const asked = context.req.valid('json')
      const fromMs = Math.floor(asked.fromMs / MINUTE_MS) * MINUTE_MS
      // The minute that runs is the sampler's.
      const toMs = Math.floor(Math.min(asked.toMs, now()) / MINUTE_MS) * MINUTE_MS
      if (fromMs >= toMs) throw new MctrackError('BODY_INVALID', 'fromMs must lie before toMs, and in the past.')
      if (toMs - fromMs > REBUILD_MS_MAX) throw new MctrackError('BODY_INVALID', 'The range may be 92 days at most.')
      const change = {
        action: 'ccu.rebuilt',
        networkId,
        target: { kind: 'network', id: networkId },
        before: null,
        after: { fromMs, toMs },
      } as const
      await audit.around(context.get('author'), change, () => rebuildSamples(networkId, fromMs, toMs))
      return context.json({ fromMs, toMs, minutes: (toMs - fromMs) / MINUTE_MS }, 200)
    })
}

/** @throws MctrackError QUERY_INVALID for a range that is empty or too long */
function alignRange(networkId: string, fromMs: number, toMs: number, wantedStepMs: number | undefined): CcuRange {
  if (fromMs >= toMs) throw new MctrackError('QUERY_INVALID', 'fromMs must lie before toMs.')
  if (toMs - fromMs > RANGE_MS_MAX) throw new MctrackError('QUERY_INVALID', 'The range may be three years at most.')
  const smallest = Math.max(wantedStepMs ?? 0, (toMs - fromMs) / POINTS_MAX)
  const stepMs =
    wantedStepMs !== undefined && wantedStepMs >= smallest && wantedStepMs % MINUTE_MS === 0
      ? wantedStepMs
      : (STEPS_MS.find((step) => step >= smallest) ?? DAY_MS)
  return {
    networkId,
    fromMs: Math.floor(fromMs / stepMs) * stepMs,
    toMs: Math.ceil(toMs / stepMs) * stepMs,
    stepMs,
  }
}
