import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { ask, connectRaw, createNetwork, FRAME, setUpCollector, until } from './support/index.ts'

const test = setUpCollector()
const HOUR_MS = 3_600_000
const FROM_MS = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - 24 * HOUR_MS
const RANGE = `fromMs=${FROM_MS}&toMs=${FROM_MS + 3 * HOUR_MS}&stepMs=${HOUR_MS}`

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector, { timeZone: 'Europe/Berlin' })
  const get = (path: string) => ask(collector, 'GET', network.path + path)
  return { collector, ...network, get }
}

/** One network with rows, and one without. */
let mine: Awaited<ReturnType<typeof setUp>>
let other: Awaited<ReturnType<typeof setUp>>

beforeAll(async () => {
  ;[mine, other] = [await setUp(), await setUp()]
  const { clickhouse } = test.databases
  const { networkId, keyId } = mine
  const at = FROM_MS / 1_000
  const collectorId = randomUUID()
  const minutes = [
    [at, 'accepted', 10, 'proxy-1'],
    [at + 60, 'accepted', 5, 'proxy-2'],
    [at + 7_200, 'EVENT_TOO_OLD', 3, 'proxy-1'],
    [at + 7_260, 'EVENT_TOO_OLD', 1, 'proxy-1'],
    [at + 7_260, 'duplicate', 2, 'proxy-1'],
    [at + 3 * 3_600, 'accepted', 99, 'proxy-1'],
  ]
  const values = minutes.map(
    ([minute, outcome, events, server]) =>
      `('${networkId}', ${minute}, '${outcome}', '${collectorId}', ${events}, '${server}', '${keyId}')`,
  )
  const gaps = [
    ['', FROM_MS - HOUR_MS, FROM_MS + 1, 'collector_down', 0],
    ['proxy-1', FROM_MS + HOUR_MS, FROM_MS + 2 * HOUR_MS, 'spool_full', 42],
    ['', FROM_MS + 3 * HOUR_MS, FROM_MS + 4 * HOUR_MS, 'buffer_full', 7],
  ].map(
    ([server, fromMs, toMs, reason, lost]) =>
      `('${networkId}', '${server}', fromUnixTimestamp64Milli(${fromMs}), fromUnixTimestamp64Milli(${toMs}), '${reason}', ${lost})`,
  )
  for (let round = 0; round < 2; round++) {
    // A repeat of the rows changes no answer.
    await clickhouse.command(
      `INSERT INTO ingest_minutes (network_id, minute, outcome, collector_id, events, server_name, key_id) VALUES ${values.join(', ')}`,
    )
    await clickhouse.command(`INSERT INTO gaps VALUES ${gaps.join(', ')}`)
  }
})

describe('ingest over time', () => {
  it('has what was taken and refused by step, and who sent it', async () => {
    const { body } = await mine.get(`/ingest/history?${RANGE}`)
    expect(body).toMatchObject({
      stepMs: HOUR_MS,
      atMs: [FROM_MS, FROM_MS + HOUR_MS, FROM_MS + 2 * HOUR_MS],
      accepted: [15, 0, 0],
      duplicates: [0, 0, 2],
      unknownTypes: [0, 0, 0],
      refused: [{ code: 'EVENT_TOO_OLD', message: expect.any(String), total: 4, events: [0, 0, 4] }],
    })
    expect(body.senders).toMatchObject([
      {
        server: 'proxy-1',
        keyId: mine.keyId,
        accepted: 10,
        refused: [{ code: 'EVENT_TOO_OLD', events: 4 }],
        lastRefusedAtMs: FROM_MS + 2 * HOUR_MS + 60_000,
      },
      { server: 'proxy-2', accepted: 5, refused: [], lastRefusedAtMs: null },
    ])
  })

  it('has nothing of another network', async () => {
    const { body } = await other.get(`/ingest/history?${RANGE}`)
    expect(body).toMatchObject({ accepted: [0, 0, 0], refused: [], senders: [] })
  })
})

