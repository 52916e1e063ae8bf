import { describe, expect, it } from 'vitest'
import { createEraseAgain, hasColumn, loadStoredTables } from '../src/erasure/index.ts'
import { ask, connectRaw, createNetwork, customEvent, LANE, setUpCollector, until } from './support/index.ts'

const test = setUpCollector()
const HOUR_MS = 3_600_000
const NOTCH = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const JEB = '853c80ef-3c37-49fd-aa49-938b674adae6'
const UNKNOWN = '00000000-0000-4000-8000-00000000abcd'

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  const ingest = (path: string, body: unknown) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': network.key } })
  /** A player who was there an hour ago: sessions, stays, events with and without their id. */
  const visit = async (uuid: string, name: string, server = 'lobby-1') => {
    const startedAtMs = Date.now() - HOUR_MS
    const { body } = await ingest('/session/start', { server, uuid, name, startedAtMs, hostname: 'play.example.net' })
    const { sessionId } = body
    await ingest('/batch', [
      { type: 'custom', server, uuid, sessionId, name: 'vote', properties: { site: 'a' } },
      { type: 'custom', server, sessionId, name: 'quest' },
    ])
    await ingest('/session/end', { sessionId, endedAtMs: startedAtMs + 600_000 })
    return sessionId as string
  }
  const exportOf = (uuid: string) => send('GET', `/players/${uuid}/export`)
  return { collector, ...network, send, ingest, visit, exportOf }
}

/** Rows of a player in ClickHouse, by table. */
async function rowsOf(networkId: string, playerId: string): Promise<Record<string, number>> {
  const { clickhouse } = test.databases
  const tables = (await loadStoredTables(clickhouse)).filter((table) => hasColumn(table, 'player_id'))
  const counted = tables.map(async ({ name }) => {
    const [row] = await clickhouse.select<{ rows: number }>(
      `SELECT count() AS rows FROM ${name} WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}`,
      { networkId, playerId },
    )
    return [name, row?.rows ?? 0] as const
  })
  return Object.fromEntries(await Promise.all(counted))
}

/** Tables whose rows name nobody. Whoever adds a table decides whether it belongs here. */
const OF_NOBODY = ['ccu_samples', 'gaps', 'gauges', 'ingest_minutes']
/** What was sent, as a text, which may hold the id. */
const LETTERS = ['dead_letters']

it('every table that holds rows of players has a column that says whose they are', async () => {
  const tables = await loadStoredTables(test.databases.clickhouse)
  const others = tables.filter((table) => !hasColumn(table, 'player_id')).map(({ name }) => name)
  expect(others.sort()).toEqual([...OF_NOBODY, ...LETTERS].sort())
})

describe('exporting a player', () => {
  it('gives all that is stored of them, and of nobody else', async () => {
    const { networkId, ingest, visit, exportOf, collector, key } = await setUp()
    const sessionId = await visit(NOTCH, 'Notch')
    await visit(JEB, 'jeb_')
    await ingest('/session/start', { server: 's', uuid: NOTCH.replaceAll('-', ''), name: 'Notch', startedAtMs: 5 })
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const [purchase] = [customEvent('x')]
    socket.batch(LANE.sessions, 1, [
      [
        4,
        purchase?.[1],
        Date.now(),
        null,
        Buffer.from(NOTCH.replaceAll('-', ''), 'hex'),
        'shop',
        'tx-1',
        'rank',
        999,
        'EUR',
      ],
    ])
    await socket.acknowledged(LANE.sessions, 1)
    const { body } = await until(
      () => exportOf(NOTCH),
      (answer) => answer.body.deadLetters?.length > 0,
    )
    expect(body).toMatchObject({
      networkId,
      playerId: NOTCH,
      players: [{ playerId: NOTCH, name: 'Notch', firstDomain: 'play.example.net', firstPlatform: 'java' }],
      sessions: [{ sessionId, playerName: 'Notch', endReason: 'quit', startedAtMs: expect.any(Number) }],
      gamemodeSessions: [{ sessionId, gamemode: 'lobby-1' }],
      days: [{ playerId: NOTCH, day: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }, ...body.days.slice(1)],
      deadLetters: [{ code: 'EVENT_TOO_OLD', payload: { name: 'Notch' } }],
    })
    expect(body.events.map(({ name, properties }: Record<string, unknown>) => [name, properties]).sort()).toEqual([
      ['quest', {}],
      ['vote', { site: 'a' }],
    ])
    expect(body.purchases).toHaveLength(1)
    expect(body.purchases[0].properties).toMatchObject({ amountMinor: 999, currency: 'EUR' })
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`jeb_|${JEB}`))
    socket.close()
  })

  it('is written down, knows ids in any form, and nobody who was never there', async () => {
    const { send, visit, exportOf } = await setUp()
    await visit(NOTCH, 'Notch')
    expect((await exportOf(NOTCH.replaceAll('-', '').toUpperCase())).body.playerId).toBe(NOTCH)
    for (const [id, status] of [
      [UNKNOWN, 404],
      ['00000000-0000-0000-0009-01f64f65c7c3', 404],
      ['00000000-0000-0000-0000-000000000000', 400],
      ['Notch', 400],
    ] as const) {
      expect((await exportOf(id)).status, id).toBe(status)
    }
    const { body } = await send('GET', '/audit?action=player.exported')
    expect(body.entries).toMatchObject([{ target: { kind: 'player', id: NOTCH }, before: null, after: null }])
  })
})

