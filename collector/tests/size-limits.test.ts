import { LIMITS } from '@mctrack/sdk/protocol'
import { describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  FRAME,
  LANE,
  makeId,
  type RawFrame,
  type RawSocket,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const connect = async (): Promise<RawSocket> => {
    const socket = await connectRaw(collector.endpoint, network.key)
    await socket.hello()
    return socket
  }
  return { collector, ...network, connect }
}

/** A text of that many bytes whose last character has two, so that who counts characters is found out. */
function textOf(bytes: number): string {
  return `${'x'.repeat(bytes - 2)}é`
}

function session(place: number, value: string): RawFrame {
  const fields: unknown[] = [...sessionFields()]
  fields[place] = value
  return [1, fields, null]
}

const purchase = (store: string, transaction: string, product: string): RawFrame => {
  return [4, makeId(), Date.now(), null, makeId(), store, transaction, product, 499, 'EUR']
}

const properties = (count: number): Record<string, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, i]))

/** What has a limit, the limit, and an event with as much of it. */
const SOCKET_LIMITS: ReadonlyArray<readonly [string, number, number, (size: number) => RawFrame]> = [
  ['the name of a player', LANE.sessions, LIMITS.playerNameBytesMax, (size) => session(3, textOf(size))],
  ['a domain', LANE.sessions, LIMITS.domainBytesMax, (size) => session(4, textOf(size))],
  ['an address', LANE.sessions, LIMITS.addressBytesMax, (size) => session(5, textOf(size))],
  ['a device', LANE.sessions, LIMITS.deviceBytesMax, (size) => session(7, textOf(size))],
  ['a version', LANE.sessions, LIMITS.clientVersionBytesMax, (size) => session(9, textOf(size))],
  [
    'a backend',
    LANE.sessions,
    LIMITS.backendBytesMax,
    (size) => [1, sessionFields(), [0, textOf(size), Date.now() - 1_000]],
  ],
  ['a store', LANE.sessions, LIMITS.purchaseTextBytesMax, (size) => purchase(textOf(size), 't', 'p')],
  ['a transaction', LANE.sessions, LIMITS.purchaseTextBytesMax, (size) => purchase('s', textOf(size), 'p')],
  ['a product', LANE.sessions, LIMITS.purchaseTextBytesMax, (size) => purchase('s', 't', textOf(size))],
  ['the name of an event', LANE.telemetry, LIMITS.eventNameBytesMax, (size) => customEvent(textOf(size))],
  [
    'the number of properties',
    LANE.telemetry,
    LIMITS.propertiesMax,
    (size) => customEvent('e', { properties: properties(size) }),
  ],
  [
    'the name of a property',
    LANE.telemetry,
    LIMITS.propertyKeyBytesMax,
    (size) => customEvent('e', { properties: { [textOf(size)]: 1 } }),
  ],
  [
    'the text of a property',
    LANE.telemetry,
    LIMITS.propertyStringBytesMax,
    (size) => customEvent('e', { properties: { key: textOf(size) } }),
  ],
]

