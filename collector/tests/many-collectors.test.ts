import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from '@mctrack/sdk'
import { formatUuid } from '@mctrack/sdk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  createTestDatabases,
  LANE,
  makeId,
  sessionFields,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
} from './support/index.ts'
import { isRedisAvailable, startTestRedis, type TestRedis } from './support/redis.ts'

describe.each(isRedisAvailable() ? ['Redis'] : [])('several collectors before %s', () => {
  let redis: TestRedis
  let databases: TestDatabases
  let first: TestCollector
  let second: TestCollector
  let api: TestCollector

  const start = (env: Record<string, string> = {}) =>
    startTestCollector({
      env: {
        MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: databases.postgresUrl,
        MCTRACK_REDIS_URL: redis.url,
        ...env,
      },
    })

  beforeAll(async () => {
    redis = await startTestRedis()
    databases = await createTestDatabases()
    first = await start({ MCTRACK_ROLES: 'ingest,worker' })
    second = await start({ MCTRACK_ROLES: 'ingest,worker' })
    api = await start({ MCTRACK_ROLES: 'api' })
  })
  afterAll(async () => {
    await Promise.all([first, second, api].map((collector) => collector?.remove()))
    await databases?.drop()
    await redis?.stop()
  })

  /** Redis is back, and all of them hear each other again: each tries anew at times of its own. */
  async function comeBack(): Promise<void> {
    await redis.comeBack()
    for (const collector of [first, second, api]) {
      await until(
        collector.log,
        (log) => log.lastIndexOf('can be heard again') >= log.lastIndexOf('cannot be heard'),
        10_000,
      )
    }
  }

  async function setUp() {
    const network = await createNetwork(api)
    const live = async () => (await ask(api, 'GET', `${network.path}/live`)).body
    const connect = async (collector: TestCollector, name: string) => {
      // A key that was just created is known to the others a moment later.
      const socket = await until(
        () => connectRaw(collector.endpoint, network.key).catch(() => undefined),
        (connected) => connected !== undefined,
      )
      if (socket === undefined) throw new Error('not connected')
      await socket.hello({ server: [name, 1] })
      socket.snapshot(0, [])
      return socket
    }
    return { ...network, live, connect }
  }

  it('each answer for all, and count a player once', async () => {
    const { live, connect } = await setUp()
    const a = await connect(first, 'proxy-1')
    const b = await connect(second, 'proxy-2')
    const player = makeId()
    a.batch(LANE.sessions, 1, [
      [1, sessionFields(), null],
      [1, sessionFields({ player }), null],
    ])
    b.batch(LANE.sessions, 1, [
      [1, sessionFields(), null],
      [1, sessionFields({ player, startedAtMs: Date.now() + 1 }), null],
    ])
    await until(live, ({ total }) => total === 3)
    expect(await live()).toMatchObject({ byServer: { 'proxy-1': 1, 'proxy-2': 2 }, serversConnected: 2 })
    a.close()
    b.close()
  })

  it('cut the sockets of a revoked key wherever they are', async () => {
    const { connect, path, keyId } = await setUp()
    const sockets = [await connect(first, 'a'), await connect(second, 'b')]
    await ask(api, 'POST', `${path}/keys/${keyId}/revoke`)
    for (const socket of sockets) expect(await socket.closed).toMatchObject({ reason: 'KEY_REVOKED' })
  })

  it.each([
    { what: 'as soon as Redis is back', isBack: true, withinMs: 10_000 },
    { what: 'within 15 seconds while it stays away', isBack: false, withinMs: 20_000 },
  ])('cut the sockets of a key that was revoked while Redis was away, $what', async ({ isBack, withinMs }) => {
    const { connect, path, keyId, key } = await setUp()
    const socket = await connect(first, 'a')
    let isCut = false
    void socket.closed.then(() => {
      isCut = true
    })
    await redis.goAway()
    await ask(api, 'POST', `${path}/keys/${keyId}/revoke`)
    if (isBack) await comeBack()
    await until(() => isCut, Boolean, withinMs)
    expect(await socket.closed).toMatchObject({ reason: 'KEY_REVOKED' })
    await expect(connectRaw(first.endpoint, key)).rejects.toThrow()
    if (!isBack) await comeBack()
  })

  it('count players by a game mode that was mapped on another one', async () => {
    const { connect, path } = await setUp()
    const other = await start({ MCTRACK_ROLES: 'api' })
    const socket = await connect(first, 'proxy-1')
    socket.batch(LANE.sessions, 1, [[1, sessionFields(), [0, 'sg-1', Date.now()]]])
    await socket.acknowledged(LANE.sessions, 1)
    const byGamemode = async () => (await ask(other, 'GET', `${path}/live`)).body.byGamemode
    await until(byGamemode, (counts) => counts['sg-1'] === 1)
    const mapped = await ask(api, 'PUT', `${path}/gamemodes/sg-1`, { body: { gamemode: 'survival games' } })
    expect(mapped.status).toBe(200)
    await until(byGamemode, (counts) => counts['survival games'] === 1)
    socket.close()
    await other.remove()
  })

  it('forget a player who opted out on another one', async () => {
    const { connect, path, live } = await setUp()
    const socket = await connect(first, 'proxy-1')
    const player = makeId()
    socket.batch(LANE.sessions, 1, [
      [1, sessionFields({ player }), null],
      [1, sessionFields(), null],
    ])
    await until(live, ({ total }) => total === 2)
    const optedOut = await ask(api, 'PUT', `${path}/opt-outs/${formatUuid(player)}`)
    expect(optedOut.status).toBe(200)
    await until(live, ({ total }) => total === 1)
    socket.batch(LANE.sessions, 3, [[1, sessionFields({ player }), null]])
    await socket.acknowledged(LANE.sessions, 3)
    expect(await live()).toMatchObject({ total: 1 })
    socket.close()
  })

  it('list a backend that another one has just seen', async () => {
    const { path, connect } = await setUp()
    const listed = async () => (await ask(api, 'GET', `${path}/gamemodes`)).body
    expect(await listed()).toEqual([])
    const a = await connect(first, 'proxy-1')
    const startedAtMs = Date.now()
    a.batch(LANE.sessions, 1, [[1, sessionFields({ startedAtMs }), [0, 'skyblock-1', startedAtMs]]])
    await until(listed, ([backend]) => backend?.backend === 'skyblock-1', 5_000)
  })

  it('know what the others told while Redis was away, as soon as it is back', async () => {
    const { connect, live } = await setUp()
    const socket = await connect(first, 'proxy-1')
    const fields = sessionFields()
    socket.batch(LANE.sessions, 1, [[1, fields, null]])
    await until(live, ({ total }) => total === 1)
    await redis.goAway()
    socket.batch(LANE.sessions, 2, [[3, fields, null, Date.now() + 5, 1, 0]])
    await socket.acknowledged(LANE.sessions, 2)
    expect((await live()).total).toBe(1)
    await comeBack()
    await until(live, ({ total, serversConnected }) => total === 0 && serversConnected === 1, 10_000)
    socket.close()
  })

  it('keep a session that moves from one to the other, stored once and ended by its own word', async () => {
    const { live, connect, key, networkId } = await setUp()
    const a = await connect(first, 'proxy-1')
    const fields = sessionFields()
    a.batch(LANE.sessions, 1, [[1, fields, null]])
    await a.acknowledged(LANE.sessions, 1)
    await until(live, ({ total }) => total === 1)
    // The second one hears of it when the API does, but has nothing to be asked.
    await sleep(250)
    a.terminate()
    const b = await connectRaw(second.endpoint, key, { instance: a.instance })
    expect((await b.hello({ server: ['proxy-1', 1], acked: [1, 0] }))[3]).toBe(true)
    b.snapshot(1, [[fields, null]])
    b.batch(LANE.sessions, 2, [[3, fields, null, Date.now() + 5, 1, 0]])
    await b.acknowledged(LANE.sessions, 2)
    await until(live, ({ total }) => total === 0)
    const rows = await databases.clickhouse.select(
      'SELECT end_reason FROM network_sessions FINAL WHERE network_id = {networkId:UUID}',
      { networkId },
    )
    expect(rows).toEqual([{ end_reason: 'quit' }])
    b.close()
  })

  it('bear the death of one: its servers go to the other, and the numbers are right again', async () => {
    const { live, key } = await setUp()
    const doomed = await start({ MCTRACK_ROLES: 'ingest,worker' })
    const port = doomed.port
    const client = createClient({
      key,
      endpoint: doomed.endpoint,
      server: { name: 'proxy-1', kind: 'proxy' },
      spool: { directory: false },
    })
    client.join({ uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' })
    await until(live, ({ total }) => total === 1)
    await doomed.kill()
    // Another one takes its place at the same address, as behind a load balancer.
    const heir = await startTestCollector({
      port,
      env: {
        MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: databases.postgresUrl,
        MCTRACK_REDIS_URL: redis.url,
        MCTRACK_ROLES: 'ingest,worker',
      },
    })
    await until(
      () => client.status().link,
      (link) => link === 'connected',
    )
    await until(live, ({ total, serversConnected }) => total === 1 && serversConnected === 1, 20_000)
    await client.close()
    await until(live, ({ total }) => total === 0)
    await doomed.remove()
    await heir.remove()
  })
})
