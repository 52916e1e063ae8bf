import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { playerParams } from '../platform/http/player-params.ts'
import { instantSchema, jsonAnswer, jsonBody } from '../platform/http/router.ts'
import { answerInPieces } from './answer-in-pieces.ts'
import type { PlayerData } from './player-data.ts'

const CONFIRMATION_CHARS_MAX = 64

const listSchema = z.array(z.record(z.string(), z.unknown()))
const exportSchema = z
  .looseObject({
    networkId: z.string(),
    playerId: z.string(),
    exportedAtMs: instantSchema,
    players: listSchema,
    sessions: listSchema,
    gamemodeSessions: listSchema,
    days: listSchema,
    events: listSchema,
    purchases: listSchema.nullable().openapi({ description: 'null for those who may not see revenue.' }),
    deadLetters: listSchema,
  })
  .openapi('PlayerExport')

const exportRoute = createApiRoute({
  access: onNetwork('export'),
  method: 'get',
  path: '/networks/{networkId}/players/{playerId}/export',
  summary: 'All that is stored of a player',
  description:
    'One document, however large. Needs the right to see players, too. Instants are Unix milliseconds. Dead letters are those that hold the id of the player. An answer that ends before its last brace was cut off: ask again.',
  tags: ['Players'],
  request: { params: playerParams },
  responses: { 200: jsonAnswer(exportSchema, 'Every row of the player, by what it tells.') },
})

const eraseRoute = createApiRoute({
  access: onNetwork('players.erase'),
  method: 'post',
  path: '/networks/{networkId}/players/{playerId}/erase',
  summary: 'Erase all that is stored of a player',
  description:
    'For good: sessions, events, purchases, days, dead letters that hold the id. Past CCU stays, for it names nobody. A player who is online must be kicked first.',
  tags: ['Players'],
  request: {
    params: playerParams,
    body: jsonBody(
      z
        .strictObject({
          player: z
            .string()
            .max(CONFIRMATION_CHARS_MAX)
            .openapi({ description: 'The id of the player, or a name that is stored of them, again.' }),
        })
        .openapi('PlayerErasure'),
    ),
  },
  responses: {
    200: jsonAnswer(
      z.object({ playerId: z.string(), erasedAtMs: instantSchema, rows: z.number().int() }).openapi('ErasedPlayer'),
      'What was erased.',
    ),
  },
})

export function createPlayerDataRoutes({ playerData }: { readonly playerData: PlayerData }) {
  return createApiRouter()
    .openapi(exportRoute, async (context) => {
      const { networkId, playerId } = context.req.valid('param')
      const by = { actor: context.get('actor'), author: context.get('author') }
      return answerInPieces(await playerData.export(networkId, playerId, by), `player-${playerId}.json`)
    })
    .openapi(eraseRoute, async (context) => {
      const { networkId, playerId } = context.req.valid('param')
      const { player } = context.req.valid('json')
      return context.json(await playerData.erase(networkId, playerId, player, context.get('author')), 200)
    })
}
