import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import { GAP_REASONS, type HealthStore } from './health-store.ts'

const DAY_MS = 86_400_000
const INSTANT_MAX = 4_000_000_000_000
const instantQuery = integerQuery({ min: 0, max: INSTANT_MAX }).optional()

const gapsRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/gaps',
  summary: 'When and why numbers are missing',
  description: 'For shading charts: what lies in the range at least in part, the first first, 1,000 at most.',
  tags: ['Ingest health'],
  request: {
    params: networkParams,
    query: z.object({
      fromMs: instantQuery.openapi({ description: 'Default: 24 hours before the end.' }),
      toMs: instantQuery.openapi({ description: 'Default: now.' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      z.array(
        z
          .object({
            server: z.string().nullable().openapi({ description: 'Null: the whole network.' }),
            fromMs: instantSchema,
            toMs: instantSchema,
            reason: z.enum(GAP_REASONS),
            lostEvents: z.number().int(),
          })
          .openapi('Gap'),
      ),
      'The gaps.',
    ),
  },
})

export function createGapRoutes({ store, now }: { readonly store: HealthStore; readonly now: () => number }) {
  return createApiRouter().openapi(gapsRoute, async (context) => {
    const { networkId } = context.req.valid('param')
    const { fromMs, toMs = now() } = context.req.valid('query')
    const gaps = await store.loadGaps(networkId, { fromMs: fromMs ?? toMs - DAY_MS, toMs })
    return context.json(
      gaps.map((gap) => ({ ...gap, server: gap.server === '' ? null : gap.server })),
      200,
    )
  })
}
