import { expect, it } from 'vitest'
import { ask, connectRaw, createNetwork, customEvent, LANE, setUpWiredCollector, until } from './support/index.ts'

const test = setUpWiredCollector()

/** Dead letters that a network may have in a minute, and in one frame of this size. */
const LETTERS = 120
const LETTERS_A_FRAME = 60
/** With dead letters of 14 KB: more than the 16 MiB of their buffer. */
const NETWORKS = 13

interface Lost {
  readonly table: string
  readonly reason: string
  readonly rows: number
}

it('rows that find no room are counted by network, table and reason, and leave a gap once there is room: each row is stored or counted', async () => {
  const networks = await Promise.all(Array.from({ length: NETWORKS }, () => createNetwork(test.collector)))
  const beganMs = Date.now()
  test.wire.cut()
  const properties = Object.fromEntries(Array.from({ length: 27 }, (_, i) => [`text${i}`, 'x'.repeat(500)]))
  const health = async (path: string) => (await ask(test.collector, 'GET', `${path}/ingest`)).body
  for (const { key, path } of networks) {
    const socket = await connectRaw(test.collector.endpoint, key)
    await socket.hello()
    socket.snapshot(0, [])
    for (let first = 1; first <= LETTERS; first += LETTERS_A_FRAME) {
      const tooOld = Array.from({ length: LETTERS_A_FRAME }, () => customEvent('old', { atMs: 1, properties }))
      socket.batch(LANE.telemetry, first, tooOld)
    }
    await until(
      () => health(path),
      ({ refused }) => refused[0]?.events === LETTERS,
    )
    socket.close()
  }
  const lost: ReadonlyArray<readonly Lost[]> = await Promise.all(
    networks.map(async ({ path }) => (await health(path)).lost),
  )
  const rows = lost.map((each) => each.reduce((sum, { rows: its }) => sum + its, 0))
  const total = rows.reduce((sum, its) => sum + its, 0)
  expect(total).toBeGreaterThan(100)
  expect(new Set(lost.flat().map(({ table, reason }) => `${table} ${reason}`))).toEqual(
    new Set(['dead_letters buffer_full']),
  )
  const metrics = await (await fetch(test.collector.metricsUrl)).text()
  expect(metrics).toContain(`mctrack_lost_rows_total{table="dead_letters",reason="buffer_full"} ${total}\n`)
  expect(test.collector.log().match(/rows find no room and are lost/g)).toHaveLength(1)

  await test.wire.mend()
  const gaps = () =>
    test.databases.clickhouse.select<{ networkId: string; reason: string; rows: number; fromMs: number; toMs: number }>(
      `SELECT toString(network_id) AS networkId, reason, lost_events AS rows,
         toUnixTimestamp64Milli(started_at) AS fromMs, toUnixTimestamp64Milli(ended_at) AS toMs
       FROM gaps FINAL`,
      {},
    )
  const suffering = networks
    .map(({ networkId }, i) => ({ networkId, rows: rows[i] ?? 0 }))
    .filter((one) => one.rows > 0)
  const found = await until(gaps, ({ length }) => length >= suffering.length, 40_000)
  expect(found.map(({ networkId, reason, rows: its }) => ({ networkId, reason, rows: its }))).toEqual(
    expect.arrayContaining(suffering.map((one) => ({ ...one, reason: 'buffer_full' }))),
  )
  expect(found).toHaveLength(suffering.length)
  expect(found.every(({ fromMs, toMs }) => beganMs <= fromMs && fromMs <= toMs && toMs <= Date.now())).toBe(true)
  const [stored] = await test.databases.clickhouse.select<{ rows: number }>(
    'SELECT count() AS rows FROM dead_letters',
    {},
  )
  expect((stored?.rows ?? 0) + total).toBe(NETWORKS * LETTERS)
})
