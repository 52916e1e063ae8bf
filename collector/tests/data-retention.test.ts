import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createAuditLog, createAuditStore } from '../src/audit/index.ts'
import { createDataRetention, createOldRows, KEPT_TABLES, loadStoredTables, OLD_ROWS } from '../src/erasure/index.ts'
import { createCalendar, createNetworkStore, createNetworks, type Networks } from '../src/networks/index.ts'
import { type ClickHouse, clickHouseMigrations } from '../src/platform/clickhouse/client.ts'
import { createLog } from '../src/platform/log.ts'
import { migrate, readMigrations } from '../src/platform/migrations.ts'
import { connectPostgres, type PostgresConnection } from '../src/platform/postgres/client.ts'
import { createRefreshProfiles } from '../src/players/index.ts'
import { ask, createNetwork, createTestDatabases, setUpCollector, type TestDatabases, until } from './support/index.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONE = 'Europe/Berlin'
const DAYS = 30
const NOW_MS = Date.parse('2026-11-21T12:00:00Z')
/** The day begins an hour later in UTC than it did then. */
const CUT_OFF_MS = Date.parse('2026-10-21T22:00:00Z')
const log = createLog({ level: 'error', format: 'json' })
const author = { actor: { kind: 'operator' }, address: null, requestId: randomUUID() } as const
/** What ClickHouse lets go of by itself would hide whether we did. */
const TABLES_WITH_TTL = ['dead_letters', 'ingest_minutes', 'player_changes']

let databases: TestDatabases
let postgres: PostgresConnection
beforeAll(async () => {
  databases = await createTestDatabases()
  postgres = connectPostgres(databases.postgresUrl, log)
  await migrate(postgres.migrations, readMigrations('postgres'), log)
  await migrate(clickHouseMigrations(databases.clickhouse), readMigrations('clickhouse'), log)
  for (const table of TABLES_WITH_TTL) await databases.clickhouse.command(`ALTER TABLE ${table} REMOVE TTL`)
})
afterEach(async () => {
  await postgres.db.updateTable('networks').set({ data_retention_days: null, data_retention_from_ms: null }).execute()
})
afterAll(async () => {
  await postgres?.close()
  await databases?.drop()
})

type Row = Readonly<Record<string, string | number | boolean | null>>
const instant = (atMs: number): string => new Date(atMs).toISOString().replace('T', ' ').replace('Z', '')
const day = (atMs: number): string =>
  new Date(createCalendar(ZONE).dayOf(atMs) * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length)

const PLAYERS = {
  /** Was there long ago, and never again. */
  gone: randomUUID(),
  /** Was there long ago, and is still. */
  regular: randomUUID(),
  /** Was online at the cut-off. */
  across: randomUUID(),
  /** Came before the cut-off, and is online. */
  online: randomUUID(),
  /** Has a session that nobody ever closed. */
  forgotten: randomUUID(),
}

/** A network that keeps 30 days, with a past of three months in every table. */
async function setUp(options: { readonly clickhouse?: ClickHouse } = {}) {
  const { clickhouse } = databases
  let nowMs = NOW_MS
  const now = () => nowMs
  const audit = createAuditLog({
    db: postgres.db,
    store: createAuditStore(postgres.db),
    createId: randomUUID,
    now,
    log,
  })
  const networks: Networks = createNetworks({
    store: createNetworkStore(postgres.db, audit, async () => undefined),
    createId: randomUUID,
    now,
    onChanged: () => undefined,
    onGone: () => undefined,
    onRemoved: () => undefined,
  })
  const told: object[] = []
  /** As a collector that just started has it. */
  const start = (through: ClickHouse = options.clickhouse ?? clickhouse) =>
    createDataRetention({
      db: postgres.db,
      networks,
      oldRows: createOldRows(through),
      log: { ...log, info: (fields: object) => told.push(fields), error: () => undefined } as unknown as typeof log,
      now,
    })
  const { id } = await networks.create({ name: 'Kept', timeZone: ZONE, currency: 'EUR' }, author)
  const other = await networks.create({ name: 'Other', timeZone: ZONE, currency: 'EUR' }, author)
  const refreshProfiles = createRefreshProfiles(clickhouse)
  const sessions = await fill(id)
  await fill(other.id)
  await refreshProfiles()
  return {
    id,
    otherId: other.id,
    networks,
    told,
    start,
    sessions,
    refreshProfiles,
    /** The setting, and its seven days are over. */
    async keep(days: number | null) {
      nowMs = NOW_MS - 7 * DAY_MS
      await networks.change(id, { dataRetentionDays: days }, author)
      nowMs = NOW_MS
    },
    goTo(atMs: number) {
      nowMs = atMs
    },
  }
}

