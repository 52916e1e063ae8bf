import { createRoute, z } from '@hono/zod-openapi'
import { ERROR_CODES, type ErrorCode, formatUuid, type Id, parseUuid } from '@mctrack/sdk/protocol'
import type { Context } from 'hono'
import { type ApiKey, type KeyLookup, secretOfHeaders } from '../../keys/index.ts'
import type { Network } from '../../networks/index.ts'
import { MctrackError } from '../../platform/error.ts'
import { createRouter, idSchema, jsonAnswer, jsonBody } from '../../platform/http/router.ts'
import { describeWrongFields, firstWrongField } from '../../platform/http/wrong-fields.ts'
import type { Limiter } from '../../platform/shared-state/shared-state.ts'
import type { IngestStats } from '../stats.ts'
import type { HttpIngest, ItemResult } from './http-ingest.ts'
import {
  batchSchema,
  gamemodeSchema,
  heartbeatSchema,
  type IngestItem,
  itemSchema,
  sessionEndSchema,
  sessionStartSchema,
  unknownIds,
} from './schemas.ts'

const tags = ['Ingest']
const security = [{ apiKey: [] }]
const done = z.object({}).openapi('Done')

const startRoute = createRoute({
  method: 'post',
  path: '/session/start',
  summary: 'A player joined',
  description:
    'The answer comes when the session is stored. Sessions opened here are leased for five minutes, renewed by any mention, and closed at the last mention when the lease runs out.',
  tags,
  security,
  request: { body: jsonBody(sessionStartSchema) },
  responses: { 200: jsonAnswer(z.object({ sessionId: idSchema }), 'The session is open.') },
})
const endRoute = createRoute({
  method: 'post',
  path: '/session/end',
  summary: 'A player left',
  tags,
  security,
  request: { body: jsonBody(sessionEndSchema) },
  responses: { 200: jsonAnswer(done, 'The session is over; it may have been already.') },
})
const gamemodeRoute = createRoute({
  method: 'post',
  path: '/session/gamemode',
  summary: 'A player went to another game mode',
  tags,
  security,
  request: { body: jsonBody(gamemodeSchema) },
  responses: { 200: jsonAnswer(done, 'The player is there.') },
})
const batchRoute = createRoute({
  method: 'post',
  path: '/batch',
  summary: 'Many at once',
  description: 'Items are taken in their order. Refused ones are named by their place; the others are stored.',
  tags,
  security,
  request: {
    body: jsonBody(batchSchema),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          accepted: z.number().int(),
          rejected: z.array(z.object({ index: z.number().int(), code: z.string(), message: z.string() })),
        })
        .openapi('IngestBatchAnswer'),
      'What became of the items.',
    ),
  },
})
const heartbeatRoute = createRoute({
  method: 'post',
  path: '/heartbeat',
  summary: 'Sessions go on',
  description: 'Renews the leases. Ids that no open session has are answered, so that they can be started again.',
  tags,
  security,
  request: { body: jsonBody(heartbeatSchema) },
  responses: { 200: jsonAnswer(unknownIds, 'The others are renewed.') },
})

export interface IngestRoutesDeps {
  readonly ingest: HttpIngest
  readonly stats: IngestStats
  readonly limiter: Limiter
  readonly findKey: (secret: string) => KeyLookup
  readonly networkOf: (networkId: string) => Network | undefined
  /** A key that is known was refused as a whole. */
  readonly onKeyRefused: (key: ApiKey, code: ErrorCode) => void
  /** Keeps what was refused. */
  readonly onRefusal: (
    key: ApiKey,
    refusal: { readonly code: ErrorCode; readonly detail: string },
    item: unknown,
  ) => void
}

/** The kind of item that each address takes alone. */
const ITEM_TYPES: Readonly<Record<string, IngestItem['type']>> = {
  start: 'session_start',
  end: 'session_end',
  gamemode: 'gamemode',
}

