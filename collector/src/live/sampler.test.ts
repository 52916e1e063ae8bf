import { createUuidV7 } from '@mctrack/sdk/protocol'
import { expect, it } from 'vitest'
import type { Storage } from '../storage/index.ts'
import { createRegistry, type Registry } from './registry.ts'
import { createSampler, type Sampler } from './sampler.ts'
import { keyOf } from './session.ts'

const NETWORK = 'n'
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const START_MS = 20_000 * DAY_MS

interface Written {
  readonly table: string
  readonly row: Readonly<Record<string, unknown>>
}

/** Two collectors that see the same players, as replication has it, and what each of them writes. */
function setUp() {
  const written: Written[] = []
  const storage = {
    add(table: string, row: Written['row']) {
      written.push({ table, row })
      return true
    },
  } as unknown as Storage
  const open = (): { readonly registry: Registry; readonly sampler: Sampler } => {
    const nothing = (): void => undefined
    const registry = createRegistry({
      onClosed: nothing,
      onReopened: nothing,
      onInstanceEnded: nothing,
      onChanged: nothing,
    })
    const sampler = createSampler({
      registry,
      storage,
      dayOf: (_networkId, atMs) => Math.floor(atMs / DAY_MS),
    })
    return { registry, sampler }
  }
  const collectors = [open(), open()] as const
  const sessions = new Map<string, ReturnType<typeof recordOf>>()

  function each(act: (registry: Registry) => void): void {
    for (const { registry } of collectors) act(registry)
  }
  function join(player: string, nowMs: number): void {
    const record = recordOf(nowMs)
    sessions.set(player, record)
    each((registry) => {
      const identity = { key: 'i', networkId: NETWORK, serverName: 's', serverKind: 'proxy', startedAtMs: 1 } as const
      const { instance } = registry.link(identity, nowMs)
      registry.open(instance, { record, stay: null, gamemode: '' }, nowMs)
    })
  }
  function leave(player: string, nowMs: number): void {
    const key = sessions.get(player)?.key ?? ''
    each((registry) => {
      const session = registry.find(NETWORK, key)
      if (session !== undefined) registry.remove(session, nowMs)
    })
  }
  const totals = () =>
    written
      .filter(({ table, row }) => table === 'ccu_samples' && row['dimension'] === 0)
      .map(({ row }) => ({ players: row['players'], peak: row['peak'] }))
  const daysBegun = () => written.filter(({ table }) => table === 'player_days').map(({ row }) => row['day'])
  return { a: collectors[0].sampler, b: collectors[1].sampler, join, leave, totals, daysBegun }
}

let ids = 0
function recordOf(startedAtMs: number) {
  const id = () => createUuidV7(startedAtMs, new Uint8Array(10).fill(++ids))
  const sessionId = id()
  const playerId = id()
  return {
    key: keyOf(sessionId),
    sessionId,
    playerKey: keyOf(playerId),
    playerId,
    playerName: 'Notch',
    startedAtMs,
    domain: '',
    platform: 'java',
    device: '',
    country: '',
    protocolVersion: 0,
    clientVersion: '',
  } as const
}

it('writes the peak of the minute before, whoever wrote the minutes before that', () => {
  const { a, b, join, leave, totals } = setUp()
  for (const player of ['1', '2', '3']) join(player, START_MS)
  for (const player of ['2', '3']) leave(player, START_MS + 1)
  for (let minute = 1; minute <= 3; minute++) {
    a.sample(START_MS + minute * MINUTE_MS)
    b.leave(START_MS + minute * MINUTE_MS)
  }
  b.sample(START_MS + 4 * MINUTE_MS)
  expect(totals()).toEqual([
    { players: 1, peak: 3 },
    { players: 1, peak: 1 },
    { players: 1, peak: 1 },
    { players: 1, peak: 1 },
  ])
})

it('writes no peak of a time for which nobody knew who writes', () => {
  const { a, join, leave, totals } = setUp()
  for (const player of ['1', '2']) join(player, START_MS)
  leave('2', START_MS + 1)
  a.miss()
  a.sample(START_MS + 2 * MINUTE_MS)
  expect(totals()).toEqual([{ players: 1, peak: 1 }])
})

it('begins a day once for whoever is online, though the collector that writes has changed, or was away at midnight', () => {
  const { a, b, join, daysBegun } = setUp()
  join('1', START_MS + DAY_MS - 2 * MINUTE_MS)
  const today = START_MS / DAY_MS
  a.sample(START_MS + DAY_MS - MINUTE_MS)
  b.leave(START_MS + DAY_MS - MINUTE_MS)
  b.sample(START_MS + DAY_MS)
  a.leave(START_MS + DAY_MS)
  expect(daysBegun()).toEqual([today + 1])
  a.sample(START_MS + DAY_MS + MINUTE_MS)
  b.leave(START_MS + DAY_MS + MINUTE_MS)
  expect(daysBegun()).toEqual([today + 1])
  a.miss()
  b.miss()
  b.sample(START_MS + 2 * DAY_MS + MINUTE_MS)
  a.leave(START_MS + 2 * DAY_MS + MINUTE_MS)
  expect(daysBegun()).toEqual([today + 1, today + 2])
})
