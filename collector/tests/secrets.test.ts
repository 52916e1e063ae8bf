import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  createTestDatabases,
  LANE,
  sessionFields,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
} from './support/index.ts'
import { isRedisAvailable, startTestRedis, type TestRedis } from './support/redis.ts'

const WRONG_KEY = `mct_${'WrongKey'.repeat(4)}`
const WRONG_TOKEN = `mcto_${'wrong-token'.repeat(4).slice(0, 43)}`
const REDIS_PASSWORD = 'secretOfRedis'
const POSTGRES_PASSWORD = 'secretOfPostgres'
const COOKIE = 'secretOfCookie'
const ADDRESSES = ['198.51.100.33', '2001:db8:88::abcd']

describe.each(isRedisAvailable() ? ['Redis'] : [])('the log of a collector with %s', () => {
  let redis: TestRedis
  let databases: TestDatabases
  let collector: TestCollector

  beforeAll(async () => {
    redis = await startTestRedis({ password: REDIS_PASSWORD })
    databases = await createTestDatabases()
    const postgres = new URL(databases.postgresUrl)
    postgres.password = POSTGRES_PASSWORD // Its server trusts whoever can reach it, and does not ask for one.
    collector = await startTestCollector({
      env: {
        MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl,
        MCTRACK_POSTGRES_URL: postgres.href,
        MCTRACK_REDIS_URL: redis.url,
        MCTRACK_LOG_LEVEL: 'trace',
      },
    })
  })
  afterAll(async () => {
    await collector?.remove()
    await redis?.stop()
  })

  it('holds no key, token, password, cookie or address, whatever is sent and whatever fails', async () => {
    const { key, path, keyId } = await createNetwork(collector)
    const rotated = (await ask(collector, 'POST', `${path}/keys/${keyId}/rotate`, { body: {} })).body.key
    const good = (await ask(collector, 'POST', `${path}/keys`, { body: { name: 'good' } })).body.key
    const lasting = await connectRaw(collector.endpoint, rotated)
    await lasting.hello()
    lasting.batch(LANE.sessions, 1, [[1, sessionFields({ address: ADDRESSES[0] ?? '' }), null]])
    await lasting.acknowledged(LANE.sessions, 1)
    await ask(collector, 'POST', `${path}/keys/${keyId}/revoke`)
    await lasting.closed

    // Right and wrong, in every place where a secret is put, rightly or by mistake.
    const secrets = [key, rotated, good, WRONG_KEY, collector.token, WRONG_TOKEN]
    for (const secret of secrets) {
      await connectRaw(collector.endpoint, secret).then(
        (socket) => socket.close(),
        () => undefined, // Refused, as it should be.
      )
      const cookie = `session=${COOKIE}`
      const body = { server: 'web', uuid: 'x', name: secret, address: ADDRESSES[1], password: secret, token: secret }
      const calls = ['/api/v1/networks', '/v1/ingest/session/start', `/api/v1/keys/${secret}`, `/healthz?key=${secret}`]
      for (const call of calls) {
        for (const headers of [
          { authorization: `Bearer ${secret}` },
          { authorization: secret },
          { 'x-api-key': secret },
        ]) {
          for (const text of [JSON.stringify(body), `{"broken ${secret}`]) {
            const sent = {
              ...headers,
              cookie,
              'content-type': 'application/json',
              'x-forwarded-for': ADDRESSES[1] ?? '',
            }
            await (await fetch(collector.url + call, { method: 'POST', headers: sent, body: text })).text()
          }
        }
      }
    }

    // What it needs fails: Redis takes its password no more, both databases are gone.
    const admin = new Redis(redis.url)
    await admin.config('SET', 'requirepass', 'another')
    await admin.call('CLIENT', 'KILL', 'TYPE', 'pubsub')
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await until(collector.log, (log) => log.includes('WRONGPASS'))
    await databases.drop()
    const asked = [`${path}/keys`, `${path}/sessions`, '/api/v1/networks']
    for (const call of asked) {
      await ask(collector, 'POST', call, { body: { name: 'x' } }).catch(() => undefined) // The answer is not the question.
      await ask(collector, 'GET', call).catch(() => undefined)
    }
    await until(collector.log, (log) => log.includes('a connection to PostgreSQL was lost'))
    // Time for timed work to fail too.
    await until(collector.log, (log) => log.includes('timed work failed'), 20_000)
    await sleep(500)
    admin.disconnect()

    const log = collector.log()
    const clickhousePassword = new URL(databases.clickhouseUrl).password
    expect(clickhousePassword).not.toBe('')
    const hidden = [...secrets, clickhousePassword, POSTGRES_PASSWORD, REDIS_PASSWORD, COOKIE, ...ADDRESSES]
    for (const secret of hidden) expect(log.includes(secret), `${secret} in the log:\n${log}`).toBe(false)
  })
})
