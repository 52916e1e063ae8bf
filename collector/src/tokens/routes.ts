import { z } from '@hono/zod-openapi'
import { type Actor, can, createApiRoute, createApiRouter, onInstallation, PERSON, SIGNED_IN } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import {
  daysSchema,
  newTokenSchema,
  permissionsSchema,
  requirePerson,
  tokenNameSchema,
  tokenNetworkSchema,
  tokenSchema,
  toNewTokenJson,
  toTokenJson,
} from './schemas.ts'
import { TOKEN_LIMITS, type Token } from './token.ts'
import type { Tokens } from './tokens.ts'

const tokenParams = z.object({ tokenId: idSchema })
const operatorTokenSchema = z
  .object({
    id: idSchema,
    name: z.string().openapi({ example: 'operator of host-1:/srv/mctrack' }),
    lastFour: z.string(),
    createdAtMs: instantSchema,
    revokedAtMs: instantSchema.nullable(),
    lastUsedAtMs: instantSchema.nullable(),
  })
  .openapi('OperatorToken')

const listRoute = createApiRoute({
  access: PERSON,
  method: 'get',
  path: '/account/tokens',
  summary: 'Your tokens',
  tags: ['Tokens'],
  responses: {
    200: jsonAnswer(
      z.array(tokenSchema),
      'Those that work first, then the newest. What ended is listed for another 90 days.',
    ),
  },
})

const createTokenRoute = createApiRoute({
  access: PERSON,
  method: 'post',
  path: '/account/tokens',
  summary: 'Create a token for a script',
  description:
    'A token never allows more than its owner may do at the moment, whatever it was made for. No token can make another one.',
  tags: ['Tokens'],
  request: {
    body: jsonBody(
      z
        .strictObject({
          name: tokenNameSchema,
          permissions: permissionsSchema,
          networkId: tokenNetworkSchema.default(null),
          expiresInDays: daysSchema.default(TOKEN_LIMITS.daysDefault),
        })
        .openapi('NewTokenRequest'),
    ),
  },
  responses: { 201: jsonAnswer(newTokenSchema, 'The token with its secret.') },
})

const revokeRoute = createApiRoute({
  access: PERSON,
  method: 'delete',
  path: '/account/tokens/{tokenId}',
  summary: 'Revoke one of your tokens',
  tags: ['Tokens'],
  request: { params: tokenParams },
  responses: { 200: jsonAnswer(tokenSchema, 'The revoked token.') },
})

const revokeOwnRoute = createApiRoute({
  access: SIGNED_IN,
  method: 'delete',
  path: '/account/token',
  summary: 'Revoke the token that this request is made with',
  description: 'For a program that needs its token no more. An operator’s token is revoked by its id instead.',
  tags: ['Tokens'],
  responses: { 200: jsonAnswer(tokenSchema, 'The revoked token.') },
})

const listOperatorsRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'get',
  path: '/operator-tokens',
  summary: 'Tokens of operators',
  description: 'One for each data directory. They allow everything.',
  tags: ['Tokens'],
  responses: { 200: jsonAnswer(z.array(operatorTokenSchema), 'Those that work first, then the newest.') },
})

const revokeOperatorRoute = createApiRoute({
  access: onInstallation('users.manage'),
  method: 'delete',
  path: '/operator-tokens/{tokenId}',
  summary: 'Revoke the token of an operator',
  description: 'The collector of its data directory makes another one at its next start.',
  tags: ['Tokens'],
  request: { params: tokenParams },
  responses: { 200: jsonAnswer(operatorTokenSchema, 'The revoked token.') },
})

export function createTokenRoutes({ tokens }: { readonly tokens: Tokens }) {
  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { userId } = requirePerson(context.get('actor'))
      return context.json((await tokens.list(userId)).map(toTokenJson), 200)
    })
    .openapi(createTokenRoute, async (context) => {
      const actor = requirePerson(context.get('actor'))
      const { name, permissions, networkId, expiresInDays } = context.req.valid('json')
      requireVisible(actor, networkId)
      const wish = { name, permissions, networkId, days: expiresInDays }
      return context.json(toNewTokenJson(await tokens.create(actor.userId, wish, context.get('author'))), 201)
    })
    .openapi(revokeRoute, async (context) => {
      const { userId } = requirePerson(context.get('actor'))
      const { tokenId } = context.req.valid('param')
      return context.json(toTokenJson(await tokens.revoke(userId, tokenId, context.get('author'))), 200)
    })
    .openapi(revokeOwnRoute, async (context) => {
      const actor = context.get('actor')
      if (actor.kind !== 'user' || actor.credential.kind !== 'token') {
        throw new MctrackError('CONFLICT', 'This request was not made with a token of a person.')
      }
      const { tokenId } = actor.credential
      return context.json(toTokenJson(await tokens.revoke(actor.userId, tokenId, context.get('author'))), 200)
    })
    .openapi(listOperatorsRoute, async (context) => {
      return context.json((await tokens.listOfOperators()).map(toOperatorJson), 200)
    })
    .openapi(revokeOperatorRoute, async (context) => {
      const { tokenId } = context.req.valid('param')
      return context.json(toOperatorJson(await tokens.revokeOfOperator(tokenId, context.get('author'))), 200)
    })
}

/** @throws MctrackError NETWORK_NOT_FOUND for one that they are no member of */
export function requireVisible(actor: Actor, networkId: string | null): void {
  if (networkId !== null && !can(actor, 'network.view', networkId)) throw new MctrackError('NETWORK_NOT_FOUND')
}

function toOperatorJson({ id, name, lastFour, createdAtMs, revokedAtMs, lastUsedAtMs }: Token) {
  return { id, name, lastFour, createdAtMs, revokedAtMs, lastUsedAtMs }
}
