import { readdirSync, readFileSync } from 'node:fs'
import { closeCodeOf, encode, LIMITS } from '@mctrack/sdk/protocol'
import { describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  FRAME,
  LANE,
  makeId,
  refusedUpgrade,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const connect = (instance?: Uint8Array) =>
    connectRaw(collector.endpoint, network.key, instance === undefined ? {} : { instance })
  const live = async () => (await ask(collector, 'GET', `${network.path}/live`)).body
  const health = async () => (await ask(collector, 'GET', `${network.path}/ingest`)).body
  const refused = async (): Promise<Record<string, number>> =>
    Object.fromEntries(
      (await health()).refused.map(({ code, events }: { code: string; events: number }) => [code, events]),
    )
  return { collector, ...network, connect, live, health, refused }
}

describe('the upgrade', () => {
  it('is refused without a key, with an unknown one, and with a revoked one', async () => {
    const { collector, key, keyId, path } = await setUp()
    const { endpoint } = collector
    expect(await refusedUpgrade(endpoint)).toMatchObject({ status: 401, code: 'KEY_MISSING' })
    for (const wrong of ['nonsense', `mct_${'x'.repeat(32)}`, key.toLowerCase()]) {
      expect(await refusedUpgrade(endpoint, { headers: { 'x-api-key': wrong } })).toMatchObject({
        status: 401,
        code: 'KEY_UNKNOWN',
      })
    }
    await ask(collector, 'POST', `${path}/keys/${keyId}/revoke`)
    expect(await refusedUpgrade(endpoint, { headers: { 'x-api-key': key } })).toMatchObject({
      status: 401,
      code: 'KEY_REVOKED',
    })
  })

  it('is refused without our subprotocol', async () => {
    const { collector, key } = await setUp()
    const refusal = await refusedUpgrade(collector.endpoint, {
      headers: { 'x-api-key': key },
      subprotocols: ['mctrack.v9'],
    })
    expect(refusal).toMatchObject({ status: 426, code: 'VERSION_UNSUPPORTED' })
  })

  it('is refused for an archived network, and cuts the servers of one that is archived', async () => {
    const { collector, key, path, connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    await ask(collector, 'PATCH', path, { body: { archived: true } })
    expect(await socket.closed).toMatchObject({ code: closeCodeOf('NETWORK_ARCHIVED') })
    expect(await refusedUpgrade(collector.endpoint, { headers: { 'x-api-key': key } })).toMatchObject({
      code: 'NETWORK_ARCHIVED',
    })
  })

  it('is explained to who asks over plain HTTP', async () => {
    const { collector } = await setUp()
    expect(await ask(collector, 'GET', '/v1/stream')).toMatchObject({
      status: 426,
      body: { error: { code: 'UPGRADE_REQUIRED' } },
    })
  })
})

describe('hello', () => {
  it('is answered with a welcome that says the limits and the network', async () => {
    const { connect, networkId } = await setUp()
    const socket = await connect()
    const [, version, nowMs, resumed, , heartbeatMs, resumeWindowMs, limits, lanes, network] = await socket.hello()
    expect({ version, resumed, heartbeatMs, resumeWindowMs }).toEqual({
      version: 1,
      resumed: false,
      heartbeatMs: 10_000,
      resumeWindowMs: 30_000,
    })
    expect(nowMs).toBeCloseTo(Date.now(), -4)
    expect(limits).toEqual([LIMITS.frameBytesMax, LIMITS.batchEventsMax, LIMITS.inFlightBytesMax])
    expect(lanes).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect((network as [Buffer, string])[0].toString('hex')).toBe(networkId.replaceAll('-', ''))
    socket.close()
  })

  it.each([
    ['another frame', [FRAME.batch, makeId(), 1, 1, 0, []], 'HELLO_EXPECTED'],
    ['a hello with too few fields', [FRAME.hello, 1], 'HELLO_EXPECTED'],
    ['another version', [FRAME.hello, 2], 'VERSION_UNSUPPORTED'],
    ['no array', Buffer.from([0x80]), 'HELLO_EXPECTED'],
    ['no MessagePack', Buffer.from([0xc1]), 'HELLO_EXPECTED'],
    ['nothing', Buffer.alloc(0), 'HELLO_EXPECTED'],
  ] as const)('cannot be %s', async (_what, frame, code) => {
    const { connect, refused } = await setUp()
    const socket = await connect()
    socket.send(frame)
    expect((await socket.next(FRAME.goodbye))[1]).toBe(code)
    expect(await socket.closed).toMatchObject({ code: closeCodeOf(code), reason: code })
    expect(await refused()).toEqual({ [code]: 1 })
  })

  it('is refused when the clock is far off, with the right time', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    socket.sendHello({ nowMs: Date.now() - 3_600_000 })
    const [, code, , , nowMs] = await socket.next(FRAME.goodbye)
    expect(code).toBe('CLOCK_OFF')
    expect(nowMs).toBeCloseTo(Date.now(), -4)
  })

  it('comes once', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.sendHello()
    expect((await socket.next(FRAME.goodbye))[1]).toBe('HELLO_EXPECTED')
  })

  it('must come within ten seconds', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    expect(await socket.closed).toMatchObject({ code: closeCodeOf('HELLO_TIMEOUT') })
  }, 20_000)

  it('replaces an older connection of the same instance, and keeps its sessions', async () => {
    const { connect, live } = await setUp()
    const first = await connect()
    await first.hello()
    const session = sessionFields()
    first.snapshot(0, [[session, null]])
    await until(live, ({ total }) => total === 1)
    const second = await connect(first.instance)
    expect((await second.hello())[3]).toBe(true)
    expect(await first.closed).toMatchObject({ code: closeCodeOf('INSTANCE_REPLACED') })
    second.snapshot(0, [[session, null]])
    expect((await live()).total).toBe(1)
    second.close()
  })
})

