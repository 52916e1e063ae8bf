import { isIP } from 'node:net'
import { z } from '@hono/zod-openapi'
import { END_REASONS, LIMITS, PLATFORMS, SERVER_KINDS } from '@mctrack/sdk/protocol'
import { idSchema, instantSchema } from '../../platform/http/router.ts'

/** UTF-8 cannot hold half of a surrogate pair, so neither can what comes over the socket. */
const unicode = z.string().refine((value) => value.isWellFormed(), 'must not hold halves of characters')

/** Same limits as on the socket: bytes of UTF-8. */
function text(bytesMax: number, charsMin = 0) {
  const tooLong = `must have at most ${bytesMax} bytes`
  return unicode
    .min(charsMin)
    .max(bytesMax, tooLong)
    .refine((value) => Buffer.byteLength(value) <= bytesMax, tooLong)
    .refine((value) => !hasControlCharacters(value), 'must not hold control characters')
}

function hasControlCharacters(value: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
  return /[\u0000-\u001f\u007f]/.test(value)
}

const serverName = text(LIMITS.serverNameBytesMax, 1)
/** A name alone means a backend. */
export const serverSchema = z
  .union([serverName, z.object({ name: serverName, kind: z.enum(SERVER_KINDS).default('backend') })], {
    error: `must be a name of at most ${LIMITS.serverNameBytesMax} bytes, or an object with name and kind (${SERVER_KINDS.join(' or ')})`,
  })
  .transform((server) => (typeof server === 'string' ? { name: server, kind: 'backend' as const } : server))
  .openapi({ example: 'lobby-1' })

/** Any UUID in its usual form; without hyphens too, as Mojang writes them. */
const playerId = z
  .string()
  .regex(/^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i, 'must be a UUID')
  .openapi({ example: '069a79f4-44e9-4726-a5be-fca90e38aaf5' })
const sessionId = playerId.openapi({ example: '019aa000-0000-7000-8000-000000000000' })
const instant = instantSchema.min(0).max(8_640_000_000_000_000)

export const sessionStartSchema = z
  .object({
    server: serverSchema,
    sessionId: sessionId.optional().openapi({ description: 'Yours to make, so that a repeat is recognized.' }),
    startedAtMs: instant.optional(),
    uuid: playerId,
    name: text(LIMITS.playerNameBytesMax, 1),
    hostname: unicode.max(1_024).default(''),
    address: z
      .string()
      .max(LIMITS.addressBytesMax)
      .refine((value) => value === '' || isIP(value) !== 0, 'must be an IP address')
      .default('')
      .openapi({ description: 'The country is looked up, then it is dropped.' }),
    platform: z.enum(PLATFORMS).default('java'),
    device: text(LIMITS.deviceBytesMax).default(''),
    protocolVersion: z.number().int().min(0).max(0xffffffff).default(0),
    clientVersion: text(LIMITS.clientVersionBytesMax).default(''),
    backend: text(LIMITS.backendBytesMax).optional(),
  })
  .openapi('SessionStart')

export const sessionEndSchema = z
  .object({
    sessionId,
    endedAtMs: instant.optional(),
    reason: z.enum(END_REASONS).default('quit'),
    afkMs: z.number().int().min(0).max(0xffffffff).default(0),
  })
  .openapi('SessionEnd')

export const gamemodeSchema = z
  .object({ sessionId, gamemode: text(LIMITS.backendBytesMax, 1), atMs: instant.optional() })
  .openapi('SessionGamemode')

export const customEventSchema = z
  .object({
    server: serverSchema,
    eventId: sessionId
      .optional()
      .openapi({ description: 'Yours to make, so that a repeat is recognized; needs `atMs` with it.' }),
    atMs: instant.optional(),
    sessionId: sessionId.optional(),
    uuid: playerId.optional(),
    name: text(LIMITS.eventNameBytesMax, 1),
    properties: z
      .record(
        text(LIMITS.propertyKeyBytesMax, 1),
        z.union(
          [
            unicode.refine(
              (value) => Buffer.byteLength(value) <= LIMITS.propertyStringBytesMax,
              `must have at most ${LIMITS.propertyStringBytesMax} bytes`,
            ),
            z.number(),
            z.boolean(),
            z.null(),
          ],
          { error: 'must be a text, a number, true, false or null' },
        ),
      )
      .refine(
        (value) => Object.keys(value).length <= LIMITS.propertiesMax,
        `must have at most ${LIMITS.propertiesMax} entries`,
      )
      .default({}),
  })
  .openapi('CustomEvent')

const ITEM_TYPES = ['session_start', 'session_end', 'gamemode', 'custom'] as const

export const itemSchema = z.discriminatedUnion(
  'type',
  [
    sessionStartSchema.extend({ type: z.literal(ITEM_TYPES[0]) }),
    sessionEndSchema.extend({ type: z.literal(ITEM_TYPES[1]) }),
    gamemodeSchema.extend({ type: z.literal(ITEM_TYPES[2]) }),
    customEventSchema
      .extend({ type: z.literal(ITEM_TYPES[3]) })
      // Its time is a part of what the row is found by: another time would make another event of a repeat.
      .refine(({ eventId, atMs }) => eventId === undefined || atMs !== undefined, {
        path: ['atMs'],
        message: 'is needed with eventId',
      }),
  ],
  { error: ({ code }) => (code === 'invalid_union' ? `must be one of ${ITEM_TYPES.join(', ')}` : undefined) },
)
export type IngestItem = z.output<typeof itemSchema>

const BATCH_ITEMS_MAX = 500
export const HEARTBEAT_IDS_MAX = 5_000

const batchFields = z.object({ items: z.array(z.unknown()).max(BATCH_ITEMS_MAX) })
/** The items alone are enough. */
export const batchSchema = z
  .preprocess((body) => (Array.isArray(body) ? { items: body } : body), batchFields)
  .openapi('IngestBatch', { description: 'A bare list of items is taken too.' })

export const heartbeatSchema = z.object({ sessionIds: z.array(sessionId).max(HEARTBEAT_IDS_MAX) }).openapi('Heartbeat')
export const unknownIds = z.object({ unknownSessionIds: z.array(idSchema) }).openapi('HeartbeatAnswer')
