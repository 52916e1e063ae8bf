import { describe, expect, it } from 'vitest'
import { ask, createNetwork, setUpCollector, until } from './support/index.ts'

const test = setUpCollector()
const UUID = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const SESSION = '019aa111-aaaa-7bbb-8ccc-ddddeeeeff'

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const post = (path: string, body: unknown, key = network.key) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': key } })
  const live = async () => (await ask(collector, 'GET', `${network.path}/live`)).body
  const sessions = async () => (await ask(collector, 'GET', `${network.path}/sessions`)).body.sessions
  const letters = async () => (await ask(collector, 'GET', `${network.path}/dead-letters`)).body
  return { collector, ...network, post, live, sessions, letters }
}

const join = {
  server: 'lobby-1',
  uuid: UUID,
  name: 'Notch',
  hostname: 'Play.Example.net.',
  address: '8.8.8.8',
  protocolVersion: 774,
}

it('an event whose id is given needs its time too, so that a repeat is the same event', async () => {
  const { post } = await setUp()
  const item = { type: 'custom', server: 'web', eventId: `${SESSION}12`, name: 'vote' }
  const { body } = await post('/batch', { items: [item, { ...item, atMs: Date.now() }] })
  expect(body).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: 'BODY_INVALID' }] })
})

describe('a session over HTTP', () => {
  it('starts, changes its game mode and ends, and is stored with all of it', async () => {
    const { post, live, sessions } = await setUp()
    const started = await post('/session/start', join)
    expect(started).toMatchObject({ status: 200, body: { sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    const { sessionId } = started.body
    expect(await live()).toMatchObject({
      total: 1,
      byServer: { 'lobby-1': 1 },
      byGamemode: { 'lobby-1': 1 },
      byCountry: { US: 1 },
    })
    expect(await post('/session/gamemode', { sessionId, gamemode: 'survival' })).toMatchObject({
      status: 200,
      body: {},
    })
    expect((await live()).byGamemode).toEqual({ survival: 1 })
    expect(await post('/session/end', { sessionId, reason: 'kick' })).toMatchObject({ status: 200, body: {} })
    expect((await live()).total).toBe(0)
    expect(await sessions()).toMatchObject([
      {
        sessionId,
        playerName: 'Notch',
        domain: 'play.example.net',
        version: '1.21.11',
        endReason: 'kick',
        gamemodes: [{ gamemode: 'lobby-1' }, { gamemode: 'survival' }],
      },
    ])
  })

  it('is one, though its start is sent twice at once', async () => {
    const { post, sessions } = await setUp()
    const sessionId = `${SESSION}11`
    await Promise.all([1, 2, 3].map(() => post('/session/start', { ...join, sessionId })))
    expect(await sessions()).toHaveLength(1)
  })

  it('is answered when it is stored', async () => {
    const { post, networkId } = await setUp()
    await post('/session/start', join)
    const rows = await test.databases.clickhouse.select(
      'SELECT player_name FROM network_sessions WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(rows).toEqual([{ player_name: 'Notch' }])
  })

  it('is the same however often it is sent, by the ids in it', async () => {
    const { post, sessions, live } = await setUp()
    const sessionId = `${SESSION}01`
    const first = await post('/session/start', { ...join, sessionId })
    const again = await post('/session/start', { ...join, sessionId, name: 'Other' })
    expect([first.body, again.body]).toEqual([{ sessionId }, { sessionId }])
    await post('/session/gamemode', { sessionId, gamemode: 'survival' })
    await post('/session/gamemode', { sessionId, gamemode: 'survival' })
    await post('/session/end', { sessionId })
    expect((await post('/session/end', { sessionId })).status).toBe(200)
    // A late repeat of the start opens nothing again.
    expect((await post('/session/start', { ...join, sessionId })).status).toBe(200)
    expect((await live()).total).toBe(0)
    const stored = await sessions()
    expect(stored).toHaveLength(1)
    expect(stored[0]).toMatchObject({
      playerName: 'Notch',
      gamemodes: [{ gamemode: 'lobby-1' }, { gamemode: 'survival' }],
    })
  })

  it('takes a server with its kind, and times of its own', async () => {
    const { post, sessions, live } = await setUp()
    const startedAtMs = Date.now() - 60_000
    const started = await post('/session/start', { ...join, server: { name: 'proxy-1', kind: 'proxy' }, startedAtMs })
    expect(await live()).toMatchObject({ byServer: { 'proxy-1': 1 }, byGamemode: { '': 1 } })
    await post('/session/end', { sessionId: started.body.sessionId, endedAtMs: startedAtMs + 30_000, afkMs: 1_000 })
    expect(await sessions()).toMatchObject([{ serverKind: 'proxy', startedAtMs, durationMs: 30_000, afkMs: 1_000 }])
  })

  it('that nobody knows is said to be unknown', async () => {
    const { post, letters } = await setUp()
    const sessionId = `${SESSION}02`
    for (const [path, body] of [
      ['/session/end', { sessionId }],
      ['/session/gamemode', { sessionId, gamemode: 'x' }],
    ] as const) {
      expect(await post(path, body)).toMatchObject({ status: 404, body: { error: { code: 'SESSION_UNKNOWN' } } })
    }
    const kept = await until(letters, ({ length }) => length === 2)
    const reason = 'sessionId: no session with this id is open'
    expect(kept).toMatchObject([{ code: 'SESSION_UNKNOWN', reason }, { reason }])
  })

  it('of another network is unknown too', async () => {
    const mine = await setUp()
    const other = await setUp()
    const { body } = await mine.post('/session/start', join)
    expect((await other.post('/session/end', { sessionId: body.sessionId })).status).toBe(404)
    expect((await mine.live()).total).toBe(1)
  })
})

describe('a body', () => {
  it.each([
    ['/session/start', { ...join, uuid: 'notch' }, 'uuid'],
    ['/session/start', { ...join, name: '' }, 'name'],
    ['/session/start', { ...join, name: 'x'.repeat(65) }, 'name'],
    ['/session/start', { ...join, name: 'Half\ud800' }, 'name'],
    ['/session/start', { ...join, hostname: '\udc00.example.net' }, 'hostname'],
    ['/session/start', { ...join, server: '' }, 'server'],
    ['/session/start', { ...join, address: 'home' }, 'address'],
    ['/session/start', { ...join, platform: 'console' }, 'platform'],
    ['/session/start', { ...join, startedAtMs: 'now' }, 'startedAtMs'],
    ['/session/start', {}, 'server'],
    ['/session/end', { sessionId: 'x' }, 'sessionId'],
    ['/session/end', { sessionId: `${SESSION}03`, reason: 'bored' }, 'reason'],
    ['/session/gamemode', { sessionId: `${SESSION}03`, gamemode: '' }, 'gamemode'],
    ['/heartbeat', { sessionIds: 'all' }, 'sessionIds'],
    ['/batch', { items: {} }, 'items'],
  ])('for %s that is wrong (%j) is refused with the field', async (path, body, field) => {
    const { post } = await setUp()
    const answer = await post(path, body)
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
    expect(answer.body.error.fields.map(({ path: its }: { path: string }) => its.split('.')[0])).toContain(field)
  })

  it.each([
    [{ server: { kind: 'proxy' } }, 'server', /^must be a name of at most 64 bytes, or an object with name and kind/],
    [{ server: undefined }, 'server', /^must be a name/],
    [{ server: 'x'.repeat(65) }, 'server', /^must have at most 64 bytes$/],
    [{ name: 'x'.repeat(65) }, 'name', /^must have at most 64 bytes$/],
    [{ name: 'ö'.repeat(33) }, 'name', /^must have at most 64 bytes$/],
    [{ name: undefined }, 'name', /^is missing: it must be a text$/],
    [{ platform: 'console' }, 'platform', /^must be java or bedrock$/],
    [{ startedAtMs: 1.5 }, 'startedAtMs', /^must be a whole number$/],
  ])(
    'that is wrong (%j) says once what the field must be, and so does its dead letter',
    async (change, path, message) => {
      const { post, letters } = await setUp()
      const { fields } = (await post('/session/start', { ...join, ...change })).body.error
      expect(fields).toEqual([{ path, message: expect.stringMatching(message) }])
      const [letter] = await until(letters, ({ length }) => length === 1)
      expect(letter.reason).toBe(`${path}: ${fields[0].message}`)
    },
  )

  it('that is no object at all is said to be none', async () => {
    const { post } = await setUp()
    const { fields } = (await post('/session/start', [])).body.error
    expect(fields).toEqual([{ path: '', message: 'must be an object' }])
  })

  it.each([
    ['too old', { startedAtMs: Date.now() - 91 * 86_400_000 }, 'EVENT_TOO_OLD'],
    ['in the future', { startedAtMs: Date.now() + 3_600_000 }, 'EVENT_IN_FUTURE'],
  ])('of a session that is %s is refused, counted and kept', async (_what, times, code) => {
    const { collector, post, path, letters } = await setUp()
    expect(await post('/session/start', { ...join, ...times })).toMatchObject({
      status: 422,
      body: { error: { code } },
    })
    const { body } = await ask(collector, 'GET', `${path}/ingest`)
    expect(body.refused).toMatchObject([{ code, events: 1 }])
    const [letter] = await until(letters, ({ length }) => length === 1)
    expect(letter).toMatchObject({ code, source: 'http', payload: { type: 'session_start', name: 'Notch' } })
    expect(letter.payload).not.toHaveProperty('address')
  })

  it('that is no JSON, or too large, has its code', async () => {
    const { key } = await setUp()
    const post = (body: string) =>
      fetch(`${test.collector.url}/v1/ingest/batch`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        body,
      })
    expect(await (await post('{')).json()).toMatchObject({ error: { code: 'BODY_MALFORMED' } })
    expect(await (await post(`"${'x'.repeat(1_100_000)}"`)).json()).toMatchObject({ error: { code: 'BODY_TOO_LARGE' } })
  })
})

describe('a batch', () => {
  it('may be a list alone', async () => {
    const { post, live } = await setUp()
    const answer = await post('/batch', [
      { type: 'session_start', ...join, sessionId: `${SESSION}05` },
      { type: 'nonsense' },
    ])
    expect(answer).toMatchObject({ status: 200, body: { accepted: 1, rejected: [{ index: 1 }] } })
    expect(await live()).toMatchObject({ total: 1 })
  })

  it('takes items in their order and names those that are wrong', async () => {
    const { post, live, sessions } = await setUp()
    const sessionId = `${SESSION}04`
    const answer = await post('/batch', {
      items: [
        { type: 'session_start', ...join, sessionId },
        { type: 'gamemode', sessionId, gamemode: 'survival' },
        {
          type: 'custom',
          server: 'lobby-1',
          sessionId,
          name: 'vote',
          properties: { site: 'a', n: 1, ok: true, none: null },
        },
        { type: 'custom', server: 'lobby-1', name: '' },
        { type: 'nonsense' },
        'nothing',
        { type: 'session_end', sessionId: `${SESSION}99` },
        { type: 'custom', server: 'lobby-1', name: 'old', atMs: 1_000 },
        { type: 'session_end', sessionId },
      ],
    })
    expect(answer.status).toBe(200)
    expect(answer.body.accepted).toBe(4)
    expect(answer.body.rejected.map(({ index, code }: { index: number; code: string }) => [index, code])).toEqual([
      [3, 'BODY_INVALID'],
      [4, 'BODY_INVALID'],
      [5, 'BODY_INVALID'],
      [6, 'SESSION_UNKNOWN'],
      [7, 'EVENT_TOO_OLD'],
    ])
    expect(answer.body.rejected.map(({ message }: { message: string }) => /\((.*)\)$/.exec(message)?.[1])).toEqual([
      'name: must not be empty',
      'type: must be one of session_start, session_end, gamemode, custom',
      'the item: must be an object',
      'sessionId: no session with this id is open',
      'the time lies more than 90 days back',
    ])
    expect((await live()).total).toBe(0)
    expect(await sessions()).toHaveLength(1)
  })

  it('of the same events is stored once', async () => {
    const { post, networkId } = await setUp()
    const items = [
      { type: 'custom', server: 'web', eventId: `${SESSION}05`, atMs: Date.now(), name: 'vote', properties: { n: 1 } },
    ]
    for (let i = 0; i < 3; i++) expect((await post('/batch', { items })).body.accepted).toBe(1)
    const rows = await test.databases.clickhouse.select(
      'SELECT name, properties FROM events FINAL WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(rows).toEqual([{ name: 'vote', properties: '{"n":1}' }])
  })

  it('holds at most 500 items', async () => {
    const { post } = await setUp()
    expect((await post('/batch', { items: Array(501).fill({}) })).status).toBe(422)
  })
})

it('renews leases and names sessions that are not open', async () => {
  const { post } = await setUp()
  const { body } = await post('/session/start', join)
  const answer = await post('/heartbeat', { sessionIds: [body.sessionId, `${SESSION}06`] })
  expect(answer.body).toEqual({ unknownSessionIds: [`${SESSION}06`] })
})

describe('a key', () => {
  it('is asked for, and known or not', async () => {
    const { post, collector, path, keyId, key } = await setUp()
    const without = await fetch(`${collector.url}/v1/ingest/heartbeat`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
    })
    expect(await without.json()).toMatchObject({ error: { code: 'KEY_MISSING' } })
    expect(await post('/heartbeat', { sessionIds: [] }, 'mct_nonsense')).toMatchObject({
      status: 401,
      body: { error: { code: 'KEY_UNKNOWN' } },
    })
    await ask(collector, 'POST', `${path}/keys/${keyId}/revoke`)
    expect(await post('/heartbeat', { sessionIds: [] }, key)).toMatchObject({
      status: 401,
      body: { error: { code: 'KEY_REVOKED' } },
    })
  })

  it('of one game mode reports no other', async () => {
    const { collector, path, post, live } = await setUp()
    const { body } = await ask(collector, 'POST', `${path}/keys`, { body: { name: 'skyblock', gamemode: 'skyblock' } })
    const started = await post('/session/start', { ...join, server: 'sky-1', backend: 'skyblock' }, body.key)
    expect(started.status).toBe(200)
    expect((await live()).byGamemode).toEqual({ skyblock: 1 })
    const moved = await post('/session/gamemode', { sessionId: started.body.sessionId, gamemode: 'survival' }, body.key)
    expect(moved).toMatchObject({ status: 403, body: { error: { code: 'KEY_SCOPE' } } })
    expect((await live()).byGamemode).toEqual({ skyblock: 1 })
  })

  it('may ask 50 times a second, and is told when to come back', async () => {
    const { post } = await setUp()
    const answers = await Promise.all(Array.from({ length: 80 }, () => post('/heartbeat', { sessionIds: [] })))
    const limited = answers.filter(({ status }) => status === 429)
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(50)
    expect(limited.length).toBeGreaterThan(0)
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(limited[0]?.body).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })
})
