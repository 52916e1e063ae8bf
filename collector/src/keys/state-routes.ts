import { z } from '@hono/zod-openapi'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { answerEventStream } from '../platform/http/event-stream.ts'
import { idSchema, instantSchema, jsonAnswer, networkParams } from '../platform/http/router.ts'
import type { KeyStates } from './key-states.ts'
import type { Keys } from './keys.ts'

/** A page that is behind wants the newest state. */
const WAITING_MAX = 2
/** A key with the wrong clock may be refused again and again. */
const PUSH_INTERVAL_MS = 250

const keyParams = networkParams.extend({ keyId: idSchema })
const stateSchema = z
  .object({
    connected: z.boolean(),
    lastHelloAtMs: instantSchema.nullable(),
    firstEventAtMs: instantSchema.nullable(),
    firstPlayerAtMs: instantSchema.nullable(),
    lastRefusal: z.object({ code: z.string(), message: z.string(), atMs: instantSchema }).nullable(),
    clockOffsetMs: z.number().int().nullable().openapi({ description: 'What the server adds to its clock.' }),
  })
  .openapi('ApiKeyState')
const connectionSchema = z
  .object({
    server: z.string(),
    serverKind: z.enum(['proxy', 'backend']),
    bootedAtMs: instantSchema.openapi({ description: 'When the reporting process started, by its own word.' }),
    lastSeenAtMs: instantSchema,
    players: z.number().int().openapi({ description: 'Open sessions that came through it.' }),
  })
  .openapi('ApiKeyConnection')

const stateRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'get',
  path: '/networks/{networkId}/keys/{keyId}/state',
  summary: 'How far a key has come',
  description:
    'For the page that waits for the first join. What this collector has seen since it started: a key that was used before may have nulls here.',
  tags: ['API keys'],
  request: { params: keyParams },
  responses: { 200: jsonAnswer(stateSchema, 'The state of this moment.') },
})

const streamRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'get',
  path: '/networks/{networkId}/keys/{keyId}/state/stream',
  summary: 'How far a key has come, pushed on change',
  description: 'Server-sent events `state`: one at once, then after changes, at most four a second.',
  tags: ['API keys'],
  request: { params: keyParams },
  responses: { 200: { content: { 'text/event-stream': { schema: z.string() } }, description: 'Events without end.' } },
})

const connectionsRoute = createApiRoute({
  access: onNetwork('keys.manage'),
  method: 'get',
  path: '/networks/{networkId}/keys/{keyId}/connections',
  summary: 'Open connections of a key',
  description: 'Those of this collector. Revoking the key cuts them.',
  tags: ['API keys'],
  request: { params: keyParams },
  responses: { 200: jsonAnswer(z.array(connectionSchema), 'By name of the server.') },
})

export interface KeyStateRoutesDeps {
  readonly keys: Keys
  readonly states: KeyStates
  /** Connections that said hello with the key. */
  readonly connectionsOf: (keyId: string) => z.infer<typeof connectionSchema>[]
}

export function createKeyStateRoutes({ keys, states, connectionsOf }: KeyStateRoutesDeps) {
  function stateOf(keyId: string): z.infer<typeof stateSchema> {
    const { connections, ...state } = states.of(keyId)
    return { connected: connections > 0, ...state }
  }

  return createApiRouter()
    .openapi(stateRoute, (context) => {
      const { networkId, keyId } = context.req.valid('param')
      keys.get(networkId, keyId)
      return context.json(stateOf(keyId), 200)
    })
    .openapi(streamRoute, (context) => {
      const { networkId, keyId } = context.req.valid('param')
      keys.get(networkId, keyId)
      return answerEventStream({ signal: context.get('createAllowedSignal')(), waitingMax: WAITING_MAX }, (sink) => {
        let timer: NodeJS.Timeout | undefined
        const push = (): void => {
          timer = undefined
          if (!sink.send('state', stateOf(keyId))) later()
        }
        const later = (): void => {
          timer ??= setTimeout(push, PUSH_INTERVAL_MS)
        }
        const stop = states.watch(keyId, later)
        push()
        return () => {
          clearTimeout(timer)
          stop()
        }
      })
    })
    .openapi(connectionsRoute, (context) => {
      const { networkId, keyId } = context.req.valid('param')
      keys.get(networkId, keyId)
      const connections = connectionsOf(keyId).toSorted((a, b) => (a.server < b.server ? -1 : 1))
      return context.json(connections, 200)
    })
}