async function insert(table: string, rows: readonly Row[], { clickhouse } = databases): Promise<void> {
  const lines = rows.map((row) => JSON.stringify(row)).join('\n')
  await clickhouse.command(`INSERT INTO ${table} FORMAT JSONEachRow ${lines}`)
}

/** Rows from before and after the cut-off, the edges included, in every table. */
async function fill(networkId: string): Promise<Readonly<Record<string, string>>> {
  const ids: Record<string, string> = {}
  const session = (name: string, player: keyof typeof PLAYERS, startMs: number, endMs: number | null): Row[] => {
    const id = randomUUID()
    ids[name] = id
    const row = {
      network_id: networkId,
      session_id: id,
      player_id: PLAYERS[player],
      player_name: player,
      server_name: 'proxy-1',
      server_kind: 'proxy',
      instance_id: randomUUID(),
      started_at: instant(startMs),
      ended_at: null,
      end_reason: 'open',
      domain: `${name}.example.net`,
      first_day: day(startMs),
      last_day: day(startMs),
      version: 0,
    }
    if (endMs === null) return [row]
    return [row, { ...row, ended_at: instant(endMs), end_reason: 'quit', last_day: day(endMs), version: 9 }]
  }
  const rows = [
    ...session('old', 'gone', CUT_OFF_MS - 50 * DAY_MS, CUT_OFF_MS - 50 * DAY_MS + HOUR_MS),
    ...session('first', 'regular', CUT_OFF_MS - 60 * DAY_MS, CUT_OFF_MS - 60 * DAY_MS + HOUR_MS),
    ...session('justBefore', 'regular', CUT_OFF_MS - HOUR_MS, CUT_OFF_MS - 1),
    ...session('justAfter', 'regular', CUT_OFF_MS - HOUR_MS - 1, CUT_OFF_MS),
    ...session('young', 'regular', NOW_MS - DAY_MS, NOW_MS - DAY_MS + HOUR_MS),
    ...session('across', 'across', CUT_OFF_MS - HOUR_MS, CUT_OFF_MS + HOUR_MS),
    ...session('online', 'online', CUT_OFF_MS - HOUR_MS, null),
    ...session('forgotten', 'forgotten', CUT_OFF_MS - 40 * DAY_MS, null),
  ]
  // As they are told: that it is open first, and apart, so that both rows are there.
  await insert(
    'network_sessions',
    rows.filter(({ ended_at: endedAt }) => endedAt === null),
  )
  await insert(
    'network_sessions',
    rows.filter(({ ended_at: endedAt }) => endedAt !== null),
  )
  const last = new Map(rows.map((row) => [row['session_id'], row]))
  await insert(
    'gamemode_sessions',
    Array.from(last.values(), ({ session_id, player_id, started_at, ended_at, version }) => ({
      network_id: networkId,
      session_id: session_id ?? null,
      player_id: player_id ?? null,
      started_at: started_at ?? null,
      ended_at: ended_at ?? null,
      version: version ?? null,
      ordinal: 0,
      gamemode: 'lobby',
    })),
  )
  const edges = [CUT_OFF_MS - 70 * DAY_MS, CUT_OFF_MS - 1, CUT_OFF_MS, NOW_MS - HOUR_MS]
  const at = (make: (atMs: number) => Row): Row[] => edges.map((atMs) => ({ network_id: networkId, ...make(atMs) }))
  const second = (atMs: number): string => instant(atMs).slice(0, 'yyyy-mm-dd hh:mm:ss'.length)
  const event = { player_id: PLAYERS.regular, name: 'vote' }
  await insert('events', [
    ...at((atMs) => ({ ...event, at: instant(atMs), event_id: randomUUID(), kind: 'custom' })),
    ...at((atMs) => ({ ...event, at: instant(atMs), event_id: randomUUID(), kind: 'purchase' })),
  ])
  await insert(
    'gauges',
    at((atMs) => ({ at: instant(atMs), server_name: 'lobby', players: 3 })),
  )
  await insert(
    'dead_letters',
    at((atMs) => ({ received_at: instant(atMs), dead_letter_id: randomUUID() })),
  )
  await insert(
    'player_changes',
    at((atMs) => ({ stored_at: instant(atMs), player_id: randomUUID() })),
  )
  await insert(
    'ccu_samples',
    at((atMs) => ({ sampled_at: second(atMs), dimension: 'total', players: 5, peak: 6 })),
  )
  await insert(
    'gaps',
    at((atMs) => ({ started_at: instant(atMs), ended_at: instant(atMs), reason: 'spool_full' })),
  )
  await insert(
    'ingest_minutes',
    at((atMs) => ({ minute: second(atMs), outcome: 'accepted', events: 3 })),
  )
  return ids
}

