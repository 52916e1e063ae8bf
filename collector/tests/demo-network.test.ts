import pg from 'pg'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadStoredTables } from '../src/erasure/index.ts'
import {
  ask,
  createNetwork,
  createPerson,
  createTestDatabases,
  setUpCollector,
  startTestCollector,
  type TestCollector,
  until,
} from './support/index.ts'
import { isRedisAvailable, startTestRedis } from './support/redis.ts'

const DAY_MS = 86_400_000
const LOADED_MS = 120_000
const test = setUpCollector()
const PATH = '/api/v1/demo-network'

type Asked = Parameters<typeof ask>[0]
const stateOf = async (collector: Asked) => (await ask(collector, 'GET', PATH)).body
const load = (body?: object) => ask(test.collector, 'POST', PATH, body === undefined ? {} : { body })
const untilPhase = (collector: Asked, phase: string) =>
  until(
    () => stateOf(collector),
    (state) => state.phase === phase,
    LOADED_MS,
  )

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

/** Process ids of the simulators that a collector started, by what it logged. */
function simulatorsOf(log: string): number[] {
  return log
    .split('\n')
    .filter((line) => line.includes('the demo network is played"'))
    .map((line) => JSON.parse(line).pid)
}
const untilEnded = (pids: readonly number[]) =>
  until(
    () => pids.filter(isAlive),
    (alive) => alive.length === 0,
  )

async function rowsOf(networkId: string): Promise<Record<string, number>> {
  const { clickhouse, postgresUrl } = test.databases
  const counts: Record<string, number> = {}
  for (const { name } of await loadStoredTables(clickhouse)) {
    const sql = `SELECT count() AS rows FROM ${name} WHERE network_id = {networkId:UUID}`
    counts[name] = (await clickhouse.select<{ rows: number }>(sql, { networkId }))[0]?.rows ?? 0
  }
  const db = new pg.Client({ connectionString: postgresUrl })
  await db.connect()
  try {
    const { rows: tables } = await db.query(
      `SELECT table_name FROM information_schema.columns
       WHERE table_schema = 'public' AND column_name = 'network_id' AND table_name <> 'audit_log'`,
    )
    for (const { table_name: name } of tables) {
      const { rows } = await db.query(`SELECT count(*)::int AS n FROM ${name} WHERE network_id = $1`, [networkId])
      counts[`postgres ${name}`] = rows[0]?.n
    }
  } finally {
    await db.end()
  }
  return counts
}

afterEach(async () => {
  await ask(test.collector, 'DELETE', PATH)
})

