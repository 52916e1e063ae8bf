import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { playerParams } from '../platform/http/player-params.ts'
import { instantSchema, jsonAnswer, networkParams, playerIdSchema } from '../platform/http/router.ts'
import type { OptOut } from './opt-out.ts'
import type { OptOuts } from './opt-outs.ts'

const tags = ['Players']

const optOutSchema = z.object({ playerId: playerIdSchema, optedOutAtMs: instantSchema }).openapi('OptOut')

const listRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/opt-outs',
  summary: 'Players of whom nothing is recorded, because they asked for that',
  tags,
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(optOutSchema), 'Newest first.') },
})

const addRoute = createApiRoute({
  access: onNetwork('players.erase'),
  method: 'put',
  path: '/networks/{networkId}/opt-outs/{playerId}',
  summary: 'Record nothing of a player from now on',
  description:
    'Sessions, events and purchases of the player are acknowledged, counted as `opted_out` and dropped; the player is not counted in CCU. Whoever is online leaves it at once. What is stored stays until it is erased. Repeating it changes nothing.',
  tags,
  request: { params: playerParams },
  responses: { 200: jsonAnswer(optOutSchema, 'The player opted out.') },
})

const removeRoute = createApiRoute({
  access: onNetwork('players.erase'),
  method: 'delete',
  path: '/networks/{networkId}/opt-outs/{playerId}',
  summary: 'Record a player again',
  description: 'From their next join on.',
  tags,
  request: { params: playerParams },
  responses: { 200: jsonAnswer(z.object({}).openapi('Done'), 'The player is recorded again.') },
})

export function createOptOutRoutes({ optOuts }: { readonly optOuts: OptOuts }) {
  return createApiRouter()
    .openapi(listRoute, async (context) => {
      return context.json(optOuts.list(context.req.valid('param').networkId).map(toJson), 200)
    })
    .openapi(addRoute, async (context) => {
      const { networkId, playerId } = context.req.valid('param')
      return context.json(toJson(await optOuts.add(networkId, playerId, context.get('author'))), 200)
    })
    .openapi(removeRoute, async (context) => {
      const { networkId, playerId } = context.req.valid('param')
      await optOuts.remove(networkId, playerId, context.get('author'))
      return context.json({}, 200)
    })
}

function toJson({ playerId, optedOutAtMs }: OptOut) {
  return { playerId, optedOutAtMs }
}
