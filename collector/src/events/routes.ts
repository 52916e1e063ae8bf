import { z } from '@hono/zod-openapi'
import { LIMITS } from '@mctrack/sdk/protocol'
import { type Actor, can, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { Networks } from '../networks/index.ts'
import { MctrackError } from '../platform/error.ts'
import { answerExport, fileName } from '../platform/export/answer-export.ts'
import { fileAnswer, formatQuery } from '../platform/export/export-route.ts'
import { loadPages } from '../platform/export/load-pages.ts'
import { type Cursor, cutPage, readCursor } from '../platform/http/cursor.ts'
import {
  idSchema,
  instantSchema,
  integerQuery,
  jsonAnswer,
  networkParams,
  playerIdSchema,
} from '../platform/http/router.ts'
import { createInstantWriter } from '../platform/zoned-instant.ts'
import type { EventFilter } from './build-events-query.ts'
import { EVENT_KINDS } from './event.ts'
import { eventColumns, type NamedEvent } from './event-columns.ts'
import type { EventStore } from './event-store.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const INSTANT_MAX = 8_640_000_000_000_000
const DAY_MS = 86_400_000
/** Names are counted by reading all events of the range. */
const NAMES_RANGE_MS_MAX = 92 * DAY_MS
/** Events may come from clocks that are a little ahead. */
const AHEAD_MS = 10 * 60_000
/** Imported history may lie before the network was made. */
const HISTORY_MS = 10 * 365 * DAY_MS

const instantQuery = integerQuery({ min: 0, max: INSTANT_MAX }).optional()
const filterQuery = z.object({
  fromMs: instantQuery,
  toMs: instantQuery,
  kind: z.enum(EVENT_KINDS).optional(),
  name: z.string().min(1).max(LIMITS.eventNameBytesMax).optional(),
  player: playerIdSchema.optional().openapi({ description: "The player's UUID." }),
  session: z.guid().optional(),
  server: z.string().max(64).optional(),
  gamemode: z
    .string()
    .max(64)
    .optional()
    .openapi({ description: 'What the player played at the time, in a stay that began at most a day before.' }),
  property: z.string().min(1).max(LIMITS.propertyKeyBytesMax).optional().openapi({ description: 'Needs `value`.' }),
  value: z
    .string()
    .max(LIMITS.propertyStringBytesMax)
    .optional()
    .openapi({ description: 'A text as it is; a number, `true`, `false` or `null` as JSON has it.' }),
})

const eventSchema = z
  .object({
    eventId: idSchema,
    kind: z.enum(EVENT_KINDS),
    name: z.string(),
    atMs: instantSchema,
    playerId: playerIdSchema.nullable(),
    playerName: z.string().nullable(),
    sessionId: idSchema.nullable(),
    server: z.string(),
    gamemode: z.string().nullable().openapi({ description: 'Null when it is not known.' }),
    properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi('Event')

const listRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/events',
  summary: 'Events, newest first',
  description: 'Purchases are left out for who may not see revenue.',
  tags: ['Events'],
  request: {
    params: networkParams,
    query: filterQuery.extend({
      cursor: z.string().max(200).optional().openapi({ description: 'From `nextCursor` of the page before.' }),
      limit: integerQuery({ min: 1, max: LIMIT_MAX }).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      z.object({ events: z.array(eventSchema), nextCursor: z.string().nullable() }).openapi('EventPage'),
      'One page; `nextCursor` is null on the last.',
    ),
  },
})

const namesRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/events/names',
  summary: 'Names of events and how often they came',
  tags: ['Events'],
  request: {
    params: networkParams,
    query: z.object({
      fromMs: instantQuery.openapi({ description: 'Default: 24 hours before the end.' }),
      toMs: instantQuery.openapi({ description: 'Default: now. The range may be 92 days at most.' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          fromMs: instantSchema,
          toMs: instantSchema,
          names: z.array(
            z.object({
              name: z.string(),
              kind: z.enum(EVENT_KINDS),
              events: z.number().int(),
              lastAtMs: instantSchema,
            }),
          ),
        })
        .openapi('EventNames'),
      'The most frequent first, 500 at most.',
    ),
  },
})

const exportRoute = createApiRoute({
  access: onNetwork('export'),
  method: 'get',
  path: '/networks/{networkId}/events/export',
  summary: 'All events that match, as a file',
  description: 'Needs the right to see players as well. The same filters as the list; the newest first.',
  tags: ['Events'],
  request: { params: networkParams, query: filterQuery.extend(formatQuery) },
  responses: { 200: fileAnswer('A row an event.') },
})

function cursorOf({ atMs, eventId }: { readonly atMs: number; readonly eventId: string }): Cursor {
  return { atMs, id: eventId }
}

function seesRevenue(actor: Actor, networkId: string): boolean {
  return can(actor, 'revenue.view', networkId)
}

export interface EventRoutesDeps {
  readonly networks: Pick<Networks, 'require'>
  readonly store: EventStore
  readonly now: () => number
}

export function createEventRoutes({ networks, store, now }: EventRoutesDeps) {
  /** @throws MctrackError QUERY_INVALID for half of a property filter */
  function toFilter(networkId: string, query: z.infer<typeof filterQuery>, actor: Actor): EventFilter {
    const { fromMs, toMs, kind, name, player, session, server, gamemode, property, value } = query
    if ((property === undefined) !== (value === undefined)) {
      throw new MctrackError('QUERY_INVALID', 'property and value go together.')
    }
    return {
      networkId,
      withPurchases: seesRevenue(actor, networkId),
      fromMs: fromMs ?? networks.require(networkId).createdAtMs - HISTORY_MS,
      beforeMs: toMs ?? now() + AHEAD_MS,
      ...(kind !== undefined && { kind }),
      ...(name !== undefined && { name }),
      ...(player !== undefined && { playerId: player }),
      ...(session !== undefined && { sessionId: session }),
      ...(server !== undefined && { server }),
      ...(gamemode !== undefined && { gamemode }),
      ...(property !== undefined && value !== undefined && { property: { name: property, value } }),
      limit: 0,
    }
  }

  async function loadNamed(filter: EventFilter): Promise<NamedEvent[]> {
    const rows = await store.loadEvents(filter)
    const names = await store.loadPlayerNames(filter.networkId, rows)
    return rows.map((row) => ({ ...row, playerName: names.get(row.playerId ?? '') ?? null }))
  }

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { cursor, limit = LIMIT_DEFAULT, ...query } = context.req.valid('query')
      const below = readCursor(cursor)
      const filter = toFilter(networkId, query, context.get('actor'))
      const rows = await store.loadEvents({ ...filter, ...(below && { below }), limit: limit + 1 })
      const { page, nextCursor } = cutPage(rows, limit, cursorOf)
      const [names, gamemodes] = await Promise.all([
        store.loadPlayerNames(networkId, page),
        store.loadGamemodes(networkId, page),
      ])
      const events = page.map((row) => ({
        ...row,
        properties: { ...row.properties },
        playerName: names.get(row.playerId ?? '') ?? null,
        gamemode: gamemodes.get(row.eventId) ?? null,
      }))
      return context.json({ events, nextCursor }, 200)
    })
    .openapi(namesRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const query = context.req.valid('query')
      const toMs = query.toMs ?? now()
      const fromMs = query.fromMs ?? toMs - DAY_MS
      if (fromMs >= toMs) throw new MctrackError('QUERY_INVALID', 'fromMs must lie before toMs.')
      if (toMs - fromMs > NAMES_RANGE_MS_MAX) {
        throw new MctrackError('QUERY_INVALID', 'The range may be 92 days at most.')
      }
      const all = await store.loadNames(networkId, { fromMs, beforeMs: toMs })
      const withPurchases = seesRevenue(context.get('actor'), networkId)
      const names = withPurchases ? all : all.filter(({ kind }) => kind !== 'purchase')
      return context.json({ fromMs, toMs, names }, 200)
    })
    .openapi(exportRoute, (context) => {
      const { networkId } = context.req.valid('param')
      if (!can(context.get('actor'), 'players.view', networkId)) throw new MctrackError('FORBIDDEN')
      const { format, ...query } = context.req.valid('query')
      const { name, timeZone } = networks.require(networkId)
      const write = createInstantWriter(timeZone)
      const filter = toFilter(networkId, query, context.get('actor'))
      const pages = loadPages((page) => loadNamed({ ...filter, ...page }), cursorOf)
      return answerExport(pages, eventColumns(write), {
        format,
        name: fileName(name, 'events', write(now()).slice(0, 10)),
        signal: context.get('createAllowedSignal')(),
      })
    })
}
