import { z } from '@hono/zod-openapi'
import { idSchema, instantSchema, integerQuery, playerIdSchema } from '../platform/http/router.ts'
import { PLAYER_SORTS } from './player.ts'

const INSTANT_MAX = 8_640_000_000_000_000
const instantQuery = integerQuery({ min: 0, max: INSTANT_MAX }).optional()
const platformSchema = z.enum(['java', 'bedrock'])
const span = z.number().int()

/** What players are chosen by, for the list and for its export. */
export const playerFilterQuery = z.object({
  search: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: "Part of a name, in any case, or a player's UUID, with or without dashes." }),
  platform: platformSchema.optional().openapi({ description: 'Of the first session, as country and domain.' }),
  country: z.string().max(2).optional().openapi({ description: "Empty for players whose country isn't known." }),
  domain: z.string().max(253).optional(),
  firstSeenFromMs: instantQuery,
  firstSeenToMs: instantQuery,
  lastSeenFromMs: instantQuery.openapi({ description: 'Who is online was last seen now.' }),
  lastSeenToMs: instantQuery,
  online: z.enum(['true', 'false']).optional(),
  sort: z.enum(PLAYER_SORTS).default('lastSeen'),
  order: z.enum(['asc', 'desc']).optional().openapi({ description: 'Default: asc for names, desc for all else.' }),
})
export type PlayerFilterQuery = z.infer<typeof playerFilterQuery>

const onlineSchema = z
  .object({ sessionId: idSchema, server: z.string(), gamemode: z.string(), startedAtMs: instantSchema })
  .nullable()
  .openapi({ description: 'The open session; null when the player is not online.' })

const shared = {
  playerId: playerIdSchema,
  name: z.string(),
  firstSeenAtMs: instantSchema,
  lastSeenAtMs: instantSchema.openapi({ description: 'Now for who is online.' }),
  online: onlineSchema,
  sessions: z.number().int(),
  playtimeMs: span.openapi({ description: 'Of sessions that ended; AFK time is in it.' }),
  afkMs: span,
}

export const playerSchema = z
  .object({
    ...shared,
    platform: platformSchema,
    device: z.string().openapi({ description: 'Of the last session; empty for Java Edition.' }),
    country: z.string(),
    domain: z.string(),
  })
  .openapi('Player')

export const playerPageSchema = z
  .object({ players: z.array(playerSchema), nextCursor: z.string().nullable() })
  .openapi('PlayerPage')

export const playerDetailsSchema = z
  .object({
    ...shared,
    first: z
      .object({ domain: z.string(), country: z.string(), platform: platformSchema })
      .openapi({ description: 'Of the first session ever seen.' }),
    last: z
      .object({ device: z.string(), country: z.string(), version: z.string() })
      .openapi({ description: 'Of the last session.' }),
    longestSessionMs: span,
    optedOutAtMs: instantSchema
      .nullable()
      .openapi({ description: 'Since when nothing more is recorded of the player.' }),
    names: z
      .array(z.object({ name: z.string(), firstUsedAtMs: instantSchema, lastUsedAtMs: instantSchema }))
      .openapi({ description: 'The newest first, 50 at most.' }),
    domains: z
      .array(
        z.object({ domain: z.string(), sessions: z.number().int(), playtimeMs: span, lastUsedAtMs: instantSchema }),
      )
      .openapi({ description: 'The most used first, 10 at most.' }),
    gamemodes: z
      .array(
        z.object({ gamemode: z.string(), stays: z.number().int(), playtimeMs: span, lastPlayedAtMs: instantSchema }),
      )
      .openapi({ description: 'The longest played first, 20 at most.' }),
  })
  .openapi('PlayerDetails')
