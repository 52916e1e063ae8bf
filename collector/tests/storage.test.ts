import { randomUUID } from 'node:crypto'
import { LIMITS } from '@mctrack/sdk/protocol'
import { describe, expect, it } from 'vitest'
import { createLog } from '../src/platform/log.ts'
import { createStorage } from '../src/storage/index.ts'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  FRAME,
  LANE,
  makeId,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const { clickhouse } = test.databases
  const select = <Row>(sql: string) => clickhouse.select<Row>(sql, { networkId: network.networkId })
  return { collector, ...network, clickhouse, select }
}

/** What every kind of question would answer about a network. */
const QUESTIONS = [
  'SELECT * EXCEPT received_at FROM network_sessions FINAL WHERE network_id = {networkId:UUID} ORDER BY session_id',
  'SELECT * EXCEPT received_at FROM gamemode_sessions FINAL WHERE network_id = {networkId:UUID} ORDER BY session_id, ordinal',
  'SELECT * EXCEPT received_at FROM events FINAL WHERE network_id = {networkId:UUID} ORDER BY event_id',
  `SELECT player_id, min(first_seen_at), max(last_seen_at), argMaxMerge(name), argMinMerge(first_domain), argMinMerge(first_country)
   FROM players WHERE network_id = {networkId:UUID} GROUP BY player_id ORDER BY player_id`,
  `SELECT day, player_id, min(first_seen_at), max(last_seen_at)
   FROM player_days WHERE network_id = {networkId:UUID} GROUP BY day, player_id ORDER BY day, player_id`,
]

describe('a repeat of everything', () => {
  it('changes no answer of any query', async () => {
    const { collector, key, select } = await setUp()
    const nowMs = Date.now()
    const player = makeId()
    const instance = makeId()
    const first = sessionFields({
      player,
      startedAtMs: nowMs - 3 * 86_400_000,
      name: 'Before',
      domain: 'a.example',
      address: '8.8.8.8',
    })
    const second = sessionFields({ player, startedAtMs: nowMs - 60_000, name: 'After', domain: 'b.example' })
    const sessions = [
      [1, first, [0, 'lobby', nowMs - 3 * 86_400_000]],
      [2, first, [0, 'lobby', nowMs - 3 * 86_400_000], [1, 'survival', nowMs - 2 * 86_400_000]],
      [3, first, [1, 'survival', nowMs - 2 * 86_400_000], nowMs - 86_400_000, 1, 77],
      [1, second, [0, 'lobby', nowMs - 60_000]],
      [4, makeId(), nowMs, null, player, 'paynow', 'tx-1', 'VIP', 499, 'EUR'],
    ]
    const telemetry = Array.from({ length: 50 }, (_, i) =>
      customEvent(`event_${i % 5}`, { atMs: nowMs - i, properties: { i } }),
    )
    const answers: unknown[][] = []
    for (let round = 0; round < 3; round++) {
      // Every round is a new process to the collector's eyes: nothing of it is recognized as a resend.
      const socket = await connectRaw(collector.endpoint, key)
      await socket.hello()
      socket.snapshot(0, [])
      socket.batch(LANE.sessions, 1, sessions, { instance })
      socket.batch(LANE.telemetry, 1, telemetry)
      await socket.acknowledged(LANE.telemetry, 50)
      socket.batch(LANE.telemetry, 51, [telemetry[0] ?? []])
      await socket.acknowledged(LANE.telemetry, 51)
      socket.send([FRAME.leaving])
      socket.close()
      // Another instance's id makes the rows differ only in what says where they came from.
      answers.push(await Promise.all(QUESTIONS.map((question) => select(question))))
      if (round === 0) {
        expect(answers[0]?.slice(0, 3).map((rows) => (rows as unknown[]).length)).toEqual([2, 3, 51])
        expect(answers[0]?.[3]).toMatchObject([
          {
            'argMaxMerge(name)': 'After',
            'argMinMerge(first_domain)': 'a.example',
            'argMinMerge(first_country)': 'US',
          },
        ])
        expect(answers[0]?.[4]).toHaveLength(4)
      }
    }
    expect(answers[1]).toEqual(answers[0])
    expect(answers[2]).toEqual(answers[0])
  })
})

