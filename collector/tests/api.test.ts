import { describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  FRAME,
  LANE,
  makeId,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const DAY_MS = 86_400_000
const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const get = (path: string) => ask(collector, 'GET', network.path + path)
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  return { collector, ...network, get, send }
}

describe('a request', () => {
  it.each([
    ['no token', {}, 'TOKEN_MISSING'],
    ['a wrong token', { authorization: 'Bearer nonsense' }, 'TOKEN_UNKNOWN'],
    ['another scheme', { authorization: 'Basic b3A6b3A=' }, 'TOKEN_MISSING'],
  ])('with %s is refused', async (_what, headers, code) => {
    const answer = await fetch(`${test.collector.url}/api/v1/networks`, { headers: headers as Record<string, string> })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ error: { code } })
  })

  it('is answered with an id, and with headers that keep browsers careful', async () => {
    const { headers } = await ask(test.collector, 'GET', '/api/v1/networks')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it.each(['/api/v1/nothing', '/api/nothing', '/api/v1/networks/019aa000-0000-7000-8000-000000000000/nothing'])(
    'to %s finds nothing',
    async (path) => {
      expect(await ask(test.collector, 'GET', path)).toMatchObject({
        status: 404,
        body: { error: { code: 'ROUTE_NOT_FOUND', message: expect.stringContaining('/api/v1/openapi.json') } },
      })
    },
  )

  it.each([
    ['PUT', '/api/v1/networks', 'GET, POST'],
    ['DELETE', '/api/v1/networks/019aa000-0000-7000-8000-000000000000', 'GET, PATCH'],
    ['GET', '/api/v1/networks/019aa000-0000-7000-8000-000000000000/ccu/rebuild', 'POST'],
    ['POST', '/healthz', 'GET'],
    ['OPTIONS', '/v1/stream', 'GET'],
  ])('by %s to %s names the methods that are taken there', async (method, path, allow) => {
    const answer = await ask(test.collector, method, path)
    const message = `This address takes ${allow.replace(', ', ' or ')}, not ${method}.`
    expect(answer).toMatchObject({ status: 405, body: { error: { code: 'METHOD_NOT_ALLOWED', message } } })
    expect(answer.headers.get('allow')).toBe(allow)
  })

  it.each([
    ['not JSON', '{"name":', 'application/json', 400, 'BODY_MALFORMED'],
    ['of another type', 'name=x', 'application/x-www-form-urlencoded', 415, 'MEDIA_TYPE_UNSUPPORTED'],
    ['a list', '[]', 'application/json', 422, 'BODY_INVALID'],
    ['beyond its bound', `{"name":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'BODY_TOO_LARGE'],
  ])('with a body that is %s is refused', async (_what, body, type, status, code) => {
    const answer = await fetch(`${test.collector.url}/api/v1/networks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${test.collector.token}`, 'content-type': type },
      body,
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ error: { code } })
  })

  it('beyond its bound names the bound', async () => {
    const answer = await fetch(`${test.collector.url}/api/v1/networks`, { method: 'POST', body: ' '.repeat(1_048_577) })
    const message = 'The body is larger than 1,048,576 bytes. Send less at once.'
    expect(await answer.json()).toEqual({ error: { code: 'BODY_TOO_LARGE', message } })
  })
})

describe('the OpenAPI document', () => {
  it('is served to anybody, and names every route with its answers', async () => {
    const document = (await (await fetch(`${test.collector.url}/api/v1/openapi.json`)).json()) as {
      openapi: string
      paths: Record<string, Record<string, { responses: object; summary?: string }>>
    }
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/networks', '/api/v1/networks/{networkId}/live', '/v1/ingest/session/start']),
    )
    for (const [path, operations] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation.responses, `${method} ${path}`).toHaveProperty('default')
        expect(operation.summary, `${method} ${path}`).toBeTruthy()
      }
    }
  })
})

describe('networks', () => {
  it('are created, listed, shown, changed, archived and restored', async () => {
    const { collector } = test
    const created = await ask(collector, 'POST', '/api/v1/networks', {
      body: { name: '  Example  ', timeZone: 'America/New_York', currency: 'USD' },
    })
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'Example', timeZone: 'America/New_York', currency: 'USD', archivedAtMs: null },
    })
    const path = `/api/v1/networks/${created.body.id}`
    expect((await ask(collector, 'GET', path)).body).toEqual(created.body)
    const changed = await ask(collector, 'PATCH', path, {
      body: { name: 'Renamed', currency: 'EUR', resumeWindowMs: 60_000 },
    })
    expect(changed.body).toMatchObject({
      name: 'Renamed',
      currency: 'EUR',
      resumeWindowMs: 60_000,
      timeZone: 'America/New_York',
    })
    await ask(collector, 'PATCH', path, { body: { archived: true } })
    const names = async (query: string): Promise<string[]> =>
      (await ask(collector, 'GET', `/api/v1/networks${query}`)).body.map(({ id }: { id: string }) => id)
    expect(await names('')).not.toContain(created.body.id)
    expect(await names('?archived=true')).toContain(created.body.id)
    expect((await ask(collector, 'PATCH', path, { body: { archived: false } })).body.archivedAtMs).toBeNull()
    expect(await names('')).toContain(created.body.id)
  })

  it('keep everything for ever, or as many days as are set: less in seven days, more at once', async () => {
    const { collector } = test
    const { path } = await createNetwork(collector)
    const set = async (dataRetentionDays: unknown) => ask(collector, 'PATCH', path, { body: { dataRetentionDays } })
    expect((await ask(collector, 'GET', path)).body).toMatchObject({
      dataRetentionDays: null,
      dataRetentionFromMs: null,
      dataRemovedBeforeMs: null,
    })
    const beforeMs = Date.now()
    const { body: first } = await set(90)
    expect(first.dataRetentionFromMs - beforeMs).toBeGreaterThanOrEqual(7 * DAY_MS)
    expect(first.dataRetentionFromMs - Date.now()).toBeLessThanOrEqual(7 * DAY_MS)
    const { dataRetentionFromMs } = first
    expect((await set(90)).body).toEqual(first)
    expect((await set(3_650)).body).toMatchObject({ dataRetentionDays: 3_650, dataRetentionFromMs })
    expect((await set(30)).body.dataRetentionFromMs).toBeGreaterThan(dataRetentionFromMs)
    const { body: other } = await ask(collector, 'PATCH', path, { body: { name: 'Other' } })
    expect(other).toMatchObject({ dataRetentionDays: 30 })
    expect((await set(null)).body).toMatchObject({ dataRetentionDays: null, dataRetentionFromMs: null })
    for (const wrong of [29, 3_651, 0, -1, 30.5, '90', 'forever', true, [], {}]) {
      const answer = await set(wrong)
      expect(answer, JSON.stringify(wrong)).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
      expect(answer.body.error.fields.map((field: { path: string }) => field.path)).toContain('dataRetentionDays')
    }
    expect((await ask(collector, 'GET', path)).body).toMatchObject({ dataRetentionDays: null })
    const created = await ask(collector, 'POST', '/api/v1/networks', { body: { name: 'x', dataRetentionDays: 90 } })
    expect(created.status).toBe(422)
  })

  it('have defaults that are said', async () => {
    const { body } = await ask(test.collector, 'POST', '/api/v1/networks', { body: { name: 'x' } })
    expect(body).toMatchObject({ timeZone: 'UTC', currency: 'EUR', resumeWindowMs: 30_000 })
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: '   ' }, 'name'],
    [{ name: 'x'.repeat(65) }, 'name'],
    [{ name: 'Half\ud800' }, 'name'],
    [{ name: 'x', timeZone: 'Mars/Olympus' }, 'timeZone'],
    [{ name: 'x', currency: 'eur' }, 'currency'],
    [{ name: 'x', currency: 'XXQ' }, 'currency'],
    [{ name: 'x', resumeWindowMs: 1 }, ''],
    [{}, 'name'],
  ])('are not created from %j: the answer names what is wrong', async (body, field) => {
    const answer = await ask(test.collector, 'POST', '/api/v1/networks', { body })
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
    expect(answer.body.error.fields.map(({ path }: { path: string }) => path)).toContain(field)
  })

  it.each(['019aa000-0000-7000-8000-000000000000', 'nonsense'])(
    'are not found by %s, in any of their parts',
    async (id) => {
      const paths = [
        '',
        '/keys',
        '/servers',
        '/gamemodes',
        '/live',
        '/live/players',
        '/live/stream',
        '/ccu',
        '/sessions',
        '/ingest',
        '/dead-letters',
      ]
      for (const path of paths) {
        const answer = await ask(test.collector, 'GET', `/api/v1/networks/${id}${path}`)
        expect([400, 404], path).toContain(answer.status)
      }
    },
  )
})

describe('keys', () => {
  it('show their secret once, and look as promised', async () => {
    const { send, get } = await setUp()
    const created = await send('POST', '/keys', { name: 'lobby', gamemode: 'lobby' })
    expect(created).toMatchObject({
      status: 201,
      body: { name: 'lobby', gamemode: 'lobby', lastFour: created.body.key.slice(-4) },
    })
    expect(created.body.key).toMatch(/^mct_[A-Za-z0-9]{32}$/)
    const listed = (await get('/keys')).body
    expect(listed).toHaveLength(2)
    expect(JSON.stringify(listed)).not.toContain(created.body.key)
  })

  it('are stored as hashes only', async () => {
    const { collector, key } = await setUp()
    expect(collector.log()).not.toContain(key)
  })

  it('cut their open sockets within a second when they are revoked', async () => {
    const { collector, key, keyId, send } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const startedMs = Date.now()
    expect((await send('POST', `/keys/${keyId}/revoke`)).body.revokedAtMs).toBeGreaterThan(0)
    expect(await socket.closed).toMatchObject({ reason: 'KEY_REVOKED' })
    expect(Date.now() - startedMs).toBeLessThan(1_000)
    expect(await send('POST', `/keys/${keyId}/rotate`, {})).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT' } },
    })
  })

  it('are rotated: the old secret ends, and its sockets with it; the new one works', async () => {
    const { collector, key, keyId, send } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const rotated = await send('POST', `/keys/${keyId}/rotate`, {})
    expect(rotated.body.id).toBe(keyId)
    expect(await socket.closed).toMatchObject({ reason: 'KEY_REVOKED' })
    await expect(connectRaw(collector.endpoint, key)).rejects.toThrow(/401/)
    const next = await connectRaw(collector.endpoint, rotated.body.key)
    await next.hello()
    next.close()
  })

  it('are rotated with a grace: both secrets work until it is over', async () => {
    const { collector, key, keyId, send } = await setUp()
    const rotated = await send('POST', `/keys/${keyId}/rotate`, { graceSeconds: 2 })
    const [old, fresh] = await Promise.all(
      [key, rotated.body.key].map((secret) => connectRaw(collector.endpoint, secret)),
    )
    await Promise.all([old?.hello(), fresh?.hello()])
    expect(await old?.closed).toMatchObject({ reason: 'KEY_REVOKED' })
    fresh?.close()
  })

  it('can be rotated twice at once: one secret remains', async () => {
    const { collector, keyId, send } = await setUp()
    const both = await Promise.all([
      send('POST', `/keys/${keyId}/rotate`, {}),
      send('POST', `/keys/${keyId}/rotate`, {}),
    ])
    const attempts = await Promise.allSettled(both.map(({ body }) => connectRaw(collector.endpoint, body.key)))
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const attempt of attempts) if (attempt.status === 'fulfilled') attempt.value.close()
  })

  it('say when they were last used', async () => {
    const { collector, key, send, keyId } = await setUp()
    const beforeMs = Date.now()
    const socket = await connectRaw(collector.endpoint, key)
    socket.close()
    const renamed = (await send('PATCH', `/keys/${keyId}`, { name: 'renamed' })).body
    expect(renamed.name).toBe('renamed')
    expect(renamed.lastUsedAtMs).toBeGreaterThanOrEqual(beforeMs)
    expect((await send('GET', '/keys')).body).toMatchObject([{ id: keyId, lastUsedAtMs: renamed.lastUsedAtMs }])
  })

  it('of another network are not found', async () => {
    const mine = await setUp()
    const other = await setUp()
    for (const action of ['revoke', 'rotate']) {
      expect(await mine.send('POST', `/keys/${other.keyId}/${action}`, {})).toMatchObject({
        status: 404,
        body: { error: { code: 'KEY_NOT_FOUND' } },
      })
    }
  })
})

describe('servers and game modes', () => {
  it('appear with the first hello and the first player', async () => {
    const { collector, key, get } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello({ server: ['Proxy Eins', 1] })
    const server = await until(
      () => get('/servers/Proxy%20Eins'),
      ({ status }) => status === 200,
    )
    expect(server.body).toMatchObject({
      name: 'Proxy Eins',
      kind: 'proxy',
      state: 'connected',
      software: { name: 'test' },
      players: 0,
    })
    socket.close()
    await until(
      () => get('/servers/Proxy%20Eins'),
      ({ body }) => body.state === 'resuming',
    )
    expect(await get('/servers/nobody')).toMatchObject({ status: 404, body: { error: { code: 'SERVER_NOT_FOUND' } } })
  })

  it('have left when they said so, and are no longer gone once they are back', async () => {
    const { collector, key, get } = await setUp()
    const isIn = (state: string) =>
      until(
        () => get('/servers/raw-1'),
        ({ body }) => body.state === state,
      )
    for (const state of ['connected', 'left', 'connected']) {
      const socket = await connectRaw(collector.endpoint, key)
      await socket.hello()
      await isIn('connected')
      if (state === 'left') {
        socket.send([FRAME.leaving])
        const { body } = await isIn('left')
        expect(body.lastSeenAtMs).toBeGreaterThan(Date.now() - 5_000)
      }
      socket.close()
    }
    await isIn('resuming')
  })

  it('are mapped: live at once, and what is stored soon after', async () => {
    const { collector, key, get, send, networkId } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.snapshot(0, [])
    const nowMs = Date.now()
    socket.batch(LANE.sessions, 1, [
      [1, sessionFields({ startedAtMs: nowMs }), [0, 'survival-1', nowMs]],
      [1, sessionFields({ startedAtMs: nowMs }), [0, 'survival-2', nowMs]],
    ])
    await socket.acknowledged(LANE.sessions, 2)
    expect((await get('/live')).body.byGamemode).toEqual({ 'survival-1': 1, 'survival-2': 1 })
    for (const backend of ['survival-1', 'survival-2']) {
      expect(await send('PUT', `/gamemodes/${backend}`, { gamemode: 'survival' })).toMatchObject({
        status: 200,
        body: { backend, gamemode: 'survival' },
      })
    }
    expect((await get('/live')).body.byGamemode).toEqual({ survival: 2 })
    const rows = () =>
      test.databases.clickhouse.select(
        'SELECT DISTINCT gamemode FROM gamemode_sessions WHERE network_id = {networkId:UUID}',
        { networkId },
      )
    expect(
      await until(rows, ([row, more]) => more === undefined && (row as { gamemode: string }).gamemode === 'survival'),
    ).toBeTruthy()
    expect((await get('/gamemodes')).body).toMatchObject([
      { backend: 'survival-1', gamemode: 'survival', players: 2 },
      { backend: 'survival-2', gamemode: 'survival', players: 2 },
    ])
    expect(await send('PUT', '/gamemodes/nowhere', { gamemode: 'x' })).toMatchObject({ status: 404 })
    socket.close()
  })
})

describe('sessions', () => {
  it('are listed newest first, page by page, by filters', async () => {
    const { collector, key, get } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.snapshot(0, [])
    const nowMs = Date.now()
    const player = makeId()
    const events = Array.from({ length: 25 }, (_, i) => {
      const startedAtMs = nowMs - i * 60 * 60_000
      const fields = sessionFields({
        startedAtMs,
        name: i === 7 ? 'Siri_Keeton' : `Player${i}`,
        domain: i % 2 === 0 ? 'a.example' : 'b.example',
        ...(i < 3 ? { player } : {}),
      })
      return [3, fields, [0, i < 2 ? 'sky' : 'lobby', startedAtMs], startedAtMs + 60_000, i === 1 ? 2 : 1, 500]
    })
    socket.batch(LANE.sessions, 1, events)
    await socket.acknowledged(LANE.sessions, 25)
    socket.close()

    const pages: string[] = []
    let cursor = ''
    do {
      const { body } = await get(`/sessions?limit=10${cursor}`)
      pages.push(...body.sessions.map(({ playerName }: { playerName: string }) => playerName))
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`
    } while (cursor !== '')
    expect(pages).toEqual(Array.from({ length: 25 }, (_, i) => (i === 7 ? 'Siri_Keeton' : `Player${i}`)))

    const count = async (query: string): Promise<number> =>
      (await get(`/sessions?limit=100&${query}`)).body.sessions.length
    expect(await count('domain=a.example')).toBe(13)
    expect(
      await count(
        `player=${Buffer.from(player)
          .toString('hex')
          .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`,
      ),
    ).toBe(3)
    expect(await count('name=keeton')).toBe(1)
    expect(await count('open=true')).toBe(0)
    expect(await count('gamemode=sky')).toBe(2)
    expect(await count('gamemode=lobby&reason=kick')).toBe(0)
    expect(await count('gamemode=sky&reason=kick')).toBe(1)
    expect(await count('reason=quit')).toBe(24)
    expect(await count(`fromMs=${nowMs - 5 * 60 * 60_000}`)).toBe(6)
    expect(await count(`toMs=${nowMs - 5 * 60 * 60_000}`)).toBe(19)
    expect(await count('server=raw-1&platform=java&version=1.21.11')).toBe(25)
    expect(await count('name=%27%20OR%201%3D1')).toBe(0)
    const { body } = await get('/sessions?limit=1')
    const [{ sessionId, playerId }] = body.sessions
    expect(await count(`session=${sessionId}`)).toBe(1)
    expect(await count(`session=${sessionId}&player=${playerId}&gamemode=sky`)).toBe(1)
    expect(body.sessions[0]).toMatchObject({
      durationMs: 60_000,
      afkMs: 500,
      endReason: 'quit',
      gamemodes: [{ gamemode: 'sky', endedAtMs: nowMs + 60_000 }],
    })
  })

  it.each([
    'cursor=x',
    'limit=0',
    'limit=501',
    'limit=ten',
    'player=x',
    'platform=console',
    'open=maybe',
    'fromMs=-1',
    'reason=open',
  ])('are not listed for %s', async (query) => {
    const { get } = await setUp()
    expect(await get(`/sessions?${query}`)).toMatchObject({ status: 400, body: { error: { code: 'QUERY_INVALID' } } })
  })
})