describe('erasing a player', () => {
  const erase = (send: Awaited<ReturnType<typeof setUp>>['send'], player: string, uuid = NOTCH) =>
    send('POST', `/players/${uuid}/erase`, { player })

  it('asks for the id or the name again', async () => {
    const { send, visit } = await setUp()
    await visit(NOTCH, 'Notch')
    for (const player of ['notch', JEB, '']) {
      expect(await erase(send, player)).toMatchObject({ status: 422, body: { error: { code: 'CONFIRMATION_WRONG' } } })
    }
    expect(await erase(send, UNKNOWN, UNKNOWN)).toMatchObject({
      status: 404,
      body: { error: { code: 'PLAYER_NOT_FOUND' } },
    })
    expect(await erase(send, NOTCH.toUpperCase())).toMatchObject({ status: 200, body: { playerId: NOTCH } })
  })

  it('is refused while the player is online', async () => {
    const { send, ingest } = await setUp()
    const { body } = await ingest('/session/start', { server: 'lobby-1', uuid: NOTCH, name: 'Notch' })
    expect(await erase(send, 'Notch')).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
    await ingest('/session/end', { sessionId: body.sessionId })
    expect(await erase(send, 'Notch')).toMatchObject({ status: 200 })
  })

  it('leaves nothing of them anywhere, and everything of others; the log holds no name', async () => {
    const { networkId, send, ingest, visit, exportOf } = await setUp()
    const other = await setUp()
    await other.visit(NOTCH, 'Notch')
    await visit(NOTCH, 'Notch')
    await visit(JEB, 'jeb_')
    await ingest('/session/start', { server: 's', uuid: NOTCH.replaceAll('-', ''), name: 'Notch', startedAtMs: 5 })
    const jeb = await rowsOf(networkId, JEB)
    expect(jeb).toMatchObject({ network_sessions: expect.any(Number), players: expect.any(Number) })

    const answer = await erase(send, 'Notch')
    expect(answer).toMatchObject({ status: 200, body: { playerId: NOTCH, erasedAtMs: expect.any(Number) } })
    expect(answer.body.rows).toBeGreaterThanOrEqual(7)
    for (const [table, rows] of Object.entries(await rowsOf(networkId, NOTCH))) {
      // A profile that was just being computed may still be written; erasing again finds it.
      if (table !== 'player_profiles') expect(rows, table).toBe(0)
    }
    const { clickhouse } = test.databases
    const named = `SELECT name FROM (SELECT name FROM events WHERE network_id = {networkId:UUID} UNION ALL
      SELECT payload FROM dead_letters WHERE network_id = {networkId:UUID}) ORDER BY name`
    expect(await clickhouse.select(named, { networkId })).toEqual([{ name: 'quest' }, { name: 'vote' }])
    expect(await exportOf(NOTCH)).toMatchObject({ status: 404 })
    expect(await erase(send, 'Notch')).toMatchObject({ status: 404 })
    expect((await exportOf(JEB)).body).toMatchObject({ sessions: [{}], events: [{}, {}] })
    expect((await other.exportOf(NOTCH)).body).toMatchObject({ sessions: [{}], events: [{}, {}] })

    const { body } = await send('GET', '/audit?action=player.erased')
    expect(body.entries).toMatchObject([{ target: { kind: 'player', id: NOTCH }, before: null, after: null }])
    expect(JSON.stringify(body)).not.toContain('Notch')
  })

  it('is done again for what a sender repeats, and not for what the player did since', async () => {
    const { networkId, send, visit, ingest, exportOf } = await setUp()
    const { clickhouse } = test.databases
    const eraseAgain = createEraseAgain(clickhouse)
    await visit(NOTCH, 'Notch')
    await erase(send, 'Notch')
    const [entry] = (await send('GET', '/audit?action=player.erased')).body.entries
    const erased = { networkId, playerId: NOTCH, erasedAtMs: entry.atMs as number }
    // A profile that was just being computed is written after all, and found the next time.
    const untilNothingLeft = () =>
      until(
        () => eraseAgain(erased),
        (hadAny) => !hadAny,
        60_000,
      )
    await untilNothingLeft()

    await visit(NOTCH, 'Before')
    const { body } = await ingest('/session/start', { server: 'lobby-1', uuid: NOTCH, name: 'Since' })
    await ingest('/session/end', { sessionId: body.sessionId })
    expect((await exportOf(NOTCH)).body.sessions).toHaveLength(2)
    expect(await eraseAgain(erased)).toBe(true)
    await untilNothingLeft()
    const { body: left } = await exportOf(NOTCH)
    expect(left).toMatchObject({
      sessions: [{ sessionId: body.sessionId }],
      gamemodeSessions: [{ sessionId: body.sessionId }],
      players: [{ name: 'Since', firstSeenAtMs: expect.any(Number) }],
    })
    expect(left.players[0].firstSeenAtMs).toBeGreaterThanOrEqual(erased.erasedAtMs)
    expect(left.days.length).toBeGreaterThan(0)
  })
})
