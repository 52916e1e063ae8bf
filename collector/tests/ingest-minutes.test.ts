import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  connectRaw,
  createNetwork,
  createTestDatabases,
  customEvent,
  LANE,
  startTestCollector,
  type TestDatabases,
} from './support/index.ts'

let databases: TestDatabases
beforeAll(async () => {
  databases = await createTestDatabases()
})
afterAll(() => databases?.drop())

it('what became of what arrived is stored by the minute, up to the moment at which the collector stops', async () => {
  const collector = await startTestCollector({
    env: { MCTRACK_CLICKHOUSE_URL: databases.clickhouseUrl, MCTRACK_POSTGRES_URL: databases.postgresUrl },
  })
  const { key, networkId } = await createNetwork(collector)
  const socket = await connectRaw(collector.endpoint, key)
  await socket.hello()
  socket.batch(LANE.telemetry, 1, [customEvent('a'), customEvent('b'), customEvent('old', { atMs: 1 })])
  await socket.acknowledged(LANE.telemetry, 3)
  await collector.remove()
  const counts = await databases.clickhouse.select<{ outcome: string; events: number }>(
    `SELECT outcome, sum(events) AS events FROM ingest_minutes FINAL
     WHERE network_id = {networkId:UUID} GROUP BY outcome ORDER BY outcome`,
    { networkId },
  )
  expect(counts).toEqual([
    { outcome: 'EVENT_TOO_OLD', events: 1 },
    { outcome: 'accepted', events: 2 },
  ])
})
