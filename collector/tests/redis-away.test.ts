import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  createNetwork,
  createTestDatabases,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
} from './support/index.ts'
import { isRedisAvailable, startTestRedis, type TestRedis } from './support/redis.ts'

describe.each(isRedisAvailable() ? ['Redis'] : [])('while %s is away', () => {
  let redis: TestRedis
  let databases: TestDatabases
  let collector: TestCollector

  beforeAll(async () => {
    redis = await startTestRedis()
    databases = await createTestDatabases()
    collector = await startTestCollector({
      env: {
        MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: databases.postgresUrl,
        MCTRACK_REDIS_URL: redis.url,
      },
    })
  })
  afterAll(async () => {
    await collector?.remove()
    await databases?.drop()
    await redis?.stop()
  })

  it.each([
    {
      what: 'gone',
      goAway: () => redis.goAway(),
      comeBack: () => redis.comeBack(),
      told: 'the connection to Redis failed',
      times: 1,
    },
    {
      what: 'silent',
      goAway: () => redis.freeze(true),
      comeBack: () => redis.freeze(false),
      told: 'news for other collectors could not be told',
      times: 2,
    },
  ])(
    'or $what, HTTP ingest says that it may be tried again, and works again after',
    async ({ goAway, comeBack, told, times }) => {
      const { key } = await createNetwork(collector)
      const body = { server: 'web', uuid: '069a79f4-44e9-4726-a5be-fca90e38aaf5', name: 'Notch' }
      const ingest = () => ask(collector, 'POST', '/v1/ingest/session/start', { body, headers: { 'x-api-key': key } })
      expect((await ingest()).status).toBe(200)
      await goAway()
      const refused = await ingest()
      expect(refused, JSON.stringify(refused.body)).toMatchObject({
        status: 503,
        body: { error: { code: 'STORAGE_UNAVAILABLE' } },
      })
      await createNetwork(collector) // Which is news for the others.
      await until(
        async () => collector.log(),
        (log) => log.includes(told),
      )
      await comeBack()
      await until(ingest, ({ status }) => status === 200)
      await createNetwork(collector)
      await until(
        async () => collector.log().split('Redis answers again').length - 1,
        (answers) => answers === times,
      )
    },
  )

  it('the log tells it once, without a stack', () => {
    const told = collector
      .log()
      .split('\n')
      .filter((line) => line.includes('the connection to Redis failed'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('"reason":')
    expect(told[0]).not.toContain('ioredis')
    expect(collector.log()).toContain('Redis answers again')
  })
})
