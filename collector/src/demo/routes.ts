import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onInstallation } from '../access/index.ts'
import { currencySchema, timeZoneSchema } from '../networks/index.ts'
import { idSchema, jsonAnswer } from '../platform/http/router.ts'
import type { DemoNetwork } from './demo-network.ts'
import { DEMO_LIMITS, DEMO_PHASES } from './demo-state.ts'

const demoSchema = z
  .object({
    networkId: idSchema.nullable().openapi({ description: 'Null when there is none.' }),
    phase: z.enum(['none', ...DEMO_PHASES]).openapi({
      description:
        'Players are online from `history` on; at `live` all of the past is there. `failed`: it is not played now.',
    }),
    historyShare: z.number().openapi({ description: 'How much of the history is handed over, from 0 to 1.' }),
    sessions: z.number().int(),
    events: z.number().int(),
    failure: z.string().nullable().openapi({ description: 'Why it is not played, or null.' }),
  })
  .openapi('DemoNetwork')

const showRoute = createApiRoute({
  access: onInstallation('networks.create'),
  method: 'get',
  path: '/demo-network',
  summary: 'How far the demo network is',
  tags: ['Networks'],
  responses: { 200: jsonAnswer(demoSchema, 'The demo network, or that there is none.') },
})

const loadRoute = createApiRoute({
  access: onInstallation('networks.create'),
  method: 'post',
  path: '/demo-network',
  summary: 'Load the demo network',
  description:
    'A network of its own, marked as `isDemo`: the simulator loads a believable past into it and keeps players on it while a collector runs. There is one at most.',
  tags: ['Networks'],
  request: {
    body: {
      content: {
        'application/json': {
          schema: z
            .strictObject({
              days: z
                .number()
                .int()
                .min(DEMO_LIMITS.daysMin)
                .max(DEMO_LIMITS.daysMax)
                .optional()
                .openapi({
                  description: `Of history; ${DEMO_LIMITS.daysDefault} when left out.`,
                }),
              timeZone: timeZoneSchema.optional(),
              currency: currencySchema.optional(),
            })
            .openapi('NewDemoNetwork'),
        },
      },
    },
  },
  responses: { 201: jsonAnswer(demoSchema, 'It is there; ask again for how far its history is.') },
})

const removeRoute = createApiRoute({
  access: onInstallation('networks.create'),
  method: 'delete',
  path: '/demo-network',
  summary: 'Remove the demo network',
  description:
    'At once, with everything of it but its audit log: nothing on it is real. Without effect when there is none.',
  tags: ['Networks'],
  responses: { 200: jsonAnswer(demoSchema, 'There is none.') },
})

export function createDemoRoutes({ demo }: { readonly demo: DemoNetwork }) {
  return createApiRouter()
    .openapi(showRoute, async (context) => context.json(await demo.state(), 200))
    .openapi(loadRoute, async (context) => {
      const { days = DEMO_LIMITS.daysDefault, timeZone = 'UTC', currency = 'EUR' } = context.req.valid('json')
      return context.json(await demo.load({ days, timeZone, currency }, context.get('author')), 201)
    })
    .openapi(removeRoute, async (context) => context.json(await demo.remove(context.get('author')), 200))
}