async function rowsOf(table: string, networkId: string): Promise<number> {
  const sql = `SELECT count() AS rows FROM ${table} FINAL WHERE network_id = {networkId:UUID}`
  const [row] = await databases.clickhouse.select<{ rows: number }>(sql, { networkId })
  return row?.rows ?? 0
}

/** Rows of a network in every table, as questions see them. */
async function countAll(networkId: string): Promise<Readonly<Record<string, number>>> {
  const counted: Record<string, number> = {}
  for (const { name } of await loadStoredTables(databases.clickhouse)) counted[name] = await rowsOf(name, networkId)
  return counted
}

async function sessionsOf(table: string, networkId: string): Promise<string[]> {
  const sql = `SELECT DISTINCT toString(session_id) AS id FROM ${table} WHERE network_id = {networkId:UUID}`
  return (await databases.clickhouse.select<{ id: string }>(sql, { networkId })).map(({ id }) => id).sort()
}

async function profilesOf(networkId: string) {
  return databases.clickhouse.select<{
    id: string
    firstMs: number
    sessions: number
    playtimeMs: number
    domain: string
  }>(
    `SELECT toString(player_id) AS id, toUnixTimestamp64Milli(first_seen_at) AS firstMs, sessions,
       playtime_ms AS playtimeMs, first_domain AS domain
     FROM player_profiles FINAL WHERE network_id = {networkId:UUID} ORDER BY id`,
    { networkId },
  )
}

const STAYING = ['justAfter', 'young', 'across', 'online']

/** What is to be there once the old rows are gone. */
async function expectOldRowsGone(id: string, sessions: Readonly<Record<string, string>>): Promise<void> {
  const staying = STAYING.map((name) => sessions[name] ?? name).sort()
  expect(await sessionsOf('network_sessions', id)).toEqual(staying)
  expect(await sessionsOf('gamemode_sessions', id)).toEqual(staying)
  const left = await countAll(id)
  expect(left).toMatchObject({ events: 4, gauges: 2, dead_letters: 2, ccu_samples: 4, gaps: 4, ingest_minutes: 4 })
  const [oldest] = await databases.clickhouse.select<{ day: string; changes: number }>(
    `SELECT toString(min(day)) AS day, (SELECT count() FROM player_changes WHERE network_id = {id:UUID}
       AND stored_at < fromUnixTimestamp64Milli({cutOffMs:Int64})) AS changes
     FROM player_days WHERE network_id = {id:UUID}`,
    { id, cutOffMs: CUT_OFF_MS },
  )
  expect(oldest).toEqual({ day: '2026-10-22', changes: 0 })
  const profiles = await profilesOf(id)
  expect(profiles.map((profile) => profile.id)).toEqual([PLAYERS.regular, PLAYERS.across, PLAYERS.online].sort())
  // First seen stays, with what was first; totals are of what is there.
  expect(profiles.find((profile) => profile.id === PLAYERS.regular)).toEqual({
    id: PLAYERS.regular,
    firstMs: CUT_OFF_MS - 60 * DAY_MS,
    sessions: 2,
    playtimeMs: 2 * HOUR_MS + 1,
    domain: 'first.example.net',
  })
  const players = await databases.clickhouse.select<{ id: string }>(
    'SELECT DISTINCT toString(player_id) AS id FROM players WHERE network_id = {id:UUID} ORDER BY id',
    { id },
  )
  expect(players.map((player) => player.id)).toEqual(profiles.map((profile) => profile.id))
}