describe('the golden fixtures', () => {
  const directory = new URL('../../sdk/fixtures/frames/', import.meta.url)
  const names = readdirSync(directory).filter((name) => name.endsWith('.bin'))
  const frames = names.map((name) => ({ name, bytes: readFileSync(new URL(name, directory)) }))
  const hellos = frames.filter(({ name }) => name.startsWith('hello'))
  const others = frames.filter(({ name }) => /^(snapshot|batch|gauges|leaving)/.test(name))

  it.each(hellos)('$name is a hello from another time', async ({ bytes }) => {
    const { connect } = await setUp()
    const socket = await connect()
    socket.send(bytes)
    // It is understood: what is wrong with it is only its clock.
    expect((await socket.next(FRAME.goodbye))[1]).toBe('CLOCK_OFF')
  })

  it.each(others)('$name breaks nothing', async ({ bytes }) => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.send(bytes)
    socket.batch(LANE.telemetry, 1_000, [customEvent('after')], { after: 0 })
    await socket.acknowledged(LANE.telemetry, 1_000)
    expect(socket.unread().filter(([type]) => type === FRAME.goodbye)).toEqual([])
    socket.close()
  })
})

describe('a frame', () => {
  it.each([
    ['text', 'a text'],
    ['cut short', Buffer.from([0x96, 0x03, 0xc4])],
    ['no array', Buffer.from([0x05])],
    ['of no type', Buffer.from([0x91, 0xa1, 0x41])],
    ['a batch without events', Buffer.from([0x92, 0x03, 0x01])],
    [
      'a batch whose events are cut short',
      Buffer.from([0x96, 0x03, 0xc4, 16, ...Array(16).fill(1), 0x01, 0x01, 0x00, 0x91, 0x93]),
    ],
  ])('that is %s ends the connection with a code, and hurts nobody else', async (_what, frame) => {
    const { connect, live, refused } = await setUp()
    const other = await connect()
    await other.hello({ server: ['other', 1] })
    other.snapshot(0, [[sessionFields(), null]])
    const socket = await connect()
    await socket.hello()
    if (typeof frame === 'string') socket.sendText(frame)
    else socket.send(frame)
    expect(await socket.closed).toMatchObject({ code: closeCodeOf('FRAME_MALFORMED') })
    expect(await refused()).toEqual({ FRAME_MALFORMED: 1 })
    await until(live, ({ total }) => total === 1)
    other.batch(LANE.telemetry, 1, [customEvent('fine')])
    await other.acknowledged(LANE.telemetry, 1)
    other.close()
  })

  it('with values that no reader of ours takes loses one event, also while somebody watches', async () => {
    const { collector, key, path, connect } = await setUp()
    const watching = new AbortController()
    const tail = await fetch(`${collector.url}${path}/live/events`, {
      headers: { authorization: `Bearer ${collector.token}` },
      signal: watching.signal,
    })
    expect(tail.status).toBe(200)
    const socket = await connect()
    await socket.hello()
    const odd = {
      map: [0x81, 0xa1, 0x61, 0xd4, 0x05, 0x01],
      keys: [0x81, 0x91, 0x01, 0x01],
      binary: [0x81, 0xc4, 1, 1, 1],
    }
    let first = 1
    for (const properties of Object.values(odd)) {
      const event = [...encode(customEvent('odd', { properties: 'X' }))]
      const at = event.length - 2 // The text "X" takes two bytes.
      const bytes = [...event.slice(0, at), ...properties]
      const fine = [...encode(customEvent('fine'))]
      const head = [...encode([FRAME.batch, socket.instance, LANE.telemetry, first, first - 1])]
      socket.send(Buffer.from([0x96, ...head.slice(1), 0x92, ...bytes, ...fine]))
      await socket.acknowledged(LANE.telemetry, first + 1)
      first += 2
    }
    expect(socket.unread().filter(([type]) => type === FRAME.reject)).toHaveLength(3)
    watching.abort()
    socket.close()
    const letters = await until(
      async () => (await ask(collector, 'GET', `${path}/dead-letters`)).body,
      ({ length }) => length === 3,
    )
    expect(letters.map(({ code }: { code: string }) => code)).toEqual(Array(3).fill('PROPERTIES_INVALID'))
    expect((await connectRaw(collector.endpoint, key)).unread()).toEqual([])
  })

  it('that is cut short leaves what another network sent just before untouched', async () => {
    const [one, other] = [await setUp(), await setUp()]
    const [right, wrong] = [await one.connect(), await other.connect()]
    await Promise.all([right.hello(), wrong.hello()])
    for (let first = 1; first <= 20; first++) {
      right.batch(LANE.telemetry, first, [customEvent('right')])
    }
    const whole = Buffer.from(encode([FRAME.batch, wrong.instance, LANE.telemetry, 1, 0, [customEvent('cut')]]))
    wrong.send(whole.subarray(0, whole.length - 1))
    expect(await wrong.closed).toMatchObject({ code: closeCodeOf('FRAME_MALFORMED') })
    for (let first = 21; first <= 40; first++) right.batch(LANE.telemetry, first, [customEvent('right')])
    await right.acknowledged(LANE.telemetry, 40)
    const [stored] = await test.databases.clickhouse.select<{ events: number }>(
      'SELECT count() AS events FROM events FINAL WHERE network_id = {networkId:UUID}',
      { networkId: one.networkId },
    )
    expect(stored).toEqual({ events: 40 })
    expect(await one.refused()).toEqual({})
    right.close()
  })

  it('of an unknown type is passed over and counted', async () => {
    const { connect, health } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.send([9, 'something newer'])
    socket.batch(LANE.telemetry, 1, [customEvent('after')])
    await socket.acknowledged(LANE.telemetry, 1)
    expect((await health()).unknownTypes).toBe(1)
    socket.close()
  })

  it('that is too large is refused with its code, and one beyond all measure cuts the connection', async () => {
    const { connect, refused } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.send(Buffer.alloc(LIMITS.frameBytesMax + 1))
    expect((await socket.next(FRAME.goodbye))[1]).toBe('FRAME_TOO_LARGE')
    expect(await refused()).toEqual({ FRAME_TOO_LARGE: 1 })
    const huge = await connect()
    await huge.hello()
    huge.send(Buffer.alloc(LIMITS.frameBytesMax * 3))
    expect((await huge.closed).code).toBeGreaterThanOrEqual(1_000)
  })

  it('too many a second ends the connection for a while', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    for (let i = 0; i < LIMITS.framesPerSecondMax * 10 + 500; i++) socket.send([9])
    const [, code, , retryAfterMs] = await socket.next(FRAME.goodbye)
    expect(code).toBe('TOO_FAST')
    expect(retryAfterMs).toBe(10_000)
  })
})

