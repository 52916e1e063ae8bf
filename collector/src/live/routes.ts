import { z } from '@hono/zod-openapi'
import { formatUuid } from '@mctrack/sdk/protocol'
import { can, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { answerEventStream } from '../platform/http/event-stream.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import { DIMENSIONS } from './counts.ts'
import { type CountsJson, countsSchema, toCountsJson } from './counts-json.ts'
import type { LiveFeed } from './feed.ts'
import type { PlayerPresence } from './presence.ts'
import type { Registry } from './registry.ts'

const PLAYERS_MAX = 1_000
const PLAYERS_DEFAULT = 100
/** A screen that is behind wants the newest numbers, not all of them. */
const COUNTS_WAITING_MAX = 2
const TAIL_WAITING_MAX = 256

const onlinePlayerSchema = z
  .object({
    playerId: idSchema,
    playerName: z.string(),
    sessionId: idSchema,
    server: z.string(),
    gamemode: z.string(),
    platform: z.enum(['java', 'bedrock']),
    device: z.string(),
    country: z.string(),
    domain: z.string(),
    version: z.string(),
    startedAtMs: instantSchema,
  })
  .openapi('OnlinePlayer')

const countsRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/live',
  summary: 'Players online now',
  description: 'From the open connections, not from a database: right even while the databases are down.',
  tags: ['Live'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(countsSchema, 'The numbers of this moment.') },
})

const playersRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/live/players',
  summary: 'Who is online now',
  tags: ['Live'],
  request: {
    params: networkParams,
    query: z.object({
      search: z.string().max(64).default('').openapi({ description: 'Part of a name, in any case.' }),
      server: z.string().max(64).optional(),
      gamemode: z.string().max(64).optional(),
      platform: z.enum(['java', 'bedrock']).optional(),
      device: z.string().max(64).optional(),
      country: z.string().max(2).optional(),
      domain: z.string().max(253).optional().openapi({ description: "'' for unknown, as with the others." }),
      version: z.string().max(64).optional(),
      limit: integerQuery({ min: 1, max: PLAYERS_MAX }).optional(),
      offset: integerQuery({ min: 0, max: 1_000_000 }).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({ total: z.number().int(), players: z.array(onlinePlayerSchema), atMs: instantSchema })
        .openapi('OnlinePlayers'),
      'Latest join first; `total` counts all that match.',
    ),
  },
})

const streamRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/live/stream',
  summary: 'Players online, pushed on change',
  description: 'Server-sent events `counts`: one at once, then after changes, at most four a second.',
  tags: ['Live'],
  request: { params: networkParams },
  responses: { 200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'Events without end.' } },
})

const tailRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/live/events',
  summary: 'Events as they come',
  description:
    'Server-sent events `event` (joins, switches, leaves, custom events, refusals) and `skipped` with a number when they came faster than you read.',
  tags: ['Live'],
  request: { params: networkParams },
  responses: { 200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'Events without end.' } },
})

export interface LiveRoutesDeps {
  readonly registry: Registry
  readonly feed: LiveFeed
  readonly now: () => number
}

export function createLiveRoutes({ registry, feed, now }: LiveRoutesDeps) {
  function countsOf(networkId: string): CountsJson {
    const live = registry.network(networkId)
    const linked = Array.from(live.instances.values()).filter(({ state }) => state === 'linked')
    return toCountsJson(live.presence.counts, new Set(linked.map(({ serverName }) => serverName)).size, now())
  }

  return createApiRouter()
    .openapi(countsRoute, (context) => {
      const { networkId } = context.req.valid('param')
      return context.json(countsOf(networkId), 200)
    })
    .openapi(playersRoute, (context) => {
      const { networkId } = context.req.valid('param')
      const { search, limit = PLAYERS_DEFAULT, offset = 0, ...wanted } = context.req.valid('query')
      const part = search.toLowerCase()
      const matching = Array.from(registry.network(networkId).presence.players()).filter(
        ({ primary, values }) =>
          primary.playerName.toLowerCase().includes(part) &&
          DIMENSIONS.every((dimension) => wanted[dimension] === undefined || values[dimension] === wanted[dimension]),
      )
      matching.sort((a, b) => b.primary.startedAtMs - a.primary.startedAtMs)
      const players = matching.slice(offset, offset + limit).map(toPlayerJson)
      return context.json({ total: matching.length, players, atMs: now() }, 200)
    })
    .openapi(streamRoute, (context) => {
      const { networkId } = context.req.valid('param')
      return answerEventStream(
        { signal: context.get('createAllowedSignal')(), waitingMax: COUNTS_WAITING_MAX },
        (sink) => feed.watchCounts(networkId, () => sink.send('counts', countsOf(networkId))),
      )
    })
    .openapi(tailRoute, (context) => {
      const { networkId } = context.req.valid('param')
      const actor = context.get('actor')
      return answerEventStream(
        { signal: context.get('createAllowedSignal')(), waitingMax: TAIL_WAITING_MAX },
        (sink) => {
          let skipped = 0
          const seesRevenue = can(actor, 'revenue.view', networkId)
          return feed.tail(networkId, (event) => {
            if (event.type === 'purchase' && !seesRevenue) return
            if (skipped > 0 && sink.send('skipped', { events: skipped })) skipped = 0
            if (!sink.send('event', event)) skipped += 1
          })
        },
      )
    })
}

function toPlayerJson({ primary, values }: PlayerPresence) {
  return {
    playerId: formatUuid(primary.playerId),
    playerName: primary.playerName,
    sessionId: formatUuid(primary.sessionId),
    ...values,
    platform: primary.platform,
    startedAtMs: primary.startedAtMs,
  }
}
