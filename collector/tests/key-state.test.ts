import { describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  LANE,
  refusedUpgrade,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const get = (path: string) => ask(collector, 'GET', network.path + path)
  const state = async () => (await get(`/keys/${network.keyId}/state`)).body
  return { collector, ...network, get, state }
}

const NOTHING = {
  connected: false,
  lastHelloAtMs: null,
  firstEventAtMs: null,
  firstPlayerAtMs: null,
  lastRefusal: null,
  clockOffsetMs: null,
}

describe('the state of a key', () => {
  it('goes from nothing to the first player, and back when the server goes', async () => {
    const { collector, key, keyId, get, state } = await setUp()
    expect(await state()).toEqual(NOTHING)
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    expect(await state()).toMatchObject({ connected: true, lastHelloAtMs: expect.any(Number), firstEventAtMs: null })
    socket.snapshot(0, [])
    socket.batch(LANE.telemetry, 1, [customEvent('a')])
    await socket.acknowledged(LANE.telemetry, 1)
    expect(await state()).toMatchObject({ firstEventAtMs: expect.any(Number), firstPlayerAtMs: null })
    socket.batch(LANE.sessions, 1, [[1, sessionFields(), null]])
    await socket.acknowledged(LANE.sessions, 1)
    expect(await state()).toMatchObject({ firstPlayerAtMs: expect.any(Number), lastRefusal: null })
    expect((await get(`/keys/${keyId}/connections`)).body).toEqual([
      {
        server: 'raw-1',
        serverKind: 'proxy',
        bootedAtMs: expect.any(Number),
        lastSeenAtMs: expect.any(Number),
        players: 1,
      },
    ])
    expect((await get('/keys')).body).toMatchObject([{ id: keyId, connections: 1 }])
    expect((await get('/servers/raw-1')).body).toMatchObject({ keyId })
    socket.close()
    await until(state, ({ connected }) => !connected)
    expect((await get(`/keys/${keyId}/connections`)).body).toEqual([])
  })

  it('says why the key was refused last', async () => {
    const { collector, key, keyId, path, state } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    socket.sendHello({ nowMs: Date.now() - 3 * 86_400_000 })
    await socket.closed
    expect(await state()).toMatchObject({ connected: false, lastRefusal: { code: 'CLOCK_OFF' } })
    const older = await connectRaw(collector.endpoint, key)
    older.sendHello({ version: 99 })
    await older.closed
    expect(await state()).toMatchObject({ lastRefusal: { code: 'VERSION_UNSUPPORTED' } })
    await ask(collector, 'POST', `${path}/keys/${keyId}/revoke`)
    await refusedUpgrade(collector.endpoint, { headers: { authorization: `Bearer ${key}` } })
    expect(await state()).toMatchObject({
      lastRefusal: { code: 'KEY_REVOKED', message: expect.stringMatching(/\.$/), atMs: expect.any(Number) },
    })
  })

  it('follows senders over HTTP as well', async () => {
    const { collector, key, keyId, get, state } = await setUp()
    const send = (path: string, body: object) =>
      fetch(`${collector.url}/v1/ingest${path}`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    await send('/session/start', { server: 'web', uuid: 'nonsense', name: 'A' })
    expect(await state()).toMatchObject({ firstEventAtMs: null, lastRefusal: { code: 'BODY_INVALID' } })
    const uuid = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
    expect((await send('/session/start', { server: 'web', uuid, name: 'A', hostname: '' })).status).toBe(200)
    expect(await state()).toMatchObject({ connected: false, firstPlayerAtMs: expect.any(Number) })
    expect((await get('/servers/web')).body.keyId).toBe(keyId)
  })

  it('is pushed on change', async () => {
    const { collector, key, keyId, path } = await setUp()
    const closing = new AbortController()
    const answer = await fetch(`${collector.url}${path}/keys/${keyId}/state/stream`, {
      headers: { authorization: `Bearer ${collector.token}` },
      signal: closing.signal,
    })
    let text = ''
    const reading = (async () => {
      for await (const chunk of answer.body ?? []) text += Buffer.from(chunk as Uint8Array).toString()
    })().catch(() => undefined)
    await until(
      () => text,
      (got) => got.includes('"connected":false'),
    )
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    await until(
      () => text,
      (got) => got.includes('"connected":true'),
    )
    socket.close()
    closing.abort()
    await reading
  })

  it('is not told of keys of another network', async () => {
    const { get } = await setUp()
    const { keyId } = await setUp()
    for (const rest of ['state', 'state/stream', 'connections']) {
      expect((await get(`/keys/${keyId}/${rest}`)).status, rest).toBe(404)
    }
  })
})