describe('over the socket', () => {
  it.each(SOCKET_LIMITS)('%s (lane %i) has at most %i, and one more is refused', async (what, lane, most, eventOf) => {
    const { connect } = await setUp()
    const socket = await connect()
    socket.snapshot(0, [])
    socket.batch(lane as 1 | 2, 1, [eventOf(most), eventOf(most + 1)])
    const [, , , rejections] = await socket.next(FRAME.reject)
    expect((rejections as RawFrame[]).map(([number, code]) => [number, code])).toEqual([
      [2, what.includes('propert') ? 'PROPERTIES_INVALID' : 'EVENT_MALFORMED'],
    ])
    socket.close()
  })

  it.each([
    [
      'a batch',
      LIMITS.batchEventsMax,
      (socket: RawSocket, size: number) =>
        socket.batch(
          LANE.telemetry,
          1,
          Array.from({ length: size }, () => customEvent('e')),
        ),
    ],
    [
      'a part of a snapshot',
      LIMITS.snapshotSessionsMax,
      (socket: RawSocket, size: number) =>
        socket.snapshot(
          0,
          Array.from({ length: size }, () => [sessionFields(), null]),
        ),
    ],
  ] as const)('%s holds at most %i, and one more ends the connection', async (_what, most, send) => {
    const { collector, connect, path } = await setUp()
    const right = await connect()
    send(right, most)
    // One that is answered after it, so that a goodbye would have come.
    await until(
      async () => (await ask(collector, 'GET', `${path}/live`)).status,
      (status) => status === 200,
    )
    right.batch(LANE.sessions, 1, [[1, sessionFields(), null]])
    await right.acknowledged(LANE.sessions, 1)
    right.close()
    const wrong = await connect()
    send(wrong, most + 1)
    expect((await wrong.next(FRAME.goodbye))[1]).toBe('FRAME_MALFORMED')
  })

  it('an instance has at most 50,000 open sessions, and more end the connection and are not online', async () => {
    const { collector, connect, path } = await setUp()
    const socket = await connect()
    const size = LIMITS.snapshotSessionsMax
    for (let named = 0; named < LIMITS.instanceSessionsMax; named += size) {
      socket.send([FRAME.snapshot, 0, false, Array.from({ length: size }, () => [sessionFields(), null])])
    }
    socket.snapshot(0, [[sessionFields(), null]])
    expect((await socket.next(FRAME.goodbye))[1]).toBe('TOO_MANY_SESSIONS')
    expect((await ask(collector, 'GET', `${path}/live`)).body.total).toBe(0)
  })

  it('a network has at most 5,000 game modes of its own, and what comes after counts as others', async () => {
    const { collector, connect, path } = await setUp()
    const socket = await connect()
    socket.snapshot(0, [])
    const fields = sessionFields()
    const startedAtMs = fields[1] as number
    const BACKENDS = 5_000
    const stay = (ordinal: number): RawFrame => [ordinal, `backend-${ordinal}`, startedAtMs]
    const switches = Array.from({ length: BACKENDS + 1 }, (_, i) => [2, fields, i === 0 ? null : stay(i - 1), stay(i)])
    const live = async () => (await ask(collector, 'GET', `${path}/live`)).body.byGamemode
    socket.batch(LANE.sessions, 1, [[1, fields, null]])
    for (let from = 0; from < BACKENDS; from += LIMITS.batchEventsMax) {
      socket.batch(LANE.sessions, from + 2, switches.slice(from, from + LIMITS.batchEventsMax))
    }
    expect(await until(live, (counts) => `backend-${BACKENDS - 1}` in counts)).toEqual({
      [`backend-${BACKENDS - 1}`]: 1,
    })
    socket.batch(LANE.sessions, BACKENDS + 2, switches.slice(BACKENDS))
    expect(await until(live, (counts) => '(others)' in counts)).toEqual({ '(others)': 1 })
    await socket.acknowledged(LANE.sessions, BACKENDS + 2)
    socket.close()
  })
})

const join = { type: 'session_start', server: 'lobby-1', uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' }
const custom = { type: 'custom', server: 'lobby-1', name: 'vote' }

const HTTP_LIMITS: ReadonlyArray<readonly [string, number, (size: number) => Record<string, unknown>]> = [
  ['the name of a server', LIMITS.serverNameBytesMax, (size) => ({ ...join, server: textOf(size) })],
  ['the name of a player', LIMITS.playerNameBytesMax, (size) => ({ ...join, name: textOf(size) })],
  ['a device', LIMITS.deviceBytesMax, (size) => ({ ...join, device: textOf(size) })],
  ['a version', LIMITS.clientVersionBytesMax, (size) => ({ ...join, clientVersion: textOf(size) })],
  ['a backend', LIMITS.backendBytesMax, (size) => ({ ...join, backend: textOf(size) })],
  ['the name of an event', LIMITS.eventNameBytesMax, (size) => ({ ...custom, name: textOf(size) })],
  ['the number of properties', LIMITS.propertiesMax, (size) => ({ ...custom, properties: properties(size) })],
  ['the name of a property', LIMITS.propertyKeyBytesMax, (size) => ({ ...custom, properties: { [textOf(size)]: 1 } })],
  [
    'the text of a property',
    LIMITS.propertyStringBytesMax,
    (size) => ({ ...custom, properties: { key: textOf(size) } }),
  ],
]

describe('over HTTP', () => {
  it.each(HTTP_LIMITS)('%s has at most %i, and one more is refused', async (_what, most, itemOf) => {
    const { collector, key } = await setUp()
    const answer = await ask(collector, 'POST', '/v1/ingest/batch', {
      headers: { 'x-api-key': key, authorization: '' },
      body: { items: [itemOf(most), itemOf(most + 1)] },
    })
    expect(answer).toMatchObject({ status: 200, body: { accepted: 1, rejected: [{ index: 1, code: 'BODY_INVALID' }] } })
  })

  it('a heartbeat names at most 5,000 sessions', async () => {
    const { collector, key } = await setUp()
    const post = (count: number) =>
      ask(collector, 'POST', '/v1/ingest/heartbeat', {
        headers: { 'x-api-key': key, authorization: '' },
        body: { sessionIds: Array.from({ length: count }, () => crypto.randomUUID()) },
      })
    expect((await post(5_000)).status).toBe(200)
    expect(await post(5_001)).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
  })
})
