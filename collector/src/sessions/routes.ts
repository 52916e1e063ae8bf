import { z } from '@hono/zod-openapi'
import { can, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
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
import { type SessionFilter, type SessionRow, STORED_REASONS } from './build-sessions-query.ts'
import { sessionColumns } from './session-columns.ts'
import type { SessionStore, StayRow } from './session-store.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const INSTANT_MAX = 8_640_000_000_000_000
/** Sessions may begin a little in the future when a server's clock is ahead. */
const AHEAD_MS = 10 * 60_000

const staySchema = z
  .object({
    ordinal: z.number().int(),
    backend: z.string(),
    gamemode: z.string(),
    startedAtMs: instantSchema,
    endedAtMs: instantSchema.nullable(),
  })
  .openapi('GamemodeSession')

const sessionSchema = z
  .object({
    sessionId: idSchema,
    playerId: playerIdSchema,
    playerName: z.string(),
    server: z.string(),
    serverKind: z.enum(['proxy', 'backend']),
    startedAtMs: instantSchema,
    endedAtMs: instantSchema.nullable().openapi({ description: 'null while the session is open.' }),
    endReason: z.string().nullable(),
    durationMs: z.number().int().nullable(),
    afkMs: z.number().int(),
    domain: z.string(),
    platform: z.enum(['java', 'bedrock']),
    device: z.string(),
    country: z.string(),
    protocolVersion: z.number().int(),
    version: z.string(),
    isSecondary: z.boolean().openapi({ description: 'The player was counted through another session at the time.' }),
    gamemodes: z.array(staySchema),
  })
  .openapi('NetworkSession')

/** What sessions are chosen by, for the list and for its export. */
const filterQuery = z.object({
  fromMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
  toMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
  player: playerIdSchema.optional().openapi({ description: "The player's UUID." }),
  name: z.string().min(1).max(64).optional().openapi({ description: "Part of the player's name, in any case." }),
  session: z.guid().optional(),
  server: z.string().max(64).optional(),
  gamemode: z.string().max(64).optional().openapi({ description: 'Played at any time of the session.' }),
  domain: z.string().max(253).optional(),
  country: z.string().max(2).optional(),
  platform: z.enum(['java', 'bedrock']).optional(),
  version: z.string().max(32).optional(),
  reason: z.enum(STORED_REASONS).optional().openapi({ description: 'Why the session ended.' }),
  open: z.enum(['true', 'false']).optional(),
  secondary: z
    .enum(['include', 'exclude'])
    .default('exclude')
    .openapi({ description: 'Whether to list sessions of players who were counted through another one.' }),
})

const listRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/sessions',
  summary: 'Sessions, newest first',
  tags: ['Sessions'],
  request: {
    params: networkParams,
    query: filterQuery.extend({
      cursor: z.string().max(200).optional().openapi({ description: 'From `nextCursor` of the page before.' }),
      limit: integerQuery({ min: 1, max: LIMIT_MAX }).optional(),
    }),
  },
  responses: {
    200: jsonAnswer(
      z.object({ sessions: z.array(sessionSchema), nextCursor: z.string().nullable() }).openapi('SessionPage'),
      'One page; `nextCursor` is null on the last.',
    ),
  },
})

const exportRoute = createApiRoute({
  access: onNetwork('export'),
  method: 'get',
  path: '/networks/{networkId}/sessions/export',
  summary: 'All sessions that match, as a file',
  description: 'Needs the right to see players as well. The same filters as the list; the newest first.',
  tags: ['Sessions'],
  request: { params: networkParams, query: filterQuery.extend(formatQuery) },
  responses: { 200: fileAnswer('A row a session.') },
})

export interface SessionRoutesDeps {
  readonly networks: Networks
  readonly store: SessionStore
  readonly now: () => number
}

export function createSessionRoutes({ networks, store, now }: SessionRoutesDeps) {
  function toFilter(networkId: string, query: z.infer<typeof filterQuery>): SessionFilter {
    const { fromMs, toMs, session, player, open, secondary, name, ...same } = query
    return {
      ...withoutUndefined(same),
      networkId,
      fromMs: fromMs ?? networks.require(networkId).createdAtMs - HISTORY_MS,
      beforeMs: toMs ?? now() + AHEAD_MS,
      ...(session === undefined ? {} : { sessionId: session }),
      ...(player === undefined ? {} : { playerId: player }),
      ...(name === undefined ? {} : { playerName: name }),
      ...(open === undefined ? {} : { isOpen: open === 'true' }),
      withSecondary: secondary === 'include',
      limit: 0,
    }
  }

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { cursor, limit = LIMIT_DEFAULT, ...query } = context.req.valid('query')
      const below = readCursor(cursor)
      const filter = toFilter(networkId, query)
      const rows = await store.loadSessions({ ...filter, ...(below && { below }), limit: limit + 1 })
      const { page, nextCursor } = cutPage(rows, limit, cursorOf)
      const stays = await store.loadStays(networkId, page)
      return context.json({ sessions: page.map((row) => toJson(row, stays.get(row.sessionId) ?? [])), nextCursor }, 200)
    })
    .openapi(exportRoute, (context) => {
      const { networkId } = context.req.valid('param')
      if (!can(context.get('actor'), 'players.view', networkId)) throw new MctrackError('FORBIDDEN')
      const { format, ...query } = context.req.valid('query')
      const { name, timeZone } = networks.require(networkId)
      const write = createInstantWriter(timeZone)
      const filter = toFilter(networkId, query)
      const pages = loadPages((page) => store.loadSessions({ ...filter, ...page }), cursorOf)
      return answerExport(pages, sessionColumns(write), {
        format,
        name: fileName(name, 'sessions', write(now()).slice(0, 10)),
        signal: context.get('createAllowedSignal')(),
      })
    })
}

/** Imported history may lie before the network was made. */
const HISTORY_MS = 10 * 365 * 86_400_000

function cursorOf({ startedAtMs, sessionId }: SessionRow): Cursor {
  return { atMs: startedAtMs, id: sessionId }
}

function toJson(row: SessionRow, stays: readonly StayRow[]) {
  return {
    ...row,
    endReason: row.endedAtMs === null ? null : row.endReason,
    durationMs: row.endedAtMs === null ? null : row.endedAtMs - row.startedAtMs,
    gamemodes: stays.map(({ sessionId: _, ...stay }) => stay),
  }
}

type Defined<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> }

function withoutUndefined<Value extends object>(value: Value): Defined<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<Value>
}
