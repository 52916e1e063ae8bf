import { z } from '@hono/zod-openapi'
import { LIMITS } from '@mctrack/sdk/protocol'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { alignRange } from '../platform/aligned-range.ts'
import { MctrackError } from '../platform/error.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, jsonBody, networkParams } from '../platform/http/router.ts'
import { gamemodeNameSchema } from '../platform/http/text-schemas.ts'
import type { Backend } from './gamemode-store.ts'
import type { Gamemodes } from './gamemodes.ts'
import { GAUGES, type GaugeStore } from './gauge-store.ts'
import { SERVER_STATES, type ServerReport } from './reports.ts'

const programSchema = z.object({ name: z.string(), version: z.string() })
const number = z.number().nullable()
const serverSchema = z
  .object({
    name: z.string(),
    kind: z.enum(['proxy', 'backend']),
    state: z.enum(SERVER_STATES),
    players: z.number().int(),
    software: programSchema,
    sdk: programSchema,
    firstSeenAtMs: instantSchema,
    lastSeenAtMs: instantSchema,
    clockOffsetMs: z
      .number()
      .int()
      .openapi({ description: "What the server adds to its clock to match the collector's." }),
    keyId: idSchema.nullable().openapi({
      description:
        'The API key that it last proved itself with to this collector; null before that, and after a restart.',
    }),
    gauges: z
      .object({
        atMs: instantSchema,
        players: number,
        tps: number,
        msptMean: number,
        msptP95: number,
        memoryUsedBytes: number,
        memoryMaxBytes: number,
        pingMeanMs: number,
        spoolBytes: number,
        spoolEvents: number,
        droppedEvents: number,
      })
      .nullable(),
  })
  .openapi('Server')
const backendSchema = z
  .object({ backend: z.string(), gamemode: z.string(), players: z.number().int(), firstSeenAtMs: instantSchema })
  .openapi('Backend')

const name = z.string().min(1).max(LIMITS.serverNameBytesMax)

const listRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/servers',
  summary: 'Servers that report',
  tags: ['Servers'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(serverSchema), 'By name.') },
})
const showRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/servers/{serverName}',
  summary: 'One server',
  tags: ['Servers'],
  request: { params: networkParams.extend({ serverName: name }) },
  responses: { 200: jsonAnswer(serverSchema, 'The server.') },
})
const DAY_MS = 86_400_000
const INSTANT_MAX = 4_000_000_000_000
const numbers = z.array(z.number().nullable())
const gaugesRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/servers/{serverName}/gauges',
  summary: 'Gauges of a server in the past',
  description:
    'Of each step the mean of `players`, `tps`, `msptMean` and `pingMeanMs`, and the largest of the others. Null where the server said nothing. `droppedEvents` counts since the server started.',
  tags: ['Servers'],
  request: {
    params: networkParams.extend({ serverName: name }),
    query: z.object({
      fromMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional().openapi({ description: 'Default: 24 hours ago.' }),
      toMs: integerQuery({ min: 0, max: INSTANT_MAX }).optional().openapi({ description: 'Default: now.' }),
      stepMs: integerQuery({ min: 60_000, max: DAY_MS }).optional().openapi({ description: 'Whole minutes.' }),
    }),
  },
  responses: {
    200: jsonAnswer(
      z
        .object({
          fromMs: instantSchema,
          toMs: instantSchema,
          stepMs: z.number().int(),
          atMs: z.array(instantSchema),
          ...(Object.fromEntries(GAUGES.map((gauge) => [gauge, numbers])) as Record<
            (typeof GAUGES)[number],
            typeof numbers
          >),
        })
        .openapi('GaugeHistory'),
      'Columns of equal length.',
    ),
  },
})
const gamemodesRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/gamemodes',
  summary: 'Backends and the game modes that they count as',
  tags: ['Servers'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(z.array(backendSchema), 'By name of the backend.') },
})
const mapRoute = createApiRoute({
  access: onNetwork('network.settings'),
  method: 'put',
  path: '/networks/{networkId}/gamemodes/{backend}',
  summary: 'Map a backend to a game mode',
  description: 'Several backends can be one game mode. Live numbers follow at once, what is stored soon after.',
  tags: ['Servers'],
  request: {
    params: networkParams.extend({ backend: name }),
    body: jsonBody(
      z
        .strictObject({
          gamemode: gamemodeNameSchema,
        })
        .openapi('GamemodeMapping'),
    ),
  },
  responses: { 200: jsonAnswer(backendSchema, 'The backend with its game mode.') },
})

export interface ServerRoutesDeps {
  readonly gamemodes: Gamemodes
  readonly reportsOf: (networkId: string) => Promise<ServerReport[]>
  readonly gaugeStore: GaugeStore
  readonly now: () => number
  /** Players online by game mode. */
  readonly playersByGamemode: (networkId: string) => ReadonlyMap<string, number>
}

export function createServerRoutes(deps: ServerRoutesDeps) {
  const { gamemodes, reportsOf, gaugeStore, playersByGamemode, now } = deps
  const toBackend = ({ networkId, name: backend, gamemode, firstSeenAtMs }: Backend) => ({
    backend,
    gamemode,
    players: playersByGamemode(networkId).get(gamemode) ?? 0,
    firstSeenAtMs,
  })

  return createApiRouter()
    .openapi(listRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      return context.json((await reportsOf(networkId)).map(toJson), 200)
    })
    .openapi(showRoute, async (context) => {
      const { networkId, serverName } = context.req.valid('param')
      const report = (await reportsOf(networkId)).find(({ server }) => server.name === serverName)
      if (report === undefined) throw new MctrackError('SERVER_NOT_FOUND')
      return context.json(toJson(report), 200)
    })
    .openapi(gaugesRoute, async (context) => {
      const { networkId, serverName } = context.req.valid('param')
      const { fromMs, toMs = now(), stepMs } = context.req.valid('query')
      const range = alignRange(fromMs ?? toMs - DAY_MS, toMs, stepMs)
      const isKnown = (await reportsOf(networkId)).some(({ server }) => server.name === serverName)
      if (!isKnown) throw new MctrackError('SERVER_NOT_FOUND')
      return context.json({ ...range, ...(await gaugeStore.loadSeries(networkId, serverName, range)) }, 200)
    })
    .openapi(gamemodesRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      return context.json((await gamemodes.list(networkId)).map(toBackend), 200)
    })
    .openapi(mapRoute, async (context) => {
      const { networkId, backend } = context.req.valid('param')
      const { gamemode } = context.req.valid('json')
      const mapped = await gamemodes.map(networkId, backend, gamemode, context.get('author'))
      return context.json(toBackend(mapped), 200)
    })
}

function toJson({ server, state, lastSeenAtMs, clockOffsetMs, players, keyId, gauges }: ServerReport) {
  const { networkId: _, leftAtMs: __, ...stored } = server
  return { ...stored, state, lastSeenAtMs, clockOffsetMs, players, keyId, gauges }
}