describe('a row that ClickHouse refuses for its content', () => {
  it('stands alone in the dead letters, and everything around it is stored and acknowledged', async () => {
    const { collector, clickhouse, key, path, select } = await setUp()
    await clickhouse.command("ALTER TABLE events ADD CONSTRAINT no_poison CHECK name != 'poison'")
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const events = Array.from({ length: 200 }, (_, i) =>
      customEvent(i === 13 || i === 150 ? 'poison' : 'fine', { properties: { i } }),
    )
    socket.batch(LANE.telemetry, 1, events)
    await socket.acknowledged(LANE.telemetry, 200)
    expect(await select('SELECT count() AS n FROM events WHERE network_id = {networkId:UUID}')).toEqual([{ n: 198 }])
    const list = async () => (await ask(collector, 'GET', `${path}/dead-letters?code=STORAGE_REJECTED`)).body
    const letters = await until(list, ({ length }) => length === 2)
    expect(letters[0]).toMatchObject({
      source: 'storage',
      state: 'kept',
      payload: { table: 'events', row: { name: 'poison' } },
    })
    expect(letters[0].reason).toMatch(/no_poison/)
    expect((await ask(collector, 'GET', `${path}/ingest`)).body).toMatchObject({
      refused: [{ code: 'STORAGE_REJECTED', events: 2 }],
      deadLetters: 2,
    })

    // Once the cause is mended, a replay stores it; the other one is given up.
    await clickhouse.command('ALTER TABLE events DROP CONSTRAINT no_poison')
    const replayed = await ask(collector, 'POST', `${path}/dead-letters/${letters[0].id}/replay`)
    expect(replayed).toMatchObject({ status: 200, body: { state: 'replayed' } })
    expect(await select('SELECT count() AS n FROM events WHERE network_id = {networkId:UUID}')).toEqual([{ n: 199 }])
    expect((await list()).map(({ id }: { id: string }) => id)).toEqual([letters[1].id])
    const discarded = await ask(collector, 'POST', `${path}/dead-letters/${letters[1].id}/discard`)
    expect(discarded.body.state).toBe('discarded')
    expect(await list()).toEqual([])
    expect((await ask(collector, 'GET', `${path}/dead-letters?state=all`)).body).toHaveLength(2)
    expect(await ask(collector, 'POST', `${path}/dead-letters/${letters[0].id}/replay`)).toMatchObject({ status: 409 })
    socket.close()
  })

  it('is among the dead letters also when it is refused at the very end', async () => {
    const { clickhouse, networkId, select } = await setUp()
    await clickhouse.command("ALTER TABLE gaps ADD CONSTRAINT no_poison CHECK server_name != 'poison'")
    const storage = createStorage({
      clickhouse,
      log: createLog({ level: 'silent', format: 'json' }),
      now: Date.now,
      onPoison({ reason }) {
        storage.add('dead_letters', {
          network_id: networkId,
          dead_letter_id: randomUUID(),
          received_at: Date.now(),
          server_name: '',
          key_id: randomUUID(),
          source: 3,
          code: 'STORAGE_REJECTED',
          reason,
          payload: '',
          state: 0,
          version: 1,
        })
      },
      onStored: () => undefined,
      onFailure: () => undefined,
      onLost: () => undefined,
    })
    const span = { network_id: networkId, started_at: 1, ended_at: 2, reason: 1, lost_events: 0 }
    for (const server_name of ['fine', 'poison']) storage.add('gaps', { ...span, server_name })
    expect(await storage.close(5_000)).toEqual({ kept: 0, lost: {} })
    await clickhouse.command('ALTER TABLE gaps DROP CONSTRAINT no_poison')
    expect(await select('SELECT code FROM dead_letters WHERE network_id = {networkId:UUID}')).toEqual([
      { code: 'STORAGE_REJECTED' },
    ])
    expect(await select('SELECT server_name FROM gaps WHERE network_id = {networkId:UUID}')).toEqual([
      { server_name: 'fine' },
    ])
  })
})

