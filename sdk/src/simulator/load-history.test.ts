import { expect, it } from 'vitest'
import { createClient } from '../node/client.ts'
import { createTestTransport } from '../testing.ts'
import { loadHistory, toHistory } from './load-history.ts'
import { COUNTRIES } from './model/countries.ts'
import { buildPlayer } from './model/player.ts'
import type { Visit } from './model/visit.ts'
import { createCounter } from './tally.ts'

const MINUTE_MS = 60_000
const START_MS = Date.now() - 600 * MINUTE_MS
const player = buildPlayer({ seed: 1, country: COUNTRIES[0], networkDomain: 'a.example', campaign: undefined })

/** @param from minutes after the beginning */
function visit(from: number, to: number, steps: Visit['steps'] = []): Visit {
  const startedAtMs = START_MS + from * MINUTE_MS
  const endedAtMs = START_MS + to * MINUTE_MS
  return { player, domain: 'a.example', startedAtMs, endedAtMs, reason: 'quit', backend: 'lobby', steps }
}

it('sums up the time away, to the end of the visit when the player never came back', () => {
  const away = (minute: number, isAway: boolean): Visit['steps'][number] => ({
    kind: 'away',
    atMs: START_MS + minute * MINUTE_MS,
    isAway,
  })
  expect(toHistory(visit(0, 60, [away(10, true), away(15, false), away(50, true)])).afkMs).toBe(15 * MINUTE_MS)
})

it('loads what began before the present, ends what lasts beyond it, and counts every event that the SDK sends', async () => {
  const collector = createTestTransport()
  const client = createClient({
    key: 'test',
    endpoint: 'ws://test',
    server: { name: 'proxy-1', kind: 'proxy' },
    spool: { directory: false },
    transport: collector.transport,
  })
  const counter = createCounter()
  const untilMs = START_MS + 100 * MINUTE_MS
  const late = { kind: 'switch', atMs: START_MS + 120 * MINUTE_MS, backend: 'survival' } as const
  const early = { kind: 'switch', atMs: START_MS + 95 * MINUTE_MS, backend: 'bedwars' } as const
  const deed = { kind: 'track', atMs: START_MS + 96 * MINUTE_MS, name: 'voted', properties: {} } as const
  const purchase = { store: 'tebex', transactionId: 't-1', product: 'VIP', amountMinor: 499, currency: 'EUR' }
  const bought = { kind: 'purchase', atMs: START_MS + 97 * MINUTE_MS, purchase } as const
  const visits = [visit(0, 30), visit(40, 150, [early, deed, bought, late]), visit(100, 110)]

  const loaded = await loadHistory(
    { client, counter, signal: new AbortController().signal, onReached: () => undefined },
    { visits, untilMs },
  )
  const { pendingEvents } = await client.close()

  expect(pendingEvents).toBe(0)
  expect(loaded).toEqual({ sessions: 2, events: 5 })
  expect(counter.eventsSent()).toBe(5)
  const received = collector.received()
  expect(received.map(({ type }) => type).sort()).toEqual(['leave', 'leave', 'purchase', 'switch', 'track'])
  const ends = received.flatMap((event) => (event.type === 'leave' ? [event.atMs] : []))
  expect(ends).toEqual([START_MS + 30 * MINUTE_MS, untilMs])
})