describe('a batch', () => {
  it('is acknowledged once it is stored, and a repeat of it is a duplicate', async () => {
    const { connect, networkId, health } = await setUp()
    const socket = await connect()
    await socket.hello()
    const events = [customEvent('one'), customEvent('two')]
    socket.batch(LANE.telemetry, 1, events)
    await socket.acknowledged(LANE.telemetry, 2)
    const count = 'SELECT count() AS n FROM events WHERE network_id = {networkId:UUID}'
    expect(await test.databases.clickhouse.select(count, { networkId })).toEqual([{ n: 2 }])
    socket.batch(LANE.telemetry, 1, events)
    await socket.acknowledged(LANE.telemetry, 2)
    expect(await test.databases.clickhouse.select(count, { networkId })).toEqual([{ n: 2 }])
    expect(await health()).toMatchObject({ accepted: 2, duplicates: 2 })
    socket.close()
  })

  it('that overlaps what was taken adds only what is new', async () => {
    const { connect, health } = await setUp()
    const socket = await connect()
    await socket.hello()
    const events = [1, 2, 3, 4].map((n) => customEvent(`e${n}`))
    socket.batch(LANE.telemetry, 1, events.slice(0, 2))
    socket.batch(LANE.telemetry, 1, events, { after: 0 })
    await socket.acknowledged(LANE.telemetry, 4)
    expect(await health()).toMatchObject({ accepted: 4, duplicates: 2 })
    socket.close()
  })

  it('sent before the sender knew that it must go back is ignored', async () => {
    const { connect, health } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.batch(LANE.telemetry, 11, [customEvent('later')], { after: 10 })
    socket.batch(LANE.telemetry, 1, [customEvent('first')])
    await socket.acknowledged(LANE.telemetry, 1)
    expect((await health()).accepted).toBe(1)
    socket.close()
  })

  it('may skip numbers that the sender gave up', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.batch(LANE.telemetry, 1, [customEvent('a')])
    socket.batch(LANE.telemetry, 50, [customEvent('b')], { after: 1 })
    await socket.acknowledged(LANE.telemetry, 50)
    socket.close()
  })

  it('loses only the events that are wrong: each is named with its code, counted, and kept as a dead letter', async () => {
    const { collector, connect, path, refused, health } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.batch(LANE.telemetry, 1, [
      customEvent('fine'),
      customEvent('old', { atMs: Date.now() - LIMITS.eventAgeMsMax - 60_000 }),
      customEvent('early', { atMs: Date.now() + LIMITS.eventAheadMsMax + 60_000 }),
      customEvent('x', { properties: { nested: { a: 1 } } }),
      [16, 'short'],
      'no event',
      [99, 'unknown'],
      customEvent('fine too'),
    ] as never)
    const [, , lane, rejections] = await socket.next(FRAME.reject)
    expect(lane).toBe(LANE.telemetry)
    expect((rejections as [number, string][]).map(([number, code]) => [number, code])).toEqual([
      [2, 'EVENT_TOO_OLD'],
      [3, 'EVENT_IN_FUTURE'],
      [4, 'PROPERTIES_INVALID'],
      [5, 'EVENT_MALFORMED'],
      [6, 'EVENT_MALFORMED'],
    ])
    await socket.acknowledged(LANE.telemetry, 8)
    expect(await refused()).toEqual({ EVENT_TOO_OLD: 1, EVENT_IN_FUTURE: 1, PROPERTIES_INVALID: 1, EVENT_MALFORMED: 2 })
    expect(await health()).toMatchObject({ accepted: 2, unknownTypes: 1 })
    const letters = await until(
      async () => (await ask(collector, 'GET', `${path}/dead-letters`)).body,
      (list) => list.length === 5,
    )
    expect(letters).toContainEqual(
      expect.objectContaining({
        code: 'EVENT_TOO_OLD',
        source: 'socket',
        server: 'raw-1',
        payload: expect.objectContaining({ type: 'custom', name: 'old' }),
      }),
    )
    socket.close()
  })

  it('of sessions whose times make no sense is refused event by event', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    const nowMs = Date.now()
    socket.batch(LANE.sessions, 1, [
      [3, sessionFields({ startedAtMs: nowMs }), null, nowMs - 1_000, 1, 0],
      [3, sessionFields({ startedAtMs: nowMs - LIMITS.sessionMsMax - 1_000 }), null, nowMs, 1, 0],
      [2, sessionFields({ startedAtMs: nowMs }), null, [1, 'lobby', nowMs - 5]],
      [1, sessionFields({ name: '' }), null],
      [1, sessionFields({ name: 'x'.repeat(65) }), null],
    ])
    const [, , , rejections] = await socket.next(FRAME.reject)
    expect((rejections as [number, string][]).map(([, code]) => code)).toEqual([
      'EVENT_TIMES_REVERSED',
      'EVENT_TIMES_REVERSED',
      'EVENT_TIMES_REVERSED',
      'EVENT_MALFORMED',
      'EVENT_MALFORMED',
    ])
    await socket.acknowledged(LANE.sessions, 5)
    socket.close()
  })

  it('of an earlier instance is stored, and changes nothing that is live', async () => {
    const { connect, live, networkId } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.snapshot(0, [])
    const earlier = makeId()
    socket.batch(LANE.sessions, 3, [[1, sessionFields(), null]], { instance: earlier, after: 2 })
    const [, instance, lane, through] = await socket.next(FRAME.ack)
    expect([Buffer.from(instance as Uint8Array), lane, through]).toEqual([Buffer.from(earlier), LANE.sessions, 3])
    expect((await live()).total).toBe(0)
    const rows = await test.databases.clickhouse.select(
      'SELECT toString(instance_id) AS id FROM network_sessions WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(rows).toEqual([{ id: expect.stringMatching(Buffer.from(earlier).toString('hex').slice(0, 8)) }])
    socket.close()
  })

  it('that a snapshot already speaks of is history', async () => {
    const { connect, live } = await setUp()
    const socket = await connect()
    await socket.hello()
    const gone = sessionFields()
    const here = sessionFields()
    const nowMs = Date.now()
    socket.snapshot(3, [[here, null]])
    socket.batch(LANE.sessions, 1, [
      [1, gone, null],
      [1, here, null],
      [3, gone, null, nowMs + 1, 1, 0],
    ])
    await socket.acknowledged(LANE.sessions, 3)
    const counts = await live()
    expect(counts).toMatchObject({ total: 1, peak: 1 })
    socket.close()
  })
})

