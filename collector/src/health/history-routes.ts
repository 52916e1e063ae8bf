import { z } from '@hono/zod-openapi'
import { ERROR_CODES, isErrorCode } from '@mctrack/sdk/protocol'
import { createApiRoute, createApiRouter, onNetwork } from '../access/index.ts'
import { isTaken } from '../ingest/index.ts'
import { alignRange, stepsOf } from '../platform/aligned-range.ts'
import { idSchema, instantSchema, integerQuery, jsonAnswer, networkParams } from '../platform/http/router.ts'
import type { HealthStore, OutcomeRow, SenderRow } from './health-store.ts'

const DAY_MS = 86_400_000
const INSTANT_MAX = 4_000_000_000_000

const count = z.number().int()
const codeCount = z.object({ code: z.string(), message: z.string(), events: count })

const historyRoute = createApiRoute({
  access: onNetwork('network.view'),
  method: 'get',
  path: '/networks/{networkId}/ingest/history',
  summary: 'What arrived and what was refused, over time and by sender',
  description:
    'Of all collectors, kept for 90 days; the minute that runs is not in it yet. Refusals before a key was told apart belong to no network.',
  tags: ['Ingest health'],
  request: {
    params: networkParams,
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
          stepMs: count,
          atMs: z.array(instantSchema),
          accepted: z.array(count),
          duplicates: z.array(count),
          unknownTypes: z.array(count),
          optedOut: z.array(count).openapi({ description: 'Of players who opted out, dropped.' }),
          refused: z.array(z.object({ code: z.string(), message: z.string(), total: count, events: z.array(count) })),
          senders: z
            .array(
              z.object({
                server: z.string().nullable(),
                keyId: idSchema.nullable(),
                accepted: count,
                refused: z.array(codeCount),
                lastAtMs: instantSchema,
                lastRefusedAtMs: instantSchema.nullable(),
              }),
            )
            .openapi({ description: 'Those with most refusals first, 200 at most; instants are minutes.' }),
        })
        .openapi('IngestHistory'),
      'Columns of equal length; refusals with the most frequent first.',
    ),
  },
})

export function createHistoryRoutes({ store, now }: { readonly store: HealthStore; readonly now: () => number }) {
  return createApiRouter().openapi(historyRoute, async (context) => {
    const { networkId } = context.req.valid('param')
    const { fromMs, toMs = now(), stepMs } = context.req.valid('query')
    const range = alignRange(fromMs ?? toMs - DAY_MS, toMs, stepMs)
    const [outcomes, senders] = await Promise.all([
      store.loadOutcomes(networkId, range),
      store.loadSenders(networkId, range),
    ])
    const atMs = stepsOf(range)
    const columnOf = createColumns(atMs, outcomes)
    const codes = Array.from(new Set(outcomes.map(({ outcome }) => outcome))).filter((outcome) => !isTaken(outcome))
    const refused = codes.map((code) => {
      const events = columnOf(code)
      return { code, message: messageOf(code), total: events.reduce((sum, one) => sum + one, 0), events }
    })
    refused.sort((a, b) => b.total - a.total)
    return context.json(
      {
        ...range,
        atMs,
        accepted: columnOf('accepted'),
        duplicates: columnOf('duplicate'),
        unknownTypes: columnOf('unknown_type'),
        optedOut: columnOf('opted_out'),
        refused,
        senders: senders.map(toSender),
      },
      200,
    )
  })
}

function createColumns(atMs: readonly number[], rows: readonly OutcomeRow[]): (outcome: string) => number[] {
  const counts = new Map(rows.map(({ outcome, atMs: at, events }) => [`${outcome} ${at}`, events]))
  return (outcome) => atMs.map((at) => counts.get(`${outcome} ${at}`) ?? 0)
}

function toSender({ server, outcomes, ...rest }: SenderRow) {
  const refused = Object.entries(outcomes)
    .filter(([outcome]) => !isTaken(outcome))
    .map(([code, events]) => ({ code, message: messageOf(code), events }))
  refused.sort((a, b) => b.events - a.events)
  return { server: server === '' ? null : server, accepted: outcomes['accepted'] ?? 0, refused, ...rest }
}

/** Codes of earlier versions may be stored. */
function messageOf(code: string): string {
  return isErrorCode(code) ? ERROR_CODES[code].sentence : code
}
