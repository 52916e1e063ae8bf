import { createParser } from 'eventsource-parser'
import { describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  LANE,
  makeId,
  type RawSocket,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const connect = async (name: string, kind: 1 | 2 = 1): Promise<RawSocket> => {
    const socket = await connectRaw(collector.endpoint, network.key)
    await socket.hello({ server: [name, kind] })
    socket.snapshot(0, [])
    return socket
  }
  const live = async () => (await ask(collector, 'GET', `${network.path}/live`)).body
  return { collector, ...network, connect, live }
}

interface Streamed {
  readonly event: string
  // biome-ignore lint/suspicious/noExplicitAny: events of any route
  readonly data: any
  readonly atMs: number
}

/** Follows a stream of server-sent events. */
async function follow(path: string): Promise<{ readonly events: Streamed[]; stop(): void }> {
  const abort = new AbortController()
  const response = await fetch(test.collector.url + path, {
    headers: { authorization: `Bearer ${test.collector.token}` },
    signal: abort.signal,
  })
  const events: Streamed[] = []
  const parser = createParser({
    onEvent: ({ event = '', data }) => events.push({ event, data: JSON.parse(data), atMs: Date.now() }),
  })
  const decoder = new TextDecoder()
  void (async () => {
    try {
      for await (const chunk of response.body ?? []) parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }))
    } catch {
      // Stopped by the test.
    }
  })()
  return { events, stop: () => abort.abort() }
}

