import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import { gamemodeNameSchema, nameSchema } from '../platform/http/text-schemas.ts'
import type { ApiKey } from './api-key.ts'
import type { NewKey } from './keys.ts'
import { createKeyStateRoutes, type KeyStateRoutesDeps } from './state-routes.ts'

const NAME_CHARS_MAX = 64
const GRACE_SECONDS_MAX = 7 * 86_400

const keyNameSchema = nameSchema(NAME_CHARS_MAX).openapi({ example: 'proxy-1' })
const keySchema = z
  .object({
    id: idSchema,
    name: z.string(),
    gamemode: z.string().nullable().openapi({ description: 'The only game mode it may report; null for all.' }),
    lastFour: z.string(),
    createdAtMs: instantSchema,
    revokedAtMs: instantSchema.nullable(),
    lastUsedAtMs: instantSchema.nullable().openapi({
      description:
        'When a request or a connection last proved itself with it; null when none ever did. It is stored once a minute, and when the collector stops.',
    }),
    connections: z.number().int().openapi({ description: 'Open ones, to this collector.' }),
  })
  .openapi('ApiKey')
const newKeySchema = keySchema
  .extend({ key: z.string().openapi({ description: 'The secret. It is shown this once.', example: 'mct_…' }) })
  .openapi('NewApiKey')
const keyParams = networkParams.extend({ keyId: idSchema })

const listRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'get',
  path: '/networks/{networkId}/keys',
  summary: 'API keys of a network',
  tags: ['API keys'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(keySchema), 'Oldest first, revoked ones included.') },
})

const createKeyRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'post',
  path: '/networks/{networkId}/keys',
  summary: 'Create an API key',
  tags: ['API keys'],
  request: {
    params: networkParams,
    body: jsonBody(
      z
        .strictObject({
          name: keyNameSchema,
          gamemode: gamemodeNameSchema.nullable().default(null),
        })
        .openapi('NewApiKeyRequest'),
    ),
  },
  responses: { 201: jsonAnswer(newKeySchema, 'The key with its secret.') },
})

const renameRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'patch',
  path: '/networks/{networkId}/keys/{keyId}',
  summary: 'Rename an API key',
  tags: ['API keys'],
  request: { params: keyParams, body: jsonBody(z.strictObject({ name: keyNameSchema }).openapi('ApiKeyChange')) },
  responses: { 200: jsonAnswer(keySchema, 'The key after the change.') },
})

const rotateRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'post',
  path: '/networks/{networkId}/keys/{keyId}/rotate',
  summary: 'Replace the secret of an API key',
  description: 'The earlier secret ends after the grace time, and connections that were opened with it are cut then.',
  tags: ['API keys'],
  request: {
    params: keyParams,
    body: jsonBody(
      z
        .strictObject({ graceSeconds: z.number().int().min(0).max(GRACE_SECONDS_MAX).default(0) })
        .openapi('RotationRequest'),
    ),
  },
  responses: { 200: jsonAnswer(newKeySchema, 'The key with its new secret.') },
})

const revokeRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'post',
  path: '/networks/{networkId}/keys/{keyId}/revoke',
  summary: 'Revoke an API key',
  description: 'Connections that were opened with it are cut within a second.',
  tags: ['API keys'],
  request: { params: keyParams },
  responses: { 200: jsonAnswer(keySchema, 'The revoked key.') },
})

export function createKeyRoutes(deps: KeyStateRoutesDeps) {
  const { keys, states } = deps
  const toJson = ({ networkId: _, ...key }: ApiKey) => ({ ...key, connections: states.of(key.id).connections })
  const toNewJson = ({ key, secret }: NewKey) => ({ ...toJson(key), key: secret })

  return createApiRouter()
    .openapi(listRoute, (context) => {
      const { networkId } = context.req.valid('param')
      return context.json(keys.list(networkId).map(toJson), 200)
    })
    .openapi(createKeyRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const created = await keys.create(networkId, context.req.valid('json'), context.get('author'))
      return context.json(toNewJson(created), 201)
    })
    .openapi(renameRoute, async (context) => {
      const { networkId, keyId } = context.req.valid('param')
      const { name } = context.req.valid('json')
      return context.json(toJson(await keys.rename(networkId, keyId, name, context.get('author'))), 200)
    })
    .openapi(rotateRoute, async (context) => {
      const { networkId, keyId } = context.req.valid('param')
      const graceMs = context.req.valid('json').graceSeconds * 1_000
      return context.json(toNewJson(await keys.rotate(networkId, keyId, graceMs, context.get('author'))), 200)
    })
    .openapi(revokeRoute, async (context) => {
      const { networkId, keyId } = context.req.valid('param')
      return context.json(toJson(await keys.revoke(networkId, keyId, context.get('author'))), 200)
    })
    .route('/', createKeyStateRoutes(deps))
}