describe('a move to another time zone', () => {
  it('counts the days of what is stored anew', async () => {
    const { collector, key, send, networkId } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const midnight = Math.floor(Date.now() / 86_400_000) * 86_400_000 - 86_400_000
    const startedAtMs = midnight - 2 * 60 * 60_000
    socket.batch(LANE.sessions, 1, [[3, sessionFields({ startedAtMs }), null, midnight - 60 * 60_000, 1, 0]])
    await socket.acknowledged(LANE.sessions, 1)
    socket.close()
    const days = () =>
      test.databases.clickhouse.select<{ day: string }>(
        'SELECT DISTINCT toString(day) AS day FROM player_days WHERE network_id = {networkId:UUID}',
        { networkId },
      )
    const day = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10)
    expect(await days()).toEqual([{ day: day(startedAtMs) }])
    await send('PATCH', '', { timeZone: 'Asia/Tokyo' })
    await until(days, (rows) => rows.length === 1 && rows[0]?.day === day(midnight))
  })
})

describe('the site and health', () => {
  it('answers without a token', async () => {
    const { url } = test.collector
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok\n')
    const ready = await fetch(`${url}/readyz`)
    expect(ready.status).toBe(200)
    expect(await ready.json()).toMatchObject({
      status: 'ready',
      checks: expect.arrayContaining([expect.objectContaining({ name: 'postgres', ok: true })]),
    })
    expect((await fetch(`${url}/nothing-here`)).status).toBe(404)
    expect((await fetch(`${url}/../../etc/passwd`)).status).toBe(404)
  })

  it('serves metrics on their own port, without labels that name tenants', async () => {
    const { key, networkId, collector } = await setUp()
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    socket.close()
    const text = await (await fetch(collector.metricsUrl)).text()
    expect(text).toMatch(/^mctrack_ingest_events_total\{outcome="/m)
    expect(text).not.toContain(networkId)
    expect((await fetch(`${collector.url}/metrics`)).status).toBe(404)
  })

  it('says what runs, and whose data it uses', async () => {
    const { body } = await ask(test.collector, 'GET', '/api/v1/about')
    expect(body).toMatchObject({ name: 'mctrack-collector', clickhouse: 'external', postgres: 'external' })
    expect(body.attributions.join()).toMatch(/CC BY 4\.0/)
  })
})
