import { describe, expect, it } from 'vitest'
import { CHANGES } from './support/audit-changes.ts'
import { type Change, type Entry, HERE, postgres, refused, setUp, test, withoutOwners } from './support/audit-set-up.ts'
import { type Answer, ask, startTestCollector, until } from './support/index.ts'

/** Routes that may change something without an entry, and why. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  'POST /api/v1/device/code': 'whoever asks is nobody yet; what somebody says to it has its entry',
  'POST /api/v1/device/token': 'its token has an entry, which needs more than one request: device-sign-in.test.ts',
  'POST /api/v1/invitations/look': 'it changes nothing: the token is in the body to keep it out of addresses',
  'POST /api/v1/password/look': 'it changes nothing: the token is in the body to keep it out of addresses',
  'POST /v1/ingest/session/start': 'what servers report is data, not a change of anything by anybody',
  'POST /v1/ingest/session/end': 'the same',
  'POST /v1/ingest/session/gamemode': 'the same',
  'POST /v1/ingest/batch': 'the same',
  'POST /v1/ingest/heartbeat': 'the same',
}

function requestOf(route: string, { path, body, browser }: Change): Promise<Answer> {
  const options = body === undefined ? {} : { body }
  if (browser !== undefined) return browser.ask(route.split(' ')[0] ?? '', path, options)
  return ask(test.collector, route.split(' ')[0] ?? '', path, options)
}

describe('a route that changes anything', () => {
  it('is in the list of those whose entries are tested, or among the exceptions', async () => {
    const { body: document } = await ask(test.collector, 'GET', '/api/v1/openapi.json')
    const routes = Object.entries<object>(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations)
        .filter((method) => !['get', 'head'].includes(method))
        .map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(routes.sort()).toEqual([...Object.keys(CHANGES), ...Object.keys(EXCEPTIONS)].sort())
  })

  it.each(Object.keys(CHANGES))(
    '%s leaves its entry: who, what, on what, before and after, when and from where',
    async (route) => {
      const network = await setUp()
      const change = await CHANGES[route]?.(network)
      if (change === undefined) throw new Error('no such route')
      const beforeMs = Date.now()
      const answer = await requestOf(route, change)
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300)
      const { [route]: made = network.networkId } = {
        'POST /api/v1/networks': answer.body.id,
        'POST /api/v1/demo-network': answer.body.networkId,
      }
      const networkId = change.networkId === undefined ? made : change.networkId
      // Of a network that is gone the log of the installation tells.
      const ofInstallation = networkId === null ? '/api/v1/audit' : `/api/v1/audit?network=${networkId}`
      const log = change.networkId === undefined ? `/api/v1/networks/${networkId}/audit` : ofInstallation
      const { body } = await ask(test.collector, 'GET', log)
      const requestId = answer.headers.get('x-request-id')
      const entries = body.entries.filter((entry: Entry) => entry.requestId === requestId)
      expect(entries.toSorted((a: Entry, b: Entry) => (a.action < b.action ? -1 : 1))).toEqual(
        change.entries.map((entry) => ({
          ...entry,
          id: expect.any(String),
          atMs: expect.any(Number),
          actor: expect.objectContaining(change.actor ?? { kind: 'operator', id: null }),
          networkId,
          failure: null,
          address: HERE,
          requestId,
        })),
      )
      for (const { atMs } of entries) {
        expect(atMs).toBeGreaterThanOrEqual(beforeMs)
        expect(atMs).toBeLessThanOrEqual(Date.now())
      }
    },
  )

  it.each(Object.keys(CHANGES))('%s changes nothing when its entry cannot be written', async (route) => {
    const network = await setUp()
    const change = await CHANGES[route]?.(network)
    if (change === undefined) throw new Error('no such route')
    const before = await change.untouched()
    await postgres.query(
      `CREATE FUNCTION break_audit_log() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'broken'; END $$`,
    )
    await postgres.query(
      'CREATE TRIGGER broken BEFORE INSERT ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION break_audit_log()',
    )
    try {
      expect((await requestOf(route, change)).status).toBe(500)
    } finally {
      await postgres.query('DROP TRIGGER broken ON audit_log')
      await postgres.query('DROP FUNCTION break_audit_log()')
    }
    expect(await change.untouched()).toEqual(before)
    // And works again.
    expect((await requestOf(route, change)).status).toBeLessThan(300)
    expect(await change.untouched()).not.toEqual(before)
  })

  it('leaves none when nothing differs, or when it is refused', async () => {
    const { send, log, keyId } = await setUp()
    const before = await log()
    await send('PATCH', '', { name: 'Audited', archived: false })
    await send('PATCH', `/keys/${keyId}`, { name: 'test' })
    await send('PATCH', '', { name: '' })
    await send('POST', '/keys/019aa000-0000-7000-8000-000000000000/revoke')
    await send('PUT', '/gamemodes/nowhere', { gamemode: 'x' })
    await send('POST', '/ccu/rebuild', { fromMs: 2, toMs: 1 })
    expect(await log()).toEqual(before)
    await send('POST', `/keys/${keyId}/revoke`)
    await send('POST', `/keys/${keyId}/revoke`)
    await send('POST', `/keys/${keyId}/rotate`, {})
    expect((await log()).map(({ action }) => action)).toEqual(['key.revoked', ...before.map(({ action }) => action)])
  })

  it('says so when it was announced and failed', async () => {
    const network = await setUp()
    const id = await refused(network, { uuid: 'nobody' })
    const answer = await network.send('POST', `/dead-letters/${id}/replay`)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    const requestId = answer.headers.get('x-request-id')
    expect((await network.log()).slice(0, 2)).toMatchObject([
      { action: 'dead_letters.replayed', requestId, failure: answer.body.error.code, before: null, after: null },
      { action: 'dead_letters.replayed', requestId, failure: null, after: { state: 'replayed' } },
    ])
  })

  it('leaves entries that follow from each other, when many come at once', async () => {
    const { send, log, key, keyId } = await setUp()
    const names = Array.from({ length: 8 }, (_, i) => `name ${i}`)
    await Promise.all([
      ...names.map((name) => send('PATCH', '', { name })),
      ...names.map(() => send('POST', `/keys/${keyId}/rotate`, {})),
    ])
    const follow = (entries: readonly Entry[], field: string, first: unknown, last: unknown) => {
      const nextOf = new Map(entries.map(({ before, after }) => [(before as typeof after)?.[field], after?.[field]]))
      let value = first
      for (let i = 0; i < entries.length; i++) value = nextOf.get(value)
      expect(nextOf.size).toBe(entries.length)
      expect(value).toBe(last)
    }
    const changes = await log('?action=network.changed')
    expect(changes).toHaveLength(8)
    follow(changes, 'name', 'Audited', (await send('GET', '')).body.name)
    const rotations = await log('?action=key.rotated')
    expect(rotations).toHaveLength(8)
    const { rows } = await postgres.query(
      'SELECT last_four FROM api_key_secrets WHERE key_id = $1 AND expires_at_ms IS NULL',
      [keyId],
    )
    follow(rotations, 'lastFour', key.slice(-4), rows[0]?.last_four)
  })
})

describe('the log', () => {
  it('refuses to be changed, whoever asks', async () => {
    await setUp()
    for (const statement of [
      "UPDATE audit_log SET action = 'network.changed'",
      'UPDATE audit_log SET at_ms = 0 WHERE false',
      'DELETE FROM audit_log',
      'TRUNCATE audit_log',
      'INSERT INTO audit_log SELECT * FROM audit_log LIMIT 1 ON CONFLICT (id) DO UPDATE SET at_ms = 0',
    ]) {
      await expect(postgres.query(statement), statement).rejects.toThrow('audit_log is append only')
    }
    await postgres.query('BEGIN')
    await postgres.query('SET LOCAL session_replication_role = replica')
    await expect(postgres.query('DELETE FROM audit_log')).rejects.toThrow('audit_log is append only')
    await postgres.query('ROLLBACK')
  })

  it.each(['203.0.113.7/32', '203.0.113.0/25', '2001:db8::1/128', '2001:db8:1:2::/64'])(
    'has no room for the address %s',
    async (address) => {
      const insert = postgres.query(
        `INSERT INTO audit_log (id, at_ms, actor_kind, address, request_id, action, target_kind)
         VALUES (gen_random_uuid(), 1, 'operator', $1::cidr, gen_random_uuid(), 'network.changed', 'network')`,
        [address],
      )
      await expect(insert).rejects.toThrow('audit_log_address_check')
    },
  )

  it('holds no secret, whatever is sent', async () => {
    const { key, keyId, send, log, collector } = await setUp()
    const rotated = (await send('POST', `/keys/${keyId}/rotate`, {})).body.key
    const wrong = `mcto_${'wrong-token'.repeat(4).slice(0, 43)}`
    for (const secret of [key, rotated, collector.token, wrong]) {
      await ask(collector, 'GET', '/api/v1/networks', { headers: { authorization: `Bearer ${secret}` } })
      await send('PATCH', '', { name: secret })
      await send('POST', '/keys', { name: `old ${secret}`, gamemode: secret })
      await send('PATCH', `/keys/${keyId}`, { name: secret })
    }
    expect((await log()).length).toBeGreaterThanOrEqual(10)
    await until(
      async () => (await ask(collector, 'GET', '/api/v1/audit?action=sign_in.failed')).body.entries,
      (entries) => entries.length > 0,
    )
    const { rows } = await postgres.query('SELECT audit_log::text AS line FROM audit_log')
    const text = rows.map(({ line }) => line).join('\n')
    expect(text).toContain('[hidden]')
    for (const secret of [key, rotated, collector.token, wrong]) {
      expect(text).not.toContain(secret)
      expect(text).not.toContain(secret.slice(5))
    }
  })

  it('is listed newest first, page by page, and by what is asked', async () => {
    await withoutOwners()
    const { send, log, collector, networkId } = await setUp()
    const startedAtMs = Date.now()
    for (let i = 0; i < 5; i++) await send('PATCH', '', { name: `name ${i}` })
    const all = await log()
    expect(all.map(({ action }) => action)).toEqual([
      ...Array<string>(5).fill('network.changed'),
      'key.created',
      'network.created',
    ])
    expect(all[0]?.after).toEqual({ name: 'name 4' })

    const paged: Entry[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages++) {
      expect(pages).toBeLessThan(4)
      const { body } = await send('GET', `/audit?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`)
      paged.push(...body.entries)
      cursor = body.nextCursor
    }
    expect(paged).toEqual(all)

    const count = async (query: string) => (await log(query)).length
    expect(await count('?action=key.created')).toBe(1)
    expect(await count('?actor=operator')).toBe(7)
    expect(await count('?actor=unknown')).toBe(0)
    expect(await count(`?fromMs=${startedAtMs}&action=network.changed`)).toBe(5)
    expect(await count(`?toMs=${all[0]?.atMs}`)).toBeLessThan(7)
    expect(await count(`?fromMs=${Date.now() + 60_000}`)).toBe(0)

    const everything = await ask(collector, 'GET', `/api/v1/audit?network=${networkId}`)
    expect(everything.body.entries).toEqual(all)
    const other = await setUp()
    const { body } = await ask(collector, 'GET', '/api/v1/audit?limit=500')
    const networks = new Set(body.entries.map((entry: { networkId: string }) => entry.networkId))
    expect(networks).toContain(networkId)
    expect(networks).toContain(other.networkId)
    expect((await other.log()).every(({ id }) => !all.some((entry) => entry.id === id))).toBe(true)
  })

  it.each([
    ['cursor=nonsense'],
    ['action=network.painted'],
    ['actor=somebody'],
    ['limit=501'],
    ['fromMs=yesterday'],
    ['network=nonsense'],
  ])('refuses to be asked for %s', async (query) => {
    expect(await ask(test.collector, 'GET', `/api/v1/audit?${query}`)).toMatchObject({
      status: 400,
      body: { error: { code: 'QUERY_INVALID' } },
    })
  })

  it('of a network that is not there is not found', async () => {
    const path = '/api/v1/networks/019aa000-0000-7000-8000-000000000000/audit'
    expect((await ask(test.collector, 'GET', path)).body).toMatchObject({ error: { code: 'NETWORK_NOT_FOUND' } })
  })

  it('of an archived network stays readable, and says who restored it', async () => {
    await withoutOwners()
    const { send, log } = await setUp()
    await send('PATCH', '', { archived: true })
    expect((await log()).map(({ action }) => action)).toEqual(['network.archived', 'key.created', 'network.created'])
    const [archived] = await log()
    await send('PATCH', '', { archived: false })
    expect((await log())[0]).toMatchObject({
      action: 'network.restored',
      before: archived?.after,
      after: { archivedAtMs: null },
    })
  })
})

it('wrong tokens are written down with the network they come from, and a flood of them is counted', async () => {
  // On its own, so that no other test's wrong tokens are counted.
  const collector = await startTestCollector({
    env: { MCTRACK_CLICKHOUSE_URL: test.databases.clickhouseUrl, MCTRACK_POSTGRES_URL: test.databases.postgresUrl },
  })
  const startedAtMs = Date.now()
  const failed = async (): Promise<Entry[]> =>
    (await ask(test.collector, 'GET', `/api/v1/audit?action=sign_in.failed&fromMs=${startedAtMs}`)).body.entries
  const attempt = (headers: Readonly<Record<string, string>>) =>
    ask(collector, 'GET', '/api/v1/networks', { headers: { 'x-forwarded-for': '203.0.113.7', ...headers } })
  try {
    await fetch(`${collector.url}/api/v1/networks`) // No token is no wrong one.
    const first = await attempt({ authorization: 'Bearer wrong' })
    expect(first.status).toBe(401)
    const [entry] = await until(failed, (entries) => entries.length > 0)
    expect(entry).toEqual({
      id: expect.any(String),
      atMs: expect.any(Number),
      actor: { kind: 'unknown', id: null, name: null },
      action: 'sign_in.failed',
      networkId: null,
      target: { kind: 'operator', id: null },
      before: null,
      after: { attempts: 1, firstAtMs: expect.any(Number), lastAtMs: expect.any(Number) },
      failure: null,
      address: HERE,
      requestId: first.headers.get('x-request-id'),
    })
    for (let i = 0; i < 20; i++) {
      await Promise.all(Array.from({ length: 25 }, () => attempt({ authorization: `Bearer wrong-${i}` })))
    }
    expect(await failed()).toHaveLength(1)
  } finally {
    await collector.remove()
  }
  // What was counted is written when the collector stops.
  expect(await failed()).toMatchObject([{ after: { attempts: 500 } }, { after: { attempts: 1 } }])
})
