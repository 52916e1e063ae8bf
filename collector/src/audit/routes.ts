import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onInstallation, onNetwork } from '../access/index.ts'
import { cutPage, readCursor } from '../platform/http/cursor.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import { AUDIT_ACTIONS, AUDIT_ACTOR_KINDS, AUDIT_TARGET_KINDS, type ListedEntry } from './audit-entry.ts'
import type { AuditFilter, AuditStore } from './audit-store.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const INSTANT_MAX = 8_640_000_000_000_000

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])).nullable()
const entrySchema = z
  .object({
    id: idSchema,
    atMs: instantSchema,
    actor: z.object({
      kind: z.enum(AUDIT_ACTOR_KINDS),
      id: idSchema.nullable().openapi({ description: 'null for kinds that have no single ones, as the operator.' }),
      name: z
        .string()
        .nullable()
        .openapi({ description: 'Of a user, as it is now; null for others, and for who is gone.' }),
    }),
    action: z.enum(AUDIT_ACTIONS),
    networkId: idSchema.nullable().openapi({ description: 'null for what concerns the whole installation.' }),
    target: z.object({ kind: z.enum(AUDIT_TARGET_KINDS), id: z.string().nullable() }),
    before: fieldsSchema.openapi({ description: 'What differs, as it was; null when there was nothing. No secrets.' }),
    after: fieldsSchema.openapi({ description: 'What differs, as it is since.' }),
    failure: z.string().nullable().openapi({
      description: 'The error code with which a change failed that an earlier entry of the same request announced.',
    }),
    address: z.string().nullable().openapi({
      description: 'The network that the request came from, /24 or /48; the whole address is not kept.',
      example: '203.0.113.0/24',
    }),
    requestId: idSchema.openapi({ description: '`x-request-id` of the answer.' }),
  })
  .openapi('AuditEntry')
const pageSchema = z.object({ entries: z.array(entrySchema), nextCursor: z.string().nullable() }).openapi('AuditPage')

const query = z.object({
  cursor: z.string().max(200).optional().openapi({ description: 'From `nextCursor` of the page before.' }),
  limit: integerQuery({ min: 1, max: LIMIT_MAX }).optional(),
  fromMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
  toMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
  action: z.enum(AUDIT_ACTIONS).optional(),
  actor: z.enum(AUDIT_ACTOR_KINDS).optional(),
  user: idSchema.optional().openapi({ description: 'Done by this user.' }),
})

const listRoute = createApiRoute({
  access: onInstallation('installation.audit'),
  method: 'get',
  path: '/audit',
  summary: 'Who changed what, newest first',
  description:
    'Of the whole installation, also of networks that are no longer there. An entry is never changed or removed. Wrong tokens are in it, counted by the network that they come from.',
  tags: ['Audit log'],
  request: { query: query.extend({ network: idSchema.optional() }) },
  responses: { 200: jsonAnswer(pageSchema, 'One page; `nextCursor` is null on the last.') },
})

const listOfNetworkRoute = createApiRoute({
  access: onNetwork('audit.view'),
  method: 'get',
  path: '/networks/{networkId}/audit',
  summary: 'Who changed what of a network, newest first',
  tags: ['Audit log'],
  request: { params: networkParams, query },
  responses: { 200: jsonAnswer(pageSchema, 'One page; `nextCursor` is null on the last.') },
})

export interface AuditRoutesDeps {
  readonly store: AuditStore
}

export function createAuditRoutes({ store }: AuditRoutesDeps) {
  async function loadPage(networkId: string | undefined, asked: z.output<typeof query>) {
    const { cursor, limit = LIMIT_DEFAULT, fromMs, toMs, action, actor, user } = asked
    const below = readCursor(cursor)
    const filter: AuditFilter = {
      ...(networkId === undefined ? {} : { networkId }),
      ...(action === undefined ? {} : { action }),
      ...(actor === undefined ? {} : { actorKind: actor }),
      ...(user === undefined ? {} : { userId: user }),
      ...(fromMs === undefined ? {} : { fromMs }),
      ...(toMs === undefined ? {} : { beforeMs: toMs }),
      ...(below === undefined ? {} : { below }),
      limit: limit + 1,
    }
    const { page, nextCursor } = cutPage<ListedEntry>(await store.load(filter), limit, (entry) => entry)
    return { entries: [...page], nextCursor }
  }

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { network, ...asked } = context.req.valid('query')
      return context.json(await loadPage(network, asked), 200)
    })
    .openapi(listOfNetworkRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      return context.json(await loadPage(networkId, context.req.valid('query')), 200)
    })
}
