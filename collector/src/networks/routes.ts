import { z } from '@hono/zod-openapi'
import { can, createApiRoute, createApiRouter, onInstallation, onNetwork, SIGNED_IN } from '../access/index.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import { nameSchema } from '../platform/http/text-schemas.ts'
import { isTimeZone } from './calendar.ts'
import { NETWORK_LIMITS } from './network.ts'
import type { Networks } from './networks.ts'

const networkNameSchema = nameSchema(NETWORK_LIMITS.nameCharsMax).openapi({ example: 'Example Network' })
/** IANA name. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'must be an IANA time zone such as Europe/Berlin')
  .openapi({ example: 'Europe/Berlin' })
/** ISO 4217. */
export const currencySchema = z
  .string()
  .regex(/^[A-Z]{3}$/, 'must be three capital letters (ISO 4217)')
  .refine(isCurrency, 'must be a currency of ISO 4217')
  .openapi({ example: 'EUR' })

/** A network in answers. */
export const networkSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    resumeWindowMs: z.number().int(),
    createdAtMs: instantSchema,
    archivedAtMs: instantSchema.nullable(),
    deleteAtMs: instantSchema.nullable().openapi({
      description: 'When it and everything of it will be removed; null while nobody asked for that.',
    }),
    dataRetentionDays: z.number().int().nullable().openapi({
      description: 'For how many days rows of single players and servers are kept; null for ever.',
    }),
    dataRetentionFromMs: instantSchema.nullable().openapi({
      description: 'When rows are first removed by that setting; null without one.',
    }),
    dataRemovedBeforeMs: instantSchema.nullable().openapi({
      description: 'What is older was removed by data retention, whatever is set now; null when nothing was.',
    }),
    isDemo: z.boolean().openapi({ description: 'Played by the simulator: nothing on it is real.' }),
  })
  .openapi('Network')

const listRoute = createApiRoute({
  access: SIGNED_IN,
  method: 'get',
  path: '/networks',
  summary: 'All networks that you may see',
  tags: ['Networks'],
  request: { query: z.object({ archived: z.enum(['true', 'false']).default('false') }) },
  responses: { 200: jsonAnswer(z.array(networkSchema), 'Oldest first; archived ones only when asked for.') },
})

const createNetworkRoute = createApiRoute({
  access: onInstallation('networks.create'),
  method: 'post',
  path: '/networks',
  summary: 'Create a network',
  tags: ['Networks'],
  request: {
    body: jsonBody(
      z
        .strictObject({
          name: networkNameSchema,
          timeZone: timeZoneSchema.default('UTC'),
          currency: currencySchema.default('EUR'),
        })
        .openapi('NewNetwork'),
    ),
  },
  responses: { 201: jsonAnswer(networkSchema, 'The new network.') },
})

const showRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}',
  summary: 'One network',
  tags: ['Networks'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(networkSchema, 'The network.') },
})

const changeRoute = createApiRoute({
  access: onNetwork('network.settings'),
  method: 'patch',
  path: '/networks/{networkId}',
  summary: 'Rename, change or archive a network',
  description:
    'Changing the time zone recounts the days of everything stored. An archived network takes no data and cuts its servers off; it can be restored, unless it waits for its deletion. Of data retention, past CCU, gaps and counts of ingest are no part.',
  tags: ['Networks'],
  request: {
    params: networkParams,
    body: jsonBody(
      z
        .strictObject({
          name: networkNameSchema.optional(),
          timeZone: timeZoneSchema.optional(),
          currency: currencySchema.optional(),
          resumeWindowMs: z
            .number()
            .int()
            .min(NETWORK_LIMITS.resumeWindowMsMin)
            .max(NETWORK_LIMITS.resumeWindowMsMax)
            .optional(),
          dataRetentionDays: z
            .number()
            .int()
            .min(NETWORK_LIMITS.dataRetentionDaysMin)
            .max(NETWORK_LIMITS.dataRetentionDaysMax)
            .nullable()
            .optional()
            .openapi({
              description:
                'Days for which rows of single players and servers are kept; null for ever. Keeping less begins in seven days, keeping more at once.',
            }),
          archived: z.boolean().optional(),
        })
        .openapi('NetworkChange'),
    ),
  },
  responses: { 200: jsonAnswer(networkSchema, 'The network after the change.') },
})

export function createNetworkRoutes({ networks }: { readonly networks: Networks }) {
  return createApiRouter()
    .openapi(listRoute, (context) => {
      const isArchivedWanted = context.req.valid('query').archived === 'true'
      const actor = context.get('actor')
      const visible = networks
        .list()
        .filter(({ id, archivedAtMs }) => (isArchivedWanted || archivedAtMs === null) && can(actor, 'network.view', id))
      return context.json(visible, 200)
    })
    .openapi(createNetworkRoute, async (context) => {
      return context.json(await networks.create(context.req.valid('json'), context.get('author')), 201)
    })
    .openapi(showRoute, (context) => {
      const { networkId } = context.req.valid('param')
      return context.json(networks.require(networkId), 200)
    })
    .openapi(changeRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { name, timeZone, currency, resumeWindowMs, dataRetentionDays, archived } = context.req.valid('json')
      const change = {
        ...(name === undefined ? {} : { name }),
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(currency === undefined ? {} : { currency }),
        ...(resumeWindowMs === undefined ? {} : { resumeWindowMs }),
        ...(dataRetentionDays === undefined ? {} : { dataRetentionDays }),
        ...(archived === undefined ? {} : { archived }),
      }
      return context.json(await networks.change(networkId, change, context.get('author')), 200)
    })
}

function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code)
}