describe('dead letters', () => {
  it('of events that were too old are stored when somebody replays them', async () => {
    const { collector, key, path, select } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const oldMs = Date.now() - LIMITS.eventAgeMsMax - 86_400_000
    const fields = sessionFields({ startedAtMs: oldMs, name: 'Old', address: '203.0.113.9' })
    socket.batch(LANE.sessions, 1, [[3, fields, [0, 'lobby', oldMs], oldMs + 60_000, 1, 0]])
    socket.batch(LANE.telemetry, 1, [customEvent('old', { atMs: oldMs, properties: { n: 1 } })])
    await socket.acknowledged(LANE.telemetry, 1)
    const list = async () => (await ask(collector, 'GET', `${path}/dead-letters`)).body
    const letters = await until(list, ({ length }) => length === 2)
    expect(JSON.stringify(letters)).not.toContain('203.0.113.9')
    for (const { id } of letters) {
      expect((await ask(collector, 'POST', `${path}/dead-letters/${id}/replay`)).status).toBe(200)
    }
    expect(
      await select('SELECT player_name, end_reason FROM network_sessions WHERE network_id = {networkId:UUID}'),
    ).toEqual([{ player_name: 'Old', end_reason: 'quit' }])
    expect(await select('SELECT name, properties FROM events WHERE network_id = {networkId:UUID}')).toEqual([
      { name: 'old', properties: '{"n":1}' },
    ])
    socket.close()
  })

  it('of events that are wrong stay wrong', async () => {
    const { collector, key, path } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.batch(LANE.telemetry, 1, [customEvent('x', { properties: { nested: {} } })])
    const list = async () => (await ask(collector, 'GET', `${path}/dead-letters`)).body
    const [letter] = await until(list, ({ length }) => length === 1)
    expect(await ask(collector, 'POST', `${path}/dead-letters/${letter.id}/replay`)).toMatchObject({
      status: 422,
      body: { error: { code: 'PROPERTIES_INVALID' } },
    })
    expect((await list()).length).toBe(1)
    socket.close()
  })

  it('are bounded: what is beyond is counted only', async () => {
    const { collector, key, path } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.batch(
      LANE.telemetry,
      1,
      Array.from({ length: 400 }, () => customEvent('old', { atMs: 1 })),
    )
    await socket.acknowledged(LANE.telemetry, 400)
    const { body } = await ask(collector, 'GET', `${path}/ingest`)
    expect(body.refused).toMatchObject([{ code: 'EVENT_TOO_OLD', events: 400 }])
    const letters = await until(
      async () => (await ask(collector, 'GET', `${path}/dead-letters?limit=500`)).body,
      ({ length }) => length >= 120,
    )
    expect(letters.length).toBeLessThanOrEqual(240)
    socket.close()
  })

  it('are found in their own network only', async () => {
    const mine = await setUp()
    const other = await setUp()
    const socket = await connectRaw(mine.collector.endpoint, mine.key)
    await socket.hello()
    socket.batch(LANE.telemetry, 1, [customEvent('old', { atMs: 1 })])
    const list = async (path: string) => (await ask(mine.collector, 'GET', `${path}/dead-letters`)).body
    const [letter] = await until(
      () => list(mine.path),
      ({ length }) => length === 1,
    )
    expect(await list(other.path)).toEqual([])
    for (const action of ['replay', 'discard']) {
      expect((await ask(mine.collector, 'POST', `${other.path}/dead-letters/${letter.id}/${action}`)).status).toBe(404)
    }
    socket.close()
  })
})

it('asks for the network in every query of a tenant', async () => {
  const { readdirSync, readFileSync } = await import('node:fs')
  const root = new URL('../src/', import.meta.url)
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /queries\/.*\.sql$|build-.*-query\.ts$/.test(name),
  )
  expect(files.length).toBeGreaterThan(5)
  for (const file of files) {
    const text = readFileSync(new URL(file, root), 'utf8')
    const isHousekeeping = /all networks|Not one network's/i.test(text)
    expect(isHousekeeping || /network_id = \{networkId:UUID\}/.test(text), file).toBe(true)
  }
})
