import { z } from '@hono/zod-openapi'
import { type ErrorCode, isErrorCode } from '@mctrack/sdk/protocol'
import { type Author, createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import { DEAD_LETTER_SOURCES, DEAD_LETTER_STATES, type DeadLetter } from './dead-letter.ts'
import type { DeadLetterStore } from './dead-letter-store.ts'
import type { DeadLetters } from './dead-letters.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 500
const INSTANT_MAX = 4_000_000_000_000

const letterSchema = z
  .object({
    id: idSchema,
    receivedAtMs: instantSchema,
    server: z.string(),
    keyId: idSchema.nullable(),
    source: z.enum(DEAD_LETTER_SOURCES),
    code: z.string(),
    reason: z.string(),
    payload: z.unknown().openapi({ description: 'What was sent, as far as it could be read, without addresses.' }),
    state: z.enum(DEAD_LETTER_STATES),
  })
  .openapi('DeadLetter')
const letterParams = networkParams.extend({ deadLetterId: idSchema })

const listRoute = createApiRoute({
  access: onNetwork('ingest.manage'),
  method: 'get',
  path: '/networks/{networkId}/dead-letters',
  summary: 'What was refused and kept',
  description: 'At most 120 a minute are kept, for 30 days; every refusal is counted.',
  tags: ['Ingest health'],
  request: {
    params: networkParams,
    query: z.object({
      state: z.enum([...DEAD_LETTER_STATES, 'all']).default('kept'),
      code: z.string().max(64).optional(),
      limit: integerQuery({ min: 1, max: LIMIT_MAX }).optional(),
      beforeMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional(),
    }),
  },
  responses: { 200: jsonAnswer(z.array(letterSchema), 'Newest first.') },
})

const replayRoute = createApiRoute({
  access: onNetwork('ingest.manage'),
  method: 'post',
  path: '/networks/{networkId}/dead-letters/{deadLetterId}/replay',
  summary: 'Try a dead letter again',
  description: 'It is stored however old it is. Its country stays unknown, since the address was never kept.',
  tags: ['Ingest health'],
  request: { params: letterParams },
  responses: { 200: jsonAnswer(letterSchema, 'It was stored.') },
})

const discardRoute = createApiRoute({
  access: onNetwork('ingest.manage'),
  method: 'post',
  path: '/networks/{networkId}/dead-letters/{deadLetterId}/discard',
  summary: 'Give a dead letter up',
  tags: ['Ingest health'],
  request: { params: letterParams },
  responses: { 200: jsonAnswer(letterSchema, 'It is no longer listed as kept.') },
})

export interface DeadLetterRoutesDeps {
  readonly store: DeadLetterStore
  readonly deadLetters: DeadLetters
  /** Stores what the letter says. Returns why not, if it was refused again. */
  readonly replay: (letter: DeadLetter) => Promise<ErrorCode | undefined>
  readonly audit: Pick<AuditLog, 'around'>
  readonly now: () => number
}

export function createDeadLetterRoutes({ store, deadLetters, replay, audit, now }: DeadLetterRoutesDeps) {
  async function find(networkId: string, id: string): Promise<DeadLetter> {
    const [letter] = await store.load({ networkId, id, beforeMs: INSTANT_MAX, limit: 1 })
    if (letter === undefined) throw new MctrackError('DEAD_LETTER_NOT_FOUND')
    if (letter.state !== 'kept') throw new MctrackError('CONFLICT', `This dead letter was ${letter.state} already.`)
    return letter
  }

  async function settle(letter: DeadLetter, state: 'replayed' | 'discarded') {
    if (!(await deadLetters.settle(letter, state))) throw new MctrackError('BUFFER_FULL')
    return toJson({ ...letter, state })
  }

  /** Letters are in ClickHouse, so that it is written down before. */
  function decide<Result>(
    author: Author,
    { networkId, id, state, code }: DeadLetter,
    decision: 'replayed' | 'discarded',
    make: () => Promise<Result>,
  ): Promise<Result> {
    const change = {
      action: `dead_letters.${decision}`,
      networkId,
      target: { kind: 'dead_letter', id },
      before: { state, code },
      after: { state: decision, code },
    } as const
    return audit.around(author, change, make)
  }

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { state, code, limit = LIMIT_DEFAULT, beforeMs = now() + 1 } = context.req.valid('query')
      if (code !== undefined && !isErrorCode(code))
        throw new MctrackError('QUERY_INVALID', 'There is no such error code.')
      const letters = await store.load({
        networkId,
        ...(state === 'all' ? {} : { state }),
        ...(code === undefined ? {} : { code }),
        beforeMs,
        limit,
      })
      return context.json(letters.map(toJson), 200)
    })
    .openapi(replayRoute, async (context) => {
      const { networkId, deadLetterId } = context.req.valid('param')
      const letter = await find(networkId, deadLetterId)
      const replayed = await decide(context.get('author'), letter, 'replayed', async () => {
        const refusal = await replay(letter)
        if (refusal !== undefined) throw new MctrackError(refusal)
        return settle(letter, 'replayed')
      })
      return context.json(replayed, 200)
    })
    .openapi(discardRoute, async (context) => {
      const { networkId, deadLetterId } = context.req.valid('param')
      const letter = await find(networkId, deadLetterId)
      const discarded = await decide(context.get('author'), letter, 'discarded', () => settle(letter, 'discarded'))
      return context.json(discarded, 200)
    })
}

function toJson({ networkId: _, ...letter }: DeadLetter) {
  return letter
}