describe('a session that cannot be believed', () => {
  const DAY_MS = 86_400_000

  it('is not online when a snapshot names it, and is counted', async () => {
    const { connect, live, refused } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.snapshot(0, [
      [sessionFields(), null],
      [sessionFields({ startedAtMs: Date.now() - 40 * DAY_MS }), null],
      [sessionFields({ startedAtMs: Date.now() + DAY_MS }), null],
      [sessionFields({ name: 'with a \u0007 bell' }), null],
      ['no session'],
    ])
    expect((await until(live, ({ total }) => total > 0)).total).toBe(1)
    expect(await refused()).toEqual({ EVENT_TIMES_REVERSED: 1, EVENT_IN_FUTURE: 1, EVENT_MALFORMED: 2 })
    socket.close()
  })

  it('is not online when the key is for another game mode', async () => {
    const { collector, path } = await setUp()
    const { key } = (await ask(collector, 'POST', `${path}/keys`, { body: { name: 'one', gamemode: 'skyblock' } })).body
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const stay = (backend: string) => [0, backend, Date.now()]
    socket.snapshot(0, [
      [sessionFields(), stay('survival')],
      [sessionFields(), stay('skyblock')],
    ])
    const { byGamemode } = await until(
      async () => (await ask(collector, 'GET', `${path}/live`)).body,
      ({ total }) => total > 0,
    )
    expect(byGamemode).toEqual({ skyblock: 1 })
    socket.close()
  })

  it('is over when its server says so, though the end is refused', async () => {
    const { connect, live } = await setUp()
    const socket = await connect()
    await socket.hello()
    const fields = sessionFields()
    socket.snapshot(0, [[fields, null]])
    await until(live, ({ total }) => total === 1)
    socket.batch(LANE.sessions, 1, [[3, fields, null, (fields[1] as number) - 1, 1, 0]])
    await until(live, ({ total }) => total === 0)
    socket.close()
  })
})