describe('the demo network', () => {
  it('is loaded with a past, lives, and leaves nothing behind', async () => {
    const { collector } = test
    const real = await createNetwork(collector, { name: 'Real' })
    const loaded = await load({ days: 1, timeZone: 'Europe/Berlin', currency: 'USD' })
    expect(loaded).toMatchObject({ status: 201, body: { phase: 'starting', sessions: 0, failure: null } })
    const { networkId } = loaded.body
    const path = `/api/v1/networks/${networkId}`
    expect((await ask(collector, 'GET', path)).body).toMatchObject({
      name: 'Demo network',
      isDemo: true,
      timeZone: 'Europe/Berlin',
      currency: 'USD',
    })
    expect((await ask(collector, 'GET', real.path)).body).toMatchObject({ isDemo: false })

    const { total } = await until(
      async () => (await ask(collector, 'GET', `${path}/live`)).body,
      (live) => live.total > 0,
      LOADED_MS,
    )
    expect(total).toBeGreaterThan(0)
    const state = await untilPhase(collector, 'live')
    expect(state).toMatchObject({ networkId, historyShare: expect.any(Number), failure: null })
    expect(state.sessions).toBeGreaterThan(500)
    expect(state.events).toBeGreaterThan(state.sessions)

    const { body: players } = await ask(collector, 'GET', `${path}/players`)
    expect(players.players.length).toBeGreaterThan(10)
    const nowMs = Date.now()
    const ccu = await ask(collector, 'GET', `${path}/ccu?fromMs=${nowMs - DAY_MS + 3_600_000}&toMs=${nowMs - 60_000}`)
    const total24: Array<number | null> = ccu.body.series[0].players
    expect(total24.slice(0, -2).filter((value) => value === null)).toEqual([])
    expect(ccu.body.peak).toBeGreaterThan(10)

    expect(await load()).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })

    const pids = simulatorsOf(collector.log())
    expect(pids.filter(isAlive)).toHaveLength(1)
    const removed = await ask(collector, 'DELETE', PATH)
    expect(removed).toMatchObject({ status: 200, body: { networkId: null, phase: 'none' } })
    await untilEnded(pids)
    expect(await ask(collector, 'GET', path)).toMatchObject({ status: 404 })
    // What a collector had taken and not stored when it was removed follows by itself.
    await until(
      async () => Object.entries(await rowsOf(networkId)).filter(([, rows]) => rows > 0),
      (left) => left.length === 0,
      60_000,
    )
    expect((await ask(collector, 'GET', real.path)).status).toBe(200)
    const { body: audit } = await ask(collector, 'GET', `/api/v1/audit?network=${networkId}`)
    expect(audit.entries).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ action: 'network.created', after: expect.objectContaining({ isDemo: true }) }),
        expect.objectContaining({ action: 'key.created', actor: expect.objectContaining({ kind: 'system' }) }),
        expect.objectContaining({ action: 'network.deleted', before: expect.objectContaining({ isDemo: true }) }),
      ]),
    )
    expect((await ask(collector, 'DELETE', PATH)).body).toMatchObject({ phase: 'none' })
  }, 240_000)

  it('belongs to whoever loads it, who must be allowed to create networks', async () => {
    const viewer = await createPerson(test.collector)
    const { path } = await createNetwork(test.collector)
    await ask(test.collector, 'POST', `${path}/members`, { body: { email: viewer.email, role: 'viewer' } })
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(await viewer.browser.ask(method, PATH), method).toMatchObject({
        status: 403,
        body: { error: { code: 'FORBIDDEN' } },
      })
    }
    const owner = await createPerson(test.collector, { ownsInstallation: true })
    const { body } = await owner.browser.ask('POST', PATH, { body: { days: 1 } })
    expect(body).toMatchObject({ networkId: expect.any(String) })
    const members = await owner.browser.ask('GET', `/api/v1/networks/${body.networkId}/members`)
    expect(members.body).toEqual([expect.objectContaining({ userId: owner.userId, role: expect.anything() })])
    expect((await owner.browser.ask('DELETE', PATH)).body).toMatchObject({ phase: 'none' })
  })

  it.each([{ days: 0 }, { days: 61 }, { days: 1.5 }, { timeZone: 'Mars/Olympus' }, { currency: 'XXQ' }, { name: 'x' }])(
    'is not loaded with %j',
    async (body) => {
      expect(await load(body)).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
    },
  )

  it('is loaded once when two ask at the same time', async () => {
    const answers = await Promise.all([load({ days: 1 }), load({ days: 1 })])
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
  })

  it('is not played while it is archived, and says so', async () => {
    const { body } = await load({ days: 1 })
    const path = `/api/v1/networks/${body.networkId}`
    const before = simulatorsOf(test.collector.log()).length
    const [pid = 0] = await until(
      () => simulatorsOf(test.collector.log()).slice(before),
      (pids) => pids.length > 0,
    )
    await ask(test.collector, 'PATCH', path, { body: { archived: true } })
    await untilEnded([pid])
    expect(await stateOf(test.collector)).toMatchObject({
      phase: 'failed',
      failure: expect.stringContaining('archived'),
    })
    await ask(test.collector, 'PATCH', path, { body: { archived: false } })
    await untilPhase(test.collector, 'live')
  }, 180_000)
})