describe('the live stream', () => {
  it('says the numbers at once, and again on every change, at most four times a second', async () => {
    const { connect, path } = await setUp()
    const stream = await follow(`${path}/live/stream`)
    await until(
      () => stream.events.length,
      (length) => length === 1,
    )
    expect(stream.events[0]).toMatchObject({ event: 'counts', data: { total: 0 } })
    const socket = await connect('proxy-1')
    for (let i = 1; i <= 20; i++) {
      socket.batch(LANE.sessions, i, [[1, sessionFields(), null]])
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
    await until(
      () => stream.events.at(-1)?.data.total,
      (total) => total === 20,
    )
    const gaps = stream.events.slice(1).map(({ atMs }, place) => atMs - (stream.events[place]?.atMs ?? 0))
    expect(stream.events.length).toBeLessThan(12)
    expect(gaps.slice(1).every((gap) => gap > 200)).toBe(true)
    stream.stop()
    socket.close()
  })

  it('shows a join within a quarter of a second', async () => {
    const { connect, path } = await setUp()
    const socket = await connect('proxy-1')
    const stream = await follow(`${path}/live/stream`)
    await until(
      () => stream.events.length,
      (length) => length >= 1,
    )
    await new Promise((resolve) => setTimeout(resolve, 600))
    const sentMs = Date.now()
    socket.batch(LANE.sessions, 1, [[1, sessionFields(), null]])
    await until(
      () => stream.events.at(-1)?.data.total,
      (total) => total === 1,
    )
    expect((stream.events.at(-1)?.atMs ?? 0) - sentMs).toBeLessThan(250)
    stream.stop()
    socket.close()
  })
})

describe('tail', () => {
  it('shows events as they come, refusals too, and never an address', async () => {
    const { connect, path } = await setUp()
    const socket = await connect('proxy-1')
    const stream = await follow(`${path}/live/events`)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const nowMs = Date.now()
    const fields = sessionFields({ startedAtMs: nowMs, address: '203.0.113.77' })
    socket.batch(LANE.sessions, 1, [
      [1, fields, null],
      [2, fields, null, [0, 'survival', nowMs + 1]],
      [3, fields, [0, 'survival', nowMs + 1], nowMs + 5, 2, 0],
    ])
    socket.batch(LANE.telemetry, 1, [
      customEvent('crate_opened', { properties: { keys: 3 } }),
      customEvent('old', { atMs: 1 }),
    ])
    await until(
      () => stream.events.length,
      (length) => length >= 5,
    )
    expect(stream.events.map(({ data }) => data.type).toSorted()).toEqual(
      ['crate_opened', 'gamemode_switch', 'old', 'refused', 'session_end', 'session_start']
        .toSorted()
        .slice(0, stream.events.length),
    )
    expect(stream.events.find(({ data }) => data.type === 'crate_opened')?.data.details).toEqual({ keys: 3 })
    expect(stream.events.find(({ data }) => data.type === 'gamemode_switch')?.data.details).toMatchObject({
      to: 'survival',
      toGamemode: 'survival',
    })
    expect(JSON.stringify(stream.events)).not.toContain('203.0.113.77')
    stream.stop()
    socket.close()
  })
})

describe('players online', () => {
  it('are listed latest first, found by part of a name, page by page', async () => {
    const { collector, connect, path } = await setUp()
    const socket = await connect('proxy-1')
    const nowMs = Date.now()
    socket.batch(
      LANE.sessions,
      1,
      ['Anna', 'Bert', 'Annika'].map((name, i) => [
        1,
        sessionFields({ name, startedAtMs: nowMs + i }),
        [0, 'lobby', nowMs + i],
      ]),
    )
    const list = async (query = '') => (await ask(collector, 'GET', `${path}/live/players${query}`)).body
    await until(list, ({ total }) => total === 3)
    const names = (body: { players: Array<{ playerName: string }> }) => body.players.map(({ playerName }) => playerName)
    expect(names(await list())).toEqual(['Annika', 'Bert', 'Anna'])
    expect(names(await list('?search=ANN'))).toEqual(['Annika', 'Anna'])
    expect(names(await list('?limit=1&offset=1'))).toEqual(['Bert'])
    expect(await list('?gamemode=survival')).toMatchObject({ total: 0, players: [] })
    expect((await list('?platform=java&version=1.21.11&device=')).total).toBe(3)
    expect((await list('?platform=bedrock')).total).toBe(0)
    expect((await list('?domain=nowhere.example')).total).toBe(0)
    expect((await list()).players[0]).toMatchObject({ server: 'proxy-1', gamemode: 'lobby', version: '1.21.11' })
    socket.close()
  })
})

describe('a player whom a proxy and a backend report', () => {
  it('is one player, live and in what is stored', async () => {
    const { collector, connect, live, path, networkId } = await setUp()
    const proxy = await connect('proxy-1', 1)
    const backend = await connect('survival-1', 2)
    const player = makeId()
    const nowMs = Date.now()
    const onProxy = sessionFields({ player, startedAtMs: nowMs })
    const onBackend = sessionFields({ player, startedAtMs: nowMs + 50 })
    proxy.batch(LANE.sessions, 1, [[1, onProxy, null]])
    backend.batch(LANE.sessions, 1, [[1, onBackend, [0, 'survival-1', nowMs + 50]]])
    await until(live, ({ byGamemode }) => byGamemode['survival-1'] === 1)
    expect(await live()).toMatchObject({ total: 1, byServer: { 'proxy-1': 1 } })
    proxy.batch(LANE.sessions, 2, [[3, onProxy, null, nowMs + 1_000, 1, 0]])
    backend.batch(LANE.sessions, 2, [[3, onBackend, [0, 'survival-1', nowMs + 50], nowMs + 1_010, 1, 0]])
    await Promise.all([proxy.acknowledged(LANE.sessions, 2), backend.acknowledged(LANE.sessions, 2)])
    expect((await live()).total).toBe(0)
    const listed = (await ask(collector, 'GET', `${path}/sessions`)).body.sessions
    expect(listed).toMatchObject([{ server: 'proxy-1', isSecondary: false }])
    expect((await ask(collector, 'GET', `${path}/sessions?secondary=include`)).body.sessions).toHaveLength(2)
    const players = await test.databases.clickhouse.select(
      'SELECT uniqExact(player_id) AS players FROM player_days WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(players).toEqual([{ players: 1 }])
    proxy.close()
    backend.close()
  })
})

describe('a lost link', () => {
  it('is not leaving: players count until the window ends, then their sessions are closed at the time last seen', async () => {
    const { collector, connect, live, path, networkId } = await setUp()
    await ask(collector, 'PATCH', path, { body: { resumeWindowMs: 5_000 } })
    const socket = await connect('proxy-1')
    const startedAtMs = Date.now()
    socket.batch(LANE.sessions, 1, [[1, sessionFields({ startedAtMs }), [0, 'lobby', startedAtMs]]])
    await socket.acknowledged(LANE.sessions, 1)
    const lostMs = Date.now()
    socket.terminate()
    await new Promise((resolve) => setTimeout(resolve, 3_000))
    expect((await live()).total).toBe(1)
    await until(live, ({ total }) => total === 0)
    expect(Date.now() - lostMs).toBeGreaterThan(4_500)
    const rows = () =>
      test.databases.clickhouse.select<{ reason: string; endedAtMs: number }>(
        `SELECT end_reason AS reason, toUnixTimestamp64Milli(assumeNotNull(ended_at)) AS endedAtMs
         FROM network_sessions FINAL WHERE network_id = {networkId:UUID}`,
        { networkId },
      )
    const [row] = await until(rows, ([first]) => first?.reason === 'link_lost')
    expect(row?.endedAtMs).toBeGreaterThanOrEqual(startedAtMs)
    expect(row?.endedAtMs).toBeLessThanOrEqual(lostMs)
    const stays = await test.databases.clickhouse.select(
      'SELECT isNull(ended_at) AS open FROM gamemode_sessions FINAL WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(stays).toEqual([{ open: 0 }])
  })

  it('after the window can still be mended: the session goes on, and its own end outranks the close', async () => {
    const { collector, connect, live, path, key, networkId } = await setUp()
    await ask(collector, 'PATCH', path, { body: { resumeWindowMs: 5_000 } })
    const first = await connect('proxy-1')
    const startedAtMs = Date.now()
    const fields = sessionFields({ startedAtMs })
    first.batch(LANE.sessions, 1, [[1, fields, null]])
    await first.acknowledged(LANE.sessions, 1)
    first.terminate()
    await until(live, ({ total }) => total === 0)
    const second = await connectRaw(collector.endpoint, key, { instance: first.instance })
    expect((await second.hello({ acked: [1, 0] }))[3]).toBe(false)
    second.snapshot(1, [[fields, null]])
    await until(live, ({ total }) => total === 1)
    const state = () =>
      test.databases.clickhouse.select<{ reason: string }>(
        'SELECT end_reason AS reason FROM network_sessions FINAL WHERE network_id = {networkId:UUID}',
        { networkId },
      )
    await until(state, ([row]) => row?.reason === 'open')
    second.batch(LANE.sessions, 2, [[3, fields, null, Date.now(), 1, 0]])
    await second.acknowledged(LANE.sessions, 2)
    expect(await state()).toEqual([{ reason: 'quit' }])
    second.close()
  })
})

describe('samples', () => {
  it('are written at aligned minutes, with zero for a server without players and nothing without a server', async () => {
    const { connect, networkId } = await setUp()
    const idle = await setUp()
    const socket = await connect('proxy-1')
    const rows = () =>
      test.databases.clickhouse.select<{ at: number; players: number }>(
        `SELECT toUnixTimestamp(sampled_at) AS at, players FROM ccu_samples FINAL
         WHERE network_id = {networkId:UUID} AND dimension = 'total'`,
        { networkId },
      )
    const [sample] = await until(rows, ({ length }) => length > 0, 65_000)
    expect(sample?.players).toBe(0)
    expect((sample?.at ?? 1) % 60).toBe(0)
    const none = await test.databases.clickhouse.select(
      'SELECT 1 FROM ccu_samples WHERE network_id = {networkId:UUID}',
      {
        networkId: idle.networkId,
      },
    )
    expect(none).toEqual([])
    socket.close()
  }, 90_000)
})