it('any number of earlier instances is taken, a bounded number at a time', async () => {
  const { connect } = await setUp()
  const socket = await connect()
  await socket.hello()
  const waiting = new Map(Array.from({ length: 200 }, makeId).map((id) => [Buffer.from(id).toString('hex'), id]))
  const answers = (type: number) => socket.unread().filter(([its]) => its === type).length
  let slowed = 0
  while (waiting.size > 0) {
    for (const instance of waiting.values()) socket.batch(LANE.telemetry, 1, [customEvent('left')], { instance })
    await until(
      async () => answers(FRAME.ack) + answers(FRAME.slow),
      (answered) => answered >= waiting.size,
    )
    slowed += answers(FRAME.slow)
    while (answers(FRAME.slow) > 0) await socket.next(FRAME.slow)
    while (answers(FRAME.ack) > 0) {
      const [, instance] = await socket.next(FRAME.ack)
      waiting.delete(Buffer.from(instance as Uint8Array).toString('hex'))
    }
  }
  expect(slowed).toBeGreaterThan(0)
  socket.close()
})

describe('leaving', () => {
  it('ends the instance at once', async () => {
    const { connect, live, networkId } = await setUp()
    const socket = await connect()
    await socket.hello()
    const session = sessionFields()
    socket.snapshot(0, [])
    socket.batch(LANE.sessions, 1, [[1, session, null]])
    await socket.acknowledged(LANE.sessions, 1)
    expect((await live()).total).toBe(1)
    socket.send([FRAME.leaving])
    await until(live, ({ total }) => total === 0)
    const query = 'SELECT end_reason FROM network_sessions FINAL WHERE network_id = {networkId:UUID}'
    await until(
      () => test.databases.clickhouse.select<{ end_reason: string }>(query, { networkId }),
      ([row]) => row?.end_reason === 'link_lost',
    )
    socket.close()
  })
})

