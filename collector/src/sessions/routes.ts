import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { Networks } from '../networks/index.ts'
import { MctrackError } from '../platform/error.ts'
import { formatCursor, parseCursor } from '../platform/http/cursor.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import type { SessionFilter, SessionRow } from './build-sessions-query.ts'
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
    playerId: idSchema,
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

const listRoute = createApiRoute({
  access: onNetwork('players.view'),
  method: 'get',
  path: '/networks/{networkId}/sessions',
  summary: 'Sessions, newest first',
  tags: ['Sessions'],
  request: {
    params: networkParams,
    query: z.object({
      cursor: z.string().max(200).optional().openapi({ description: 'From `nextCursor` of the page before.' }),
      limit: integerQuery({ min: 1, max: LIMIT_MAX }).optional(),
      fromMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
      toMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
      player: idSchema.optional().openapi({ description: "The player's UUID." }),
      name: z.string().min(1).max(64).optional().openapi({ description: "Part of the player's name, in any case." }),
      server: z.string().max(64).optional(),
      domain: z.string().max(253).optional(),
      country: z.string().max(2).optional(),
      platform: z.enum(['java', 'bedrock']).optional(),
      version: z.string().max(32).optional(),
      open: z.enum(['true', 'false']).optional(),
      secondary: z
        .enum(['include', 'exclude'])
        .default('exclude')
        .openapi({ description: 'Whether to list sessions of players who were counted through another one.' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      z.object({ sessions: z.array(sessionSchema), nextCursor: z.string().nullable() }).openapi('SessionPage'),
      'One page; `nextCursor` is null on the last.',
    ),
  },
})

export interface SessionRoutesDeps {
  readonly networks: Networks
  readonly store: SessionStore
  readonly now: () => number
}

export function createSessionRoutes({ networks, store, now }: SessionRoutesDeps) {
  return createApiRouter().openapi(listRoute, async (context) => {
    const { networkId } = context.req.valid('param')
    const network = networks.require(networkId)
    const {
      cursor,
      limit = LIMIT_DEFAULT,
      fromMs,
      toMs,
      player,
      open,
      secondary,
      name,
      ...same
    } = context.req.valid('query')
    const below = cursor === undefined ? undefined : parseCursor(cursor)
    if (cursor !== undefined && below === undefined)
      throw new MctrackError('QUERY_INVALID', 'The cursor is not one of ours.')
    const filter: SessionFilter = {
      ...withoutUndefined(same),
      networkId,
      fromMs: fromMs ?? network.createdAtMs - HISTORY_MS,
      beforeMs: toMs ?? now() + AHEAD_MS,
      ...(below === undefined ? {} : { below }),
      ...(player === undefined ? {} : { playerId: player }),
      ...(name === undefined ? {} : { playerName: name }),
      ...(open === undefined ? {} : { isOpen: open === 'true' }),
      withSecondary: secondary === 'include',
      limit: limit + 1,
    }
    const rows = await store.loadSessions(filter)
    const page = rows.slice(0, limit)
    const stays = await store.loadStays(networkId, page)
    const last = page.at(-1)
    const nextCursor =
      rows.length > limit && last !== undefined ? formatCursor({ atMs: last.startedAtMs, id: last.sessionId }) : null
    return context.json({ sessions: page.map((row) => toJson(row, stays.get(row.sessionId) ?? [])), nextCursor }, 200)
  })
}

/** Imported history may lie before the network was made. */
const HISTORY_MS = 10 * 365 * 86_400_000

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