describe('gaps', () => {
  it('are those that lie in the range, with their reasons', async () => {
    const { body } = await mine.get(`/gaps?fromMs=${FROM_MS}&toMs=${FROM_MS + 3 * HOUR_MS}`)
    expect(body).toEqual([
      { server: null, fromMs: FROM_MS - HOUR_MS, toMs: FROM_MS + 1, reason: 'collector_down', lostEvents: 0 },
      {
        server: 'proxy-1',
        fromMs: FROM_MS + HOUR_MS,
        toMs: FROM_MS + 2 * HOUR_MS,
        reason: 'spool_full',
        lostEvents: 42,
      },
    ])
  })

  it('of another network are not shown', async () => {
    expect((await other.get(`/gaps?fromMs=${FROM_MS}&toMs=${FROM_MS + 3 * HOUR_MS}`)).body).toEqual([])
  })
})

describe('gauges in the past', () => {
  it('are columns with nulls where the server said nothing', async () => {
    const { collector, key, networkId, get } = mine
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello({ server: ['lobby-1', 2] })
    socket.send([FRAME.snapshot, 0, true, []])
    const columns = 'network_id, server_name, instance_id, at, players, tps, mspt_p95, memory_used_bytes'
    const row = (offsetMs: number, players: number, tps: number, p95: number) =>
      `('${networkId}', 'lobby-1', '${networkId}', fromUnixTimestamp64Milli(${FROM_MS + offsetMs}), ${players}, ${tps}, ${p95}, 5000000000)`
    await test.databases.clickhouse.command(
      `INSERT INTO gauges (${columns}) VALUES ${[row(0, 10, 20, 30), row(1_000, 20, 19, 45), row(2 * HOUR_MS, 0, 5, 9)].join(', ')}`,
    )
    await until(
      () => get('/servers/lobby-1'),
      ({ status }) => status === 200,
    )
    const { body } = await get(`/servers/lobby-1/gauges?${RANGE}`)
    expect(body).toMatchObject({
      atMs: [FROM_MS, FROM_MS + HOUR_MS, FROM_MS + 2 * HOUR_MS],
      players: [15, null, 0],
      tps: [19.5, null, 5],
      msptP95: [45, null, 9],
      msptMean: [null, null, null],
      memoryUsedBytes: [5_000_000_000, null, 5_000_000_000],
    })
    expect((await other.get(`/servers/lobby-1/gauges?${RANGE}`)).status).toBe(404)
    socket.close()
  })
})

describe('past CCU', () => {
  it('names the minute of the peak, and compares with the week before by the clock of the network', async () => {
    const { networkId, get } = mine
    const week = 7 * 24 * HOUR_MS
    const sample = (atMs: number, players: number, peak: number) =>
      `('${networkId}', ${atMs / 1_000}, 0, '', ${players}, ${peak})`
    // Across the end of summer time the same clock is an hour more away.
    const winterMs = Date.parse('2025-10-27T12:00:00Z')
    await test.databases.clickhouse.command(
      `INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak) VALUES ${[
        sample(winterMs, 10, 12),
        sample(winterMs + 60_000, 11, 30),
        sample(winterMs + 120_000, 11, 30),
        sample(winterMs - week - HOUR_MS, 3, 4),
      ].join(', ')}`,
    )
    const { body } = await get(`/ccu?fromMs=${winterMs}&toMs=${winterMs + 180_000}&compare=week`)
    expect(body).toMatchObject({ peak: 30, peakAtMs: winterMs + 60_000, series: [{ players: [10, 11, 11] }] })
    expect(body.comparison).toMatchObject({
      fromMs: winterMs - week - HOUR_MS,
      series: [{ value: '', players: [3, null, null] }],
      peak: 4,
      peakAtMs: winterMs - week - HOUR_MS,
    })
    expect(body.comparison.atMs).toHaveLength(body.atMs.length)
    const without = (await other.get(`/ccu?fromMs=${winterMs}&toMs=${winterMs + 180_000}`)).body
    expect(without).toMatchObject({ comparison: null, peak: null, peakAtMs: null, series: [] })
  })
})
