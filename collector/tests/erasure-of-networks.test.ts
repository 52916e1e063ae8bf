import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadStoredTables } from '../src/erasure/index.ts'
import { TABLES } from '../src/storage/index.ts'
import {
  ask,
  connectRaw,
  createNetwork,
  createTestDatabases,
  setUpCollector,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
} from './support/index.ts'
import { isRedisAvailable, startTestRedis, type TestRedis } from './support/redis.ts'

const DAY_MS = 86_400_000
const test = setUpCollector()
let postgres: pg.Client
beforeAll(async () => {
  postgres = new pg.Client({ connectionString: test.databases.postgresUrl })
  await postgres.connect()
})
afterAll(() => postgres?.end())

async function setUp(name = 'Doomed') {
  const { collector } = test
  const network = await createNetwork(collector, { name })
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  const ingest = (path: string, body: unknown) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': network.key } })
  return { ...network, send, ingest }
}

const join = { server: 'lobby-1', uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' }

/** Rows of a network in ClickHouse, by table. */
async function rowsOf({ clickhouse }: TestDatabases, networkId: string): Promise<Record<string, number>> {
  const counted = (await loadStoredTables(clickhouse)).map(async ({ name }) => {
    const sql = `SELECT count() AS rows FROM ${name} WHERE network_id = {networkId:UUID}`
    const [row] = await clickhouse.select<{ rows: number }>(sql, { networkId })
    return [name, row?.rows ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

/** A row of the network in every table of ClickHouse that holds rows of networks. */
async function fillTables({ clickhouse }: TestDatabases, networkId: string): Promise<void> {
  for (const { name, columns } of await loadStoredTables(clickhouse)) {
    // Of now: some tables let go of what is old.
    const instants = columns.filter(({ type }) => type.startsWith('DateTime')).map((column) => column.name)
    await clickhouse.command(
      `INSERT INTO ${name} (${['network_id', ...instants]}) SELECT {networkId:UUID} ${instants.map(() => ', now()').join('')}`,
      { networkId },
    )
  }
}

/** Rows of a network in PostgreSQL, by table: whatever table has a column for it. */
async function accountsOf(networkId: string): Promise<Record<string, number>> {
  const { rows: tables } = await postgres.query(
    `SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'network_id'`,
  )
  const counts: Record<string, number> = {}
  for (const { table_name: name } of tables) {
    const { rows } = await postgres.query(`SELECT count(*)::int AS n FROM ${name} WHERE network_id = $1`, [networkId])
    counts[name] = rows[0]?.n
  }
  const { rows } = await postgres.query('SELECT count(*)::int AS n FROM networks WHERE id = $1', [networkId])
  return { ...counts, networks: rows[0]?.n }
}

/** The seven days are over. */
async function letItBeDue(networkId: string, db: pg.Client = postgres): Promise<void> {
  const { rowCount } = await db.query('UPDATE networks SET delete_at_ms = $2 WHERE id = $1', [networkId, Date.now()])
  expect(rowCount).toBe(1)
}

const untilGone = (path: string) =>
  until(
    async () => (await ask(test.collector, 'GET', path)).status,
    (status) => status === 404,
    60_000,
  )

describe('deleting a network', () => {
  it('asks for its name, archives it at once and waits seven days', async () => {
    const { send, ingest, networkId, collector, key } = { ...(await setUp()), collector: test.collector }
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    for (const name of ['doomed', 'Doomed ', '']) {
      expect(await send('POST', '/deletion', { name })).toMatchObject({
        status: 422,
        body: { error: { code: 'CONFIRMATION_WRONG' } },
      })
    }
    const beforeMs = Date.now()
    const { body } = await send('POST', '/deletion', { name: 'Doomed' })
    expect(body).toMatchObject({ id: networkId, archivedAtMs: expect.any(Number) })
    expect(body.deleteAtMs - beforeMs).toBeGreaterThanOrEqual(7 * DAY_MS)
    expect(body.deleteAtMs - Date.now()).toBeLessThanOrEqual(7 * DAY_MS)
    expect(await socket.closed).toMatchObject({ reason: 'NETWORK_ARCHIVED' })
    expect(await ingest('/session/start', join)).toMatchObject({ body: { error: { code: 'NETWORK_ARCHIVED' } } })
    expect((await send('POST', '/deletion', { name: 'Doomed' })).body).toEqual(body)
    expect((await ask(collector, 'GET', '/api/v1/networks')).body).not.toContainEqual(
      expect.objectContaining({ id: networkId }),
    )
  })

  it('can be taken back, which restores it, and not by restoring it', async () => {
    const { send, ingest } = await setUp()
    const { body: before } = await send('GET', '')
    await send('POST', '/deletion', { name: 'Doomed' })
    expect(await send('PATCH', '', { archived: false })).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT', message: expect.stringContaining('Take the deletion back first') } },
    })
    expect((await send('DELETE', '/deletion')).body).toEqual(before)
    expect((await send('DELETE', '/deletion')).body).toEqual(before)
    expect((await ingest('/session/start', join)).status).toBe(200)
  })

  it('taken back leaves a network archived that was so before', async () => {
    const { send } = await setUp()
    const { body: archived } = await send('PATCH', '', { archived: true })
    await send('POST', '/deletion', { name: 'Doomed' })
    expect((await send('DELETE', '/deletion')).body).toEqual(archived)
    expect((await send('PATCH', '', { archived: false })).body).toMatchObject({ archivedAtMs: null })
  })

  it('removes every row of it from both databases, and nothing else', async () => {
    const { collector, databases } = test
    const other = await setUp('Spared')
    const doomed = await setUp()
    for (const { ingest } of [doomed, other]) {
      await ingest('/session/start', join)
      await ingest('/session/start', { ...join, uuid: 'nobody' })
    }
    await fillTables(databases, other.networkId)
    await fillTables(databases, doomed.networkId)
    const tables = await rowsOf(databases, doomed.networkId)
    expect(Object.keys(tables)).toEqual(expect.arrayContaining([...Object.keys(TABLES), 'players']))
    for (const [table, rows] of Object.entries(tables)) expect(rows, table).toBeGreaterThan(0)
    await doomed.send('POST', '/deletion', { name: 'Doomed' })
    const accounts = await until(
      () => accountsOf(doomed.networkId),
      (counts) => (counts['instances'] ?? 0) > 0,
      30_000,
    )
    expect(accounts).toMatchObject({ networks: 1, servers: 1, api_keys: 1, backends: 1 })

    await letItBeDue(doomed.networkId)
    expect(await doomed.send('DELETE', '/deletion')).toMatchObject({ body: { error: expect.anything() } })
    await untilGone(doomed.path)
    for (const [table, rows] of Object.entries(await rowsOf(databases, doomed.networkId))) expect(rows, table).toBe(0)
    const { audit_log: entries, ...left } = await accountsOf(doomed.networkId)
    for (const [table, rows] of Object.entries(left)) expect(rows, table).toBe(0)
    expect(entries).toBeGreaterThan(0)

    for (const [table, rows] of Object.entries(await rowsOf(databases, other.networkId))) {
      expect(rows, table).toBeGreaterThan(0)
    }
    expect(await other.send('GET', '/live')).toMatchObject({ status: 200, body: { total: 1 } })
    expect(await doomed.ingest('/session/start', join)).toMatchObject({ body: { error: { code: 'KEY_UNKNOWN' } } })
    const { body } = await ask(collector, 'GET', `/api/v1/audit?network=${doomed.networkId}`)
    expect(body.entries.slice(0, 2)).toMatchObject([
      {
        action: 'network.deleted',
        actor: { kind: 'system', id: null },
        target: { kind: 'network', id: doomed.networkId },
        before: { name: 'Doomed' },
        after: null,
        address: null,
      },
      { action: 'network.deletion_requested', actor: { kind: 'operator' } },
    ])
    expect(collector.log()).toContain('a network was deleted, with all that was stored of it')
  })

  it('finishes what a crash left: rows that are gone already, and rows that come late', async () => {
    const { collector, databases } = test
    const { networkId, path, send } = await setUp()
    await fillTables(databases, networkId)
    await send('POST', '/deletion', { name: 'Doomed' })
    await databases.clickhouse.command(
      'ALTER TABLE network_sessions DELETE WHERE network_id = {networkId:UUID} SETTINGS mutations_sync = 1',
      { networkId },
    )
    await letItBeDue(networkId)
    await untilGone(path)
    await fillTables(databases, networkId)
    await until(
      async () => Object.values(await rowsOf(databases, networkId)).reduce((sum, rows) => sum + rows, 0),
      (rows) => rows === 0,
      60_000,
    )
    const { body } = await ask(collector, 'GET', `/api/v1/audit?network=${networkId}&action=network.deleted`)
    expect(body.entries).toHaveLength(1)
  })

  it('is done after a restart, when no collector ran at its time', async () => {
    const databases = await createTestDatabases()
    const env = { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: databases.postgresUrl }
    const db = new pg.Client({ connectionString: databases.postgresUrl })
    await db.connect()
    let collector = await startTestCollector({ env })
    const { dataDirectory } = collector
    try {
      const { networkId, path } = await createNetwork(collector, { name: 'Doomed' })
      await fillTables(databases, networkId)
      await ask(collector, 'POST', `${path}/deletion`, { body: { name: 'Doomed' } })
      await collector.kill()
      await letItBeDue(networkId, db)
      collector = await startTestCollector({ env, dataDirectory })
      await until(
        async () => (await ask(collector, 'GET', path)).status,
        (status) => status === 404,
        60_000,
      )
      for (const [table, rows] of Object.entries(await rowsOf(databases, networkId))) expect(rows, table).toBe(0)
    } finally {
      await collector.remove()
      await db.end()
      await databases.drop()
    }
  })
})

describe.each(isRedisAvailable() ? ['Redis'] : [])('several collectors before %s', () => {
  let redis: TestRedis
  let databases: TestDatabases
  let db: pg.Client
  const collectors: TestCollector[] = []
  beforeAll(async () => {
    redis = await startTestRedis()
    databases = await createTestDatabases()
    db = new pg.Client({ connectionString: databases.postgresUrl })
    await db.connect()
    for (const roles of ['ingest,worker,api', 'ingest,worker,api']) {
      const env = {
        MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: databases.postgresUrl,
        MCTRACK_REDIS_URL: redis.url,
        MCTRACK_ROLES: roles,
      }
      collectors.push(await startTestCollector({ env }))
    }
  })
  afterAll(async () => {
    await Promise.all(collectors.map((collector) => collector.remove()))
    await db?.end()
    await databases?.drop()
    await redis?.stop()
  })

  it('one removes the network, and the others forget it', async () => {
    const [first, second] = collectors
    if (first === undefined || second === undefined) throw new Error('not started')
    const { networkId, path, key } = await createNetwork(first, { name: 'Doomed' })
    await until(
      async () => (await ask(second, 'GET', path)).status,
      (status) => status === 200,
    )
    for (const collector of collectors) {
      const start = { ...join, server: `lobby-${collector.port}` }
      await ask(collector, 'POST', '/v1/ingest/session/start', { body: start, headers: { 'x-api-key': key } })
    }
    await ask(second, 'POST', `${path}/deletion`, { body: { name: 'Doomed' } })
    await letItBeDue(networkId, db)
    for (const collector of collectors) {
      await until(
        async () => (await ask(collector, 'GET', path)).status,
        (status) => status === 404,
        60_000,
      )
    }
    for (const [table, rows] of Object.entries(await rowsOf(databases, networkId))) expect(rows, table).toBe(0)
    const { body } = await ask(first, 'GET', `/api/v1/audit?network=${networkId}&action=network.deleted`)
    expect(body.entries).toHaveLength(1)
    // What both held of it is no reason to fail: heartbeats of others are stored as before.
    const next = await createNetwork(first)
    await ask(first, 'POST', '/v1/ingest/session/start', { body: join, headers: { 'x-api-key': next.key } })
    await until(
      async () => (await db.query('SELECT 1 FROM instances WHERE network_id = $1', [next.networkId])).rowCount,
      (rows) => rows === 1,
      40_000,
    )
  })
})