describe('a collector that plays it', () => {
  let databases: Awaited<ReturnType<typeof createTestDatabases>>
  beforeAll(async () => {
    databases = await createTestDatabases()
    return () => databases.drop()
  })

  it('begins again when it was killed while it loaded, goes on when it was stopped, and takes the simulator with it', async () => {
    const env = { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: databases.postgresUrl }
    let collector = await startTestCollector({ env })
    const { dataDirectory } = collector
    try {
      const { body } = await ask(collector, 'POST', PATH, { body: { days: 2 } })
      // Of the past, which nothing is added to once it is there.
      const beforeMs = Date.now() - 3_600_000
      const sessionsOf = async (): Promise<number> => {
        const [row] = await databases.clickhouse.select<{ rows: number }>(
          `SELECT count() AS rows FROM network_sessions FINAL
           WHERE network_id = {networkId:UUID} AND started_at < fromUnixTimestamp64Milli({beforeMs:Int64})`,
          { networkId: body.networkId, beforeMs },
        )
        return row?.rows ?? 0
      }
      await until(sessionsOf, (rows) => rows > 0, LOADED_MS)
      const first = simulatorsOf(collector.log())
      expect(first.filter(isAlive)).toHaveLength(1)
      await collector.kill()
      await untilEnded(first)

      collector = await startTestCollector({ env, dataDirectory })
      await untilPhase(collector, 'live')
      const loaded = await sessionsOf()
      const players = await databases.clickhouse.select(
        `SELECT player_id, started_at FROM network_sessions FINAL
         WHERE network_id = {networkId:UUID} AND started_at < fromUnixTimestamp64Milli({beforeMs:Int64})
         GROUP BY player_id, started_at HAVING count() > 1`,
        { networkId: body.networkId, beforeMs },
      )
      // Nothing is there twice.
      expect(players).toEqual([])
      const second = simulatorsOf(collector.log())
      await collector.stop()
      expect(second.filter(isAlive)).toEqual([])

      collector = await startTestCollector({ env, dataDirectory })
      await until(
        async () => (await ask(collector, 'GET', `/api/v1/networks/${body.networkId}/live`)).body.total,
        (total) => total > 0,
        LOADED_MS,
      )
      await untilPhase(collector, 'live')
      expect(await sessionsOf()).toBe(loaded)
    } finally {
      await collector.remove()
    }
  }, 300_000)
})

describe.each(isRedisAvailable() ? ['Redis'] : [])('several collectors before %s', () => {
  it('play it in one of them, and in another one when that one dies', async () => {
    const redis = await startTestRedis()
    const databases = await createTestDatabases()
    const env = {
      MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
      MCTRACK_POSTGRES_URL: databases.postgresUrl,
      MCTRACK_REDIS_URL: redis.url,
    }
    const collectors: TestCollector[] = []
    try {
      collectors.push(await startTestCollector({ env }), await startTestCollector({ env }))
      const [first, second] = collectors
      if (first === undefined || second === undefined) throw new Error('not started')
      await ask(first, 'POST', PATH, { body: { days: 1 } })
      // Whichever plays it, each tells how far it is.
      const { networkId } = await untilPhase(second, 'live')
      const playing = collectors.filter((collector) => simulatorsOf(collector.log()).length > 0)
      expect(playing).toHaveLength(1)
      const [dead = first] = playing
      const alive = dead === first ? second : first
      await dead.kill()
      const [pid = 0] = await until(
        () => simulatorsOf(alive.log()),
        (pids) => pids.length > 0,
        60_000,
      )
      await until(
        async () => (await ask(alive, 'GET', `/api/v1/networks/${networkId}/live`)).body.total,
        (total) => total > 0,
        60_000,
      )
      expect((await ask(alive, 'DELETE', PATH)).body).toMatchObject({ phase: 'none' })
      expect(isAlive(pid)).toBe(false)
    } finally {
      await Promise.all(collectors.map((collector) => collector.remove()))
      await databases.drop()
      await redis.stop()
    }
  }, 240_000)
})