describe('gauges', () => {
  it('are shown with the server and stored', async () => {
    const { collector, connect, path, networkId } = await setUp()
    const socket = await connect()
    await socket.hello()
    const atMs = Date.now()
    socket.send([FRAME.gauges, atMs, 12, 19.5, 20.25, null, 1_000_000, null, 42, 0, 0, 3])
    const server = await until(
      async () => (await ask(collector, 'GET', `${path}/servers/raw-1`)).body,
      ({ gauges }) => gauges !== null && gauges !== undefined,
    )
    expect(server).toMatchObject({ state: 'connected', gauges: { atMs, players: 12, tps: 19.5, droppedEvents: 3 } })
    const rows = () =>
      test.databases.clickhouse.select('SELECT tps, mspt_p95 FROM gauges WHERE network_id = {networkId:UUID}', {
        networkId,
      })
    expect(await until(rows, ({ length }) => length === 1)).toEqual([{ tps: 19.5, mspt_p95: null }])
    const gaps = () =>
      test.databases.clickhouse.select('SELECT reason, lost_events FROM gaps WHERE network_id = {networkId:UUID}', {
        networkId,
      })
    expect(await until(gaps, ({ length }) => length === 1)).toEqual([{ reason: 'spool_full', lost_events: 3 }])
    socket.close()
  })

  it('that break the protocol end the connection', async () => {
    const { connect } = await setUp()
    const socket = await connect()
    await socket.hello()
    socket.send([FRAME.gauges, Date.now(), -1, null, null, null, null, null, null, null, null, null])
    expect((await socket.next(FRAME.goodbye))[1]).toBe('FRAME_MALFORMED')
  })
})