describe('data retention', () => {
  it('says of every table with rows of networks whether its old rows go or stay', async () => {
    const tables = (await loadStoredTables(databases.clickhouse)).map(({ name }) => name)
    expect([...Object.keys(OLD_ROWS), ...KEPT_TABLES].sort()).toEqual(tables)
    const named = (await loadStoredTables(databases.clickhouse)).filter(({ columns }) =>
      columns.some(({ name }) => /^(player|session)_id$/.test(name)),
    )
    for (const { name } of named) expect(KEPT_TABLES).not.toContain(name)
  })

  it('removes old rows, keeps young ones, past CCU and first seen, and touches no other network', async () => {
    const { id, otherId, keep, start, sessions, refreshProfiles, told, networks } = await setUp()
    const other = await countAll(otherId)
    await keep(DAYS)
    await start().run()
    await refreshProfiles()
    await expectOldRowsGone(id, sessions)
    expect(await countAll(otherId)).toEqual(other)
    expect(networks.get(id)).toMatchObject({ dataRemovedBeforeMs: CUT_OFF_MS })
    expect(told).toEqual([{ networkId: id, days: DAYS, beforeMs: CUT_OFF_MS, tables: Object.keys(OLD_ROWS) }])
  })

  it('waits for its time, and does nothing for ever', async () => {
    const { id, start, networks, goTo, told } = await setUp()
    const before = await countAll(id)
    await networks.change(id, { dataRetentionDays: DAYS }, author)
    const { run } = start()
    goTo(NOW_MS + 7 * DAY_MS - 1)
    await run()
    expect(await countAll(id)).toEqual(before)
    await networks.change(id, { dataRetentionDays: null }, author)
    goTo(NOW_MS + 8 * DAY_MS)
    await run()
    expect(await countAll(id)).toEqual(before)
    expect(networks.get(id)).toMatchObject({ dataRemovedBeforeMs: null })
    expect(told).toEqual([])
  })

  it('asks once a day, and begins nothing where nothing is old', async () => {
    const asked: string[] = []
    const begun: string[] = []
    const { clickhouse } = databases
    const counting: ClickHouse = {
      ...clickhouse,
      select(sql, parameters) {
        asked.push(sql)
        return clickhouse.select(sql, parameters)
      },
      command(sql, parameters) {
        begun.push(sql)
        return clickhouse.command(sql, parameters)
      },
    }
    const { keep, start, goTo, told } = await setUp({ clickhouse: counting })
    await keep(365)
    const { run } = start()
    await run()
    expect(asked).toHaveLength(Object.keys(OLD_ROWS).length)
    await run()
    goTo(NOW_MS + 10 * HOUR_MS)
    await run()
    expect(asked).toHaveLength(Object.keys(OLD_ROWS).length)
    // It is the next day in Berlin.
    goTo(NOW_MS + 11 * HOUR_MS)
    await run()
    expect(asked).toHaveLength(2 * Object.keys(OLD_ROWS).length)
    expect(begun).toEqual([])
    expect(told).toEqual([])
  })

  it('goes by what is set now, though it was read before', async () => {
    const { id, keep, start, networks } = await setUp()
    await keep(DAYS)
    const before = await countAll(id)
    const { clickhouse } = databases
    const late: ClickHouse = {
      ...clickhouse,
      async select(sql, parameters) {
        await networks.change(id, { dataRetentionDays: 3_650 }, author)
        return clickhouse.select(sql, parameters)
      },
    }
    await start(late).run()
    expect(await countAll(id)).toEqual(before)
    expect(networks.get(id)).toMatchObject({ dataRemovedBeforeMs: null })
  })

  it('finishes what a crash left, at whatever statement it was', async () => {
    const { id, otherId, keep, start, sessions, refreshProfiles } = await setUp()
    const other = await countAll(otherId)
    await keep(DAYS)
    const { clickhouse } = databases
    let crashes = 0
    for (let lives = 1; ; lives++) {
      let left = lives
      const live = async <Result>(work: () => Promise<Result>): Promise<Result> => {
        if (left === 0) throw new Error('it died')
        left -= 1
        return work()
      }
      const dying: ClickHouse = {
        ...clickhouse,
        select: (sql, parameters) => live(() => clickhouse.select(sql, parameters)),
        command: (sql, parameters) => live(() => clickhouse.command(sql, parameters)),
      }
      await start(dying).run()
      // The worker goes on with other things meanwhile.
      await refreshProfiles()
      if (left > 0) break
      crashes += 1
    }
    expect(crashes).toBeGreaterThan(10)
    await refreshProfiles()
    await expectOldRowsGone(id, sessions)
    expect(await countAll(otherId)).toEqual(other)
  })

  it('tries a network again later when it failed, and does the others meanwhile', async () => {
    const first = await setUp()
    await first.keep(DAYS)
    const second = await setUp()
    await second.keep(DAYS)
    const { clickhouse } = databases
    let isBroken = true
    const broken: ClickHouse = {
      ...clickhouse,
      select: async (sql, parameters) => {
        if (isBroken && parameters?.['networkId'] === first.id) throw new Error('no disk')
        return clickhouse.select(sql, parameters)
      },
    }
    const { run } = second.start(broken)
    await run()
    await second.refreshProfiles()
    await expectOldRowsGone(second.id, second.sessions)
    expect(await sessionsOf('network_sessions', first.id)).toHaveLength(8)
    isBroken = false
    await run()
    expect(await sessionsOf('network_sessions', first.id)).toHaveLength(8)
    second.goTo(NOW_MS + 10 * 60_000)
    await run()
    await second.refreshProfiles()
    await expectOldRowsGone(first.id, first.sessions)
  })
})

