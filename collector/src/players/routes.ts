import { z } from '@hono/zod-openapi'
import { can, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { Networks } from '../networks/index.ts'
import { MctrackError } from '../platform/error.ts'
import { answerExport, fileName } from '../platform/export/answer-export.ts'
import { fileAnswer, formatQuery } from '../platform/export/export-route.ts'
import { integerQuery, jsonAnswer, networkParams, playerIdSchema } from '../platform/http/router.ts'
import { createInstantWriter } from '../platform/zoned-instant.ts'
import { PAGE_PLAYERS_MAX } from './player.ts'
import { playerColumns } from './player-columns.ts'
import type { Players } from './players.ts'
import { playerDetailsSchema, playerFilterQuery, playerPageSchema } from './schemas.ts'

const LIMIT_DEFAULT = 50

const listRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/players',
  summary: 'Players',
  description:
    'Everybody who was ever seen. Totals, and whom `online` and the order take for online, are a few seconds old at most; the field `online` is of this moment.',
  tags: ['Players'],
  request: {
    params: networkParams,
    query: playerFilterQuery.extend({
      cursor: z.string().max(400).optional().openapi({ description: 'From `nextCursor` of the page before.' }),
      limit: integerQuery({ min: 1, max: PAGE_PLAYERS_MAX }).optional(),
    }),
  },
  responses: { 200: jsonAnswer(playerPageSchema, 'One page; `nextCursor` is null on the last.') },
})

const exportRoute = createApiRoute({
  access: onNetwork('export'),
  method: 'get',
  path: '/networks/{networkId}/players/export',
  summary: 'All players that match, as a file',
  description: 'Needs the right to see players as well. The same filters and order as the list.',
  tags: ['Players'],
  request: {
    params: networkParams,
    query: playerFilterQuery.extend(formatQuery),
  },
  responses: { 200: fileAnswer('A row a player.') },
})

const showRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/players/{playerId}',
  summary: 'One player',
  description: 'Sessions and events have lists of their own, which take `player`.',
  tags: ['Players'],
  request: { params: networkParams.extend({ playerId: playerIdSchema }) },
  responses: { 200: jsonAnswer(playerDetailsSchema, 'The player.') },
})

export interface PlayerRoutesDeps {
  readonly networks: Pick<Networks, 'require'>
  readonly players: Players
  readonly now: () => number
}

export function createPlayerRoutes({ networks, players, now }: PlayerRoutesDeps) {
  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { cursor, limit = LIMIT_DEFAULT, ...query } = context.req.valid('query')
      return context.json(await players.list(networkId, query, { cursor, limit }), 200)
    })
    .openapi(exportRoute, (context) => {
      const { networkId } = context.req.valid('param')
      if (!can(context.get('actor'), 'players.view', networkId)) throw new MctrackError('FORBIDDEN')
      const { format, ...query } = context.req.valid('query')
      const { name, timeZone } = networks.require(networkId)
      const write = createInstantWriter(timeZone)
      return answerExport(players.pages(networkId, query), playerColumns(write), {
        format,
        name: fileName(name, 'players', write(now()).slice(0, 10)),
        signal: context.get('createAllowedSignal')(),
      })
    })
    .openapi(showRoute, async (context) => {
      const { networkId, playerId } = context.req.valid('param')
      return context.json(await players.show(networkId, playerId.toLowerCase()), 200)
    })
}
