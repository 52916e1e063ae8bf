import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { keptFromMs, type Networks } from '../networks/index.ts'
import { type AlignedRange, alignRange } from '../platform/aligned-range.ts'
import { MctrackError } from '../platform/error.ts'
import { instantSchema, integerQuery, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import { zoneOffsetMs } from '../platform/zoned-instant.ts'
import { CCU_DIMENSIONS } from './build-ccu-query.ts'
import type { CcuStore } from './ccu-store.ts'
import type { RebuildSamples } from './rebuild-samples.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** What one request rebuilds. */
const REBUILD_MS_MAX = 92 * DAY_MS
const VALUES_DEFAULT = 20
const VALUES_MAX = 100
const INSTANT_MAX = 4_000_000_000_000

const numbers = z.array(z.number().nullable())
const historyFields = {
  fromMs: instantSchema,
  toMs: instantSchema,
  atMs: z.array(instantSchema),
  series: z.array(z.object({ value: z.string(), players: numbers, peaks: numbers })),
  peak: z.number().int().nullable(),
  peakAtMs: instantSchema.nullable().openapi({ description: 'The minute of the peak, the first of equals.' }),
}

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
      compare: z.enum(['none', 'week']).default('none'),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          ...historyFields,
          stepMs: z.number().int(),
          by: z.enum(CCU_DIMENSIONS),
          comparison: z.object(historyFields).nullable().openapi({
            description:
              'The same weekdays a week before, by the clock of the network; as many columns. Null when it was not asked for.',
          }),
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
    'For history that was imported: every minute of the range that was not sampled at the time gets a sample, the running sum of session starts and ends; also minutes with nobody online, so name only a range that the history covers. Can be repeated. At most 92 days at once, up to now. It begins where data retention has left the sessions; the answer says where.',
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
  readonly networks: Pick<Networks, 'require' | 'calendarOf'>
  readonly store: CcuStore
  readonly rebuildSamples: RebuildSamples
  readonly audit: Pick<AuditLog, 'around'>
  readonly now: () => number
}

export function createCcuRoutes({ networks, store, rebuildSamples, audit, now }: CcuRoutesDeps) {
  return createApiRouter()
    .openapi(ccuRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { by, values = VALUES_DEFAULT, stepMs, compare, ...asked } = context.req.valid('query')
      const toMs = asked.toMs ?? now()
      const range = alignRange(asked.fromMs ?? toMs - DAY_MS, toMs, stepMs)
      const { timeZone } = networks.require(networkId)
      const load = (its: AlignedRange) => store.loadHistory({ networkId, ...its }, by, values)
      const [history, comparison] = await Promise.all([
        load(range),
        compare === 'week' ? load(weekBefore(range, timeZone)) : null,
      ])
      return context.json({ ...history, stepMs: range.stepMs, by, comparison }, 200)
    })
    .openapi(rebuildRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const asked = context.req.valid('json')
      const fromAskedMs = Math.floor(asked.fromMs / MINUTE_MS) * MINUTE_MS
      // The minute that runs is the sampler's.
      const toMs = Math.floor(Math.min(asked.toMs, now()) / MINUTE_MS) * MINUTE_MS
      if (fromAskedMs >= toMs) throw new MctrackError('BODY_INVALID', 'fromMs must lie before toMs, and in the past.')
      // Of what was removed there would be zeros. The minute before the first one belongs to its peak.
      const keptMs = keptFromMs(networks.require(networkId), networks.calendarOf(networkId), now())
      const fromMs = keptMs === 0 ? fromAskedMs : Math.max(fromAskedMs, keptMs + MINUTE_MS)
      if (fromMs >= toMs)
        throw new MctrackError('BODY_INVALID', 'Data retention has removed the sessions of that range.')
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

/** The same range a week before by the clock of the zone, moved by whole steps: a summer time may lie in between. */
function weekBefore({ fromMs, toMs, stepMs }: AlignedRange, timeZone: string): AlignedRange {
  const byClock = zoneOffsetMs(timeZone, fromMs) - zoneOffsetMs(timeZone, fromMs - 7 * DAY_MS)
  const shiftMs = Math.round((7 * DAY_MS - byClock) / stepMs) * stepMs
  return { fromMs: fromMs - shiftMs, toMs: toMs - shiftMs, stepMs }
}