/** Ingest for senders that cannot hold a socket: the same events as JSON. Mounted at `/v1/ingest`. */
export function createIngestRoutes(deps: IngestRoutesDeps) {
  const { ingest, stats, limiter, onRefusal } = deps

  async function authenticate(context: Context): Promise<ApiKey> {
    const secret = secretOfHeaders(context.req.header('authorization') ?? '', context.req.header('x-api-key') ?? '')
    if (secret === undefined) throw counted(undefined, 'KEY_MISSING')
    const lookup = deps.findKey(secret)
    if (lookup.kind === 'unknown') throw counted(undefined, 'KEY_UNKNOWN')
    if (lookup.kind === 'revoked') {
      deps.onKeyRefused(lookup.key, 'KEY_REVOKED')
      throw counted(undefined, 'KEY_REVOKED')
    }
    const { key } = lookup
    if (deps.networkOf(key.networkId)?.archivedAtMs !== null) {
      deps.onKeyRefused(key, 'NETWORK_ARCHIVED')
      throw counted(key.networkId, 'NETWORK_ARCHIVED', key)
    }
    const limit = await limiter.take(key.id)
    if (limit.kind === 'limited') {
      stats.count(key.networkId, 'RATE_LIMITED', 1, { server: '', keyId: key.id })
      deps.onKeyRefused(key, 'RATE_LIMITED')
      throw new MctrackError('RATE_LIMITED', undefined, { retryAfterMs: limit.retryAfterMs })
    }
    return key
  }

  function counted(networkId: string | undefined, code: ErrorCode, key?: ApiKey): MctrackError {
    stats.count(networkId, code, 1, key && { server: '', keyId: key.id })
    return new MctrackError(code)
  }

  async function takeOne(key: ApiKey, item: IngestItem): Promise<Id | null> {
    const [result] = await ingest.take(key, [item])
    if (result === undefined) throw new Error('an item was taken and has no result')
    if (result.kind !== 'refused') return result.sessionId
    onRefusal(key, result, item)
    throw new MctrackError(result.code)
  }

  /** A body that does not fit is answered like everywhere, and kept as a dead letter. */
  const router = createRouter<{ apiKey: ApiKey }>(async (context, detail) => {
    const key = context.get('apiKey')
    stats.count(key.networkId, 'BODY_INVALID', 1, { server: '', keyId: key.id })
    const body: unknown = await context.req.json().catch(() => null)
    const type = ITEM_TYPES[context.req.path.split('/').at(-1) ?? '']
    if (type !== undefined && typeof body === 'object')
      onRefusal(key, { code: 'BODY_INVALID', detail }, { ...body, type })
  })
  router.use('*', async (context, next) => {
    context.set('apiKey', await authenticate(context))
    await next()
  })
  return router
    .openapi(startRoute, async (context) => {
      const sessionId = await takeOne(context.get('apiKey'), { type: 'session_start', ...context.req.valid('json') })
      return context.json({ sessionId: formatUuid(sessionId ?? new Uint8Array(16)) }, 200)
    })
    .openapi(endRoute, async (context) => {
      await takeOne(context.get('apiKey'), { type: 'session_end', ...context.req.valid('json') })
      return context.json({}, 200)
    })
    .openapi(gamemodeRoute, async (context) => {
      await takeOne(context.get('apiKey'), { type: 'gamemode', ...context.req.valid('json') })
      return context.json({}, 200)
    })
    .openapi(batchRoute, async (context) => {
      const key = context.get('apiKey')
      const parsed = context.req.valid('json').items.map((item) => ({ item, result: itemSchema.safeParse(item) }))
      const items = parsed.flatMap(({ result }) => (result.success ? [result.data] : []))
      const results = (await ingest.take(key, items)).values()
      const rejected: Array<{ index: number; code: string; message: string }> = []
      parsed.forEach(({ item, result }, index) => {
        const outcome: ItemResult | undefined = result.success ? results.next().value : undefined
        if (outcome !== undefined && outcome.kind !== 'refused') return
        const code: ErrorCode = outcome?.code ?? 'BODY_INVALID'
        const wrong = describeWrongFields(result.error?.issues ?? [])
        const detail = outcome?.detail ?? firstWrongField(wrong, 'the item')
        if (outcome === undefined) stats.count(key.networkId, code, 1, { server: '', keyId: key.id })
        onRefusal(key, { code, detail }, item)
        rejected.push({ index, code, message: `${ERROR_CODES[code].sentence} (${detail})` })
      })
      return context.json({ accepted: parsed.length - rejected.length, rejected }, 200)
    })
    .openapi(heartbeatRoute, (context) => {
      const ids = context.req.valid('json').sessionIds.flatMap((text) => parseUuid(text) ?? [])
      const unknown = ingest.renew(context.get('apiKey'), ids)
      return context.json({ unknownSessionIds: unknown.map(formatUuid) }, 200)
    })
}