describe('a collector', () => {
  const test = setUpCollector()

  it('removes old rows by itself, keeps past CCU, and computes none anew of what is gone', async () => {
    const { collector } = test
    const { networkId, path } = await createNetwork(collector)
    const get = async (what: string) => (await ask(collector, 'GET', path + what)).body
    const rebuild = (fromMs: number, toMs: number) =>
      ask(collector, 'POST', `${path}/ccu/rebuild`, { body: { fromMs, toMs } })
    const oldMs = Math.floor(Date.now() / DAY_MS) * DAY_MS - 40 * DAY_MS
    const range = `fromMs=${oldMs}&toMs=${oldMs + HOUR_MS}`
    const session = (startMs: number) => ({
      network_id: networkId,
      session_id: randomUUID(),
      player_id: randomUUID(),
      server_kind: 'proxy',
      started_at: instant(startMs),
      ended_at: instant(startMs + HOUR_MS),
      end_reason: 'quit',
      version: 9,
    })
    const youngMs = Date.now() - DAY_MS
    await insert('network_sessions', [session(oldMs - 60_000), session(oldMs), session(youngMs)], test.databases)
    expect((await rebuild(oldMs, oldMs + HOUR_MS)).status).toBe(200)
    const past = await get(`/ccu?${range}`)
    expect(past.peak).toBe(2)
    expect((await get(`/sessions?fromMs=${oldMs - HOUR_MS}&toMs=${oldMs + HOUR_MS}`)).sessions).toHaveLength(2)

    await ask(collector, 'PATCH', path, { body: { dataRetentionDays: 30 } })
    const connection = connectPostgres(test.databases.postgresUrl, log)
    // The seven days are over.
    const due = { data_retention_from_ms: Date.now() }
    await connection.db.updateTable('networks').set(due).where('id', '=', networkId).execute()
    await connection.close()
    await until(
      () => collector.log(),
      (text) => text.includes('rows older than a network keeps were removed'),
      60_000,
    )
    expect((await get(`/sessions?fromMs=${oldMs - HOUR_MS}&toMs=${oldMs + HOUR_MS}`)).sessions).toEqual([])
    expect((await get(`/sessions?fromMs=${youngMs - HOUR_MS}`)).sessions).toHaveLength(1)
    expect(await get(`/ccu?${range}`)).toEqual(past)

    const { dataRemovedBeforeMs } = await get('')
    expect(dataRemovedBeforeMs).toBe(oldMs + 10 * DAY_MS)
    await ask(collector, 'PATCH', path, { body: { dataRetentionDays: null } })
    expect(await rebuild(oldMs, oldMs + HOUR_MS)).toMatchObject({
      status: 422,
      body: { error: { code: 'BODY_INVALID' } },
    })
    expect(await rebuild(oldMs, dataRemovedBeforeMs + HOUR_MS)).toMatchObject({
      status: 200,
      body: { fromMs: dataRemovedBeforeMs + 60_000, minutes: 59 },
    })
    expect(await get(`/ccu?${range}`)).toEqual(past)
    const { entries } = await get('/audit?action=network.changed')
    expect(entries).toMatchObject([
      { before: { dataRetentionDays: 30 }, after: { dataRetentionDays: null, dataRetentionFromMs: null } },
      {
        before: { dataRetentionDays: null },
        after: { dataRetentionDays: 30, dataRetentionFromMs: expect.any(Number) },
      },
    ])
  })
})
