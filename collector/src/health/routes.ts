import { z } from '@hono/zod-openapi'
import { ERROR_CODES } from '@mctrack/sdk/protocol'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import type { IngestStats } from '../ingest/index.ts'
import { instantSchema, jsonAnswer, networkParams } from '../platform/http/router.ts'
import { SERVER_STATES, type ServerReport } from '../servers/index.ts'
import { createGapRoutes } from './gap-routes.ts'
import type { HealthStore } from './health-store.ts'
import { createHistoryRoutes } from './history-routes.ts'

const ingestHealthSchema = z
  .object({
    sinceMs: instantSchema.openapi({ description: 'When this collector started; the counts begin there.' }),
    atMs: instantSchema,
    accepted: z.number().int(),
    duplicates: z.number().int().openapi({ description: 'Events that were sent again and had been taken before.' }),
    unknownTypes: z.number().int().openapi({ description: 'Events of types that this version does not know.' }),
    optedOut: z.number().int().openapi({ description: 'Events of players who opted out, dropped.' }),
    refused: z.array(z.object({ code: z.string(), message: z.string(), events: z.number().int() })),
    connections: z.number().int(),
    lagMs: z
      .number()
      .int()
      .openapi({ description: 'Age of the oldest row that waits to be stored; 0 when none does.' }),
    waiting: z.array(z.object({ table: z.string(), rows: z.number().int(), bytes: z.number().int() })),
    lost: z
      .array(z.object({ table: z.string(), reason: z.enum(['buffer_full']), rows: z.number().int() }))
      .openapi({ description: 'Rows that the collector had to give up; a gap says when.' }),
    deadLetters: z.number().int().nullable().openapi({
      description: 'Dead letters that wait for a decision; null while ClickHouse does not answer.',
    }),
    storage: z.enum(['ok', 'failing']).openapi({ description: 'Whether ClickHouse takes what it is given.' }),
    servers: z.array(
      z.object({
        server: z.string(),
        state: z.enum(SERVER_STATES),
        lastSeenAtMs: instantSchema,
        clockOffsetMs: z.number().int(),
        spoolEvents: z.number().int().nullable(),
        spoolBytes: z.number().int().nullable(),
        droppedEvents: z.number().int().nullable(),
      }),
    ),
  })
  .openapi('IngestHealth')

const ingestRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/ingest',
  summary: 'What arrives and what is refused',
  tags: ['Ingest health'],
  request: { params: networkParams },
  responses: { 200: jsonAnswer(ingestHealthSchema, 'Counts of this collector since its start.') },
})

export interface HealthRoutesDeps {
  readonly store: HealthStore
  readonly stats: IngestStats
  readonly startedAtMs: number
  readonly now: () => number
  readonly connectionsOf: (networkId: string) => number
  readonly reportsOf: (networkId: string) => Promise<ServerReport[]>
  readonly countDeadLetters: (networkId: string) => Promise<number>
  readonly storage: {
    failing(): string[]
    lagMs(): number
    lostOf(networkId: string): ReadonlyMap<string, number>
    sizes(): ReadonlyArray<{ readonly table: string; readonly rows: number; readonly bytes: number }>
  }
}

export function createHealthRoutes(deps: HealthRoutesDeps) {
  const { stats, storage, now } = deps
  return createApiRouter()
    .openapi(ingestRoute, async (context) => {
      const { networkId } = context.req.valid('param')
      const { refused, ...counts } = stats.of(networkId)
      const [reports, deadLetters] = await Promise.all([
        deps.reportsOf(networkId),
        // The page that tells what is wrong has to work while something is.
        deps.countDeadLetters(networkId).catch(() => null),
      ])
      return context.json(
        {
          sinceMs: deps.startedAtMs,
          atMs: now(),
          ...counts,
          refused: Array.from(refused, ([code, events]) => ({ code, message: ERROR_CODES[code].sentence, events })),
          connections: deps.connectionsOf(networkId),
          lagMs: storage.lagMs(),
          waiting: storage.sizes().filter(({ rows }) => rows > 0),
          lost: Array.from(storage.lostOf(networkId), ([table, rows]) => ({
            table,
            reason: 'buffer_full' as const,
            rows,
          })),
          deadLetters,
          storage: storage.failing().length === 0 ? ('ok' as const) : ('failing' as const),
          servers: reports.map(({ server, state, lastSeenAtMs, clockOffsetMs, gauges }) => ({
            server: server.name,
            state,
            lastSeenAtMs,
            clockOffsetMs,
            spoolEvents: gauges?.spoolEvents ?? null,
            spoolBytes: gauges?.spoolBytes ?? null,
            droppedEvents: gauges?.droppedEvents ?? null,
          })),
        },
        200,
      )
    })
    .route('/', createHistoryRoutes(deps))
    .route('/', createGapRoutes(deps))
}
