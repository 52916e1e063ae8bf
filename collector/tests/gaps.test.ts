import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  connectRaw,
  createNetwork,
  createTestDatabases,
  FRAME,
  startTestCollector,
  type TestCollector,
  type TestDatabases,
  until,
} from './support/index.ts'

const HOUR_MS = 3_600_000

let databases: TestDatabases
let postgres: pg.Client
beforeAll(async () => {
  databases = await createTestDatabases()
  postgres = new pg.Client({ connectionString: databases.postgresUrl })
  await postgres.connect()
})
afterAll(async () => {
  await postgres?.end()
  await databases?.drop()
})

function start(): Promise<TestCollector> {
  return startTestCollector({
    env: { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: databases.postgresUrl },
  })
}

async function followed(): Promise<string[]> {
  const { rows } = await postgres.query<{ ids: string[] }>('SELECT network_ids::text[] AS ids FROM last_watch')
  return rows[0]?.ids ?? []
}

describe('a time without a collector', () => {
  it.each(['stop', 'kill'] as const)(
    'is a gap of the networks that had a server, not of one whose last server had left (%s)',
    async (ending) => {
      const before = await start()
      const [busy, idle] = [await createNetwork(before), await createNetwork(before)]
      const socket = await connectRaw(before.endpoint, busy.key)
      await socket.hello()
      const gone = await connectRaw(before.endpoint, idle.key)
      await gone.hello()
      gone.send([FRAME.leaving])
      gone.close()
      await gone.closed
      // Both were sampled until an hour ago.
      const sampledAt = Math.floor((Date.now() - HOUR_MS) / 60_000) * 60
      for (const { networkId } of [busy, idle]) {
        await databases.clickhouse.command(
          `INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak)
           VALUES ('${networkId}', ${sampledAt}, 'total', '', 1, 1)`,
        )
      }
      if (ending === 'kill') await until(followed, (ids) => ids.includes(busy.networkId), 20_000)
      const stoppedMs = Date.now()
      await before[ending]()
      await postgres.query('UPDATE last_watch SET at_ms = at_ms - $1', [HOUR_MS])
      const after = await start()
      const gapsOf = (networkId: string) =>
        databases.clickhouse.select<{ reason: string; fromMs: number; toMs: number }>(
          `SELECT reason, toUnixTimestamp64Milli(started_at) AS fromMs, toUnixTimestamp64Milli(ended_at) AS toMs
           FROM gaps FINAL WHERE network_id = {networkId:UUID}`,
          { networkId },
        )
      const [gap, ...others] = await until(
        () => gapsOf(busy.networkId),
        ({ length }) => length > 0,
      )
      expect(others).toEqual([])
      expect(gap?.reason).toBe('collector_down')
      expect(Math.abs((gap?.fromMs ?? 0) + HOUR_MS - stoppedMs)).toBeLessThan(16_000)
      expect(gap?.toMs).toBeGreaterThan(stoppedMs)
      expect(await gapsOf(idle.networkId)).toEqual([])
      await after.remove()
    },
  )
})
