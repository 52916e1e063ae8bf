import { randomUUID } from 'node:crypto'
import { EVENT, parseUuid } from '@mctrack/sdk/protocol'
import pg from 'pg'
import { describe, expect, it } from 'vitest'
import { hasColumn, loadStoredTables } from '../src/erasure/index.ts'
import {
  ask,
  connectRaw,
  createNetwork,
  customEvent,
  FRAME,
  LANE,
  makeId,
  type RawFrame,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()
const NOTCH = '069a79f4-44e9-4726-a5be-fca90e38aaf5'
const JEB = '853c80ef-3c37-49fd-aa49-938b674adae6'
const QUIT = 1

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const send = (method: string, path: string, body?: unknown) =>
    ask(collector, method, network.path + path, body === undefined ? {} : { body })
  const ingest = (path: string, body: unknown) =>
    ask(collector, 'POST', `/v1/ingest${path}`, { body, headers: { 'x-api-key': network.key } })
  const optOut = (player = NOTCH) => send('PUT', `/opt-outs/${player}`)
  const live = async () => (await send('GET', '/live')).body
  const counts = async () => (await send('GET', '/ingest')).body
  const connect = async () => {
    const socket = await connectRaw(collector.endpoint, network.key)
    await socket.hello()
    socket.snapshot(0, [])
    return socket
  }
  return { collector, ...network, send, ingest, optOut, live, counts, connect }
}

const idOf = (uuid: string): Uint8Array => parseUuid(uuid) ?? new Uint8Array(16)
const sessionOf = (uuid: string, name: string, startedAtMs = Date.now()): RawFrame =>
  sessionFields({ player: idOf(uuid), name, startedAtMs })
const purchaseOf = (uuid: string): RawFrame => [
  EVENT.purchase,
  makeId(),
  Date.now(),
  null,
  idOf(uuid),
  'shop',
  'tx',
  'rank',
  999,
  'EUR',
]
/** A custom event that names a player, a session, both or none. */
const eventOf = (player: string | null, sessionId: Uint8Array | null, name: string): RawFrame => {
  const [type, id, atMs] = customEvent(name)
  return [type, id, atMs, sessionId, player === null ? null : idOf(player), name, {}]
}

/** Rows of a network that name a player, in all tables, and the names of its events. */
async function storedOf(networkId: string, playerId: string) {
  const { clickhouse } = test.databases
  const tables = (await loadStoredTables(clickhouse)).filter((table) => hasColumn(table, 'player_id'))
  const counted = tables.map(async ({ name }) => {
    const sql = `SELECT count() AS rows FROM ${name} WHERE network_id = {networkId:UUID} AND player_id = {playerId:UUID}`
    const [row] = await clickhouse.select<{ rows: number }>(sql, { networkId, playerId })
    return row?.rows ?? 0
  })
  return (await Promise.all(counted)).reduce((sum, rows) => sum + rows, 0)
}

async function eventNames(networkId: string): Promise<string[]> {
  const rows = await test.databases.clickhouse.select<{ name: string }>(
    'SELECT name FROM events WHERE network_id = {networkId:UUID} ORDER BY name',
    { networkId },
  )
  return rows.map(({ name }) => name)
}

describe('a player who opted out', () => {
  it('leaves nothing of what a server reports, which is acknowledged and counted; others are recorded', async () => {
    const { networkId, optOut, live, counts, connect } = await setUp()
    expect(await optOut()).toMatchObject({ status: 200, body: { playerId: NOTCH, optedOutAtMs: expect.any(Number) } })
    const socket = await connect()
    const [theirs, other] = [sessionOf(NOTCH, 'Notch'), sessionOf(JEB, 'jeb_')]
    const theirId = theirs[0] as Uint8Array
    socket.batch(LANE.sessions, 1, [
      [EVENT.sessionStart, theirs, null],
      [EVENT.sessionStart, other, null],
      [EVENT.gamemodeSwitch, theirs, null, [0, 'survival', Date.now()]],
      purchaseOf(NOTCH),
    ])
    await socket.acknowledged(LANE.sessions, 4)
    socket.batch(LANE.telemetry, 1, [
      eventOf(NOTCH, theirId, 'by_both'),
      eventOf(NOTCH, null, 'by_player'),
      eventOf(null, theirId, 'by_session'),
      [EVENT.afkSpan, makeId(), Date.now() - 10, Date.now(), theirId, idOf(NOTCH)],
      eventOf(JEB, other[0] as Uint8Array, 'of_other'),
      eventOf(null, null, 'of_nobody'),
    ])
    await socket.acknowledged(LANE.telemetry, 6)
    expect(await live()).toMatchObject({ total: 1 })
    expect(await counts()).toMatchObject({ accepted: 3, optedOut: 7, refused: [] })
    expect(await storedOf(networkId, NOTCH)).toBe(0)
    expect(await storedOf(networkId, JEB)).toBeGreaterThan(0)
    expect(await eventNames(networkId)).toEqual(['of_nobody', 'of_other'])
    expect(socket.unread().filter(([type]) => type === FRAME.reject)).toEqual([])
    socket.close()
  })

  it('is gone from who is online at once, and a snapshot does not bring them back', async () => {
    const { networkId, key, collector, optOut, send, live, connect } = await setUp()
    const socket = await connect()
    const theirs = sessionOf(NOTCH, 'Notch')
    socket.batch(LANE.sessions, 1, [
      [EVENT.sessionStart, theirs, [0, 'lobby', Date.now()]],
      [EVENT.sessionStart, sessionOf(JEB, 'jeb_'), null],
    ])
    await until(live, ({ total }) => total === 2)
    await socket.acknowledged(LANE.sessions, 2)
    await optOut()
    expect(await live()).toMatchObject({ total: 1 })
    expect((await send('GET', `/players/${NOTCH}`)).body).toMatchObject({
      online: null,
      optedOutAtMs: expect.any(Number),
    })
    socket.batch(LANE.sessions, 3, [
      [EVENT.gamemodeSwitch, theirs, [0, 'lobby', Date.now()], [1, 'survival', Date.now()]],
      [EVENT.sessionEnd, theirs, null, Date.now(), QUIT, 0],
    ])
    await socket.acknowledged(LANE.sessions, 4)
    const { body } = await until(
      () => send('GET', '/sessions?open=false'),
      (answer) => answer.body.sessions?.length === 1,
    )
    expect(body.sessions).toMatchObject([{ playerName: 'Notch', gamemodes: [{ gamemode: 'lobby' }] }])

    // What was stored before goes when it is erased, without a kick.
    expect(await send('POST', `/players/${NOTCH}/erase`, { player: 'Notch' })).toMatchObject({ status: 200 })
    expect(await storedOf(networkId, NOTCH)).toBe(0)

    socket.terminate()
    const again = await connectRaw(collector.endpoint, key, { instance: socket.instance })
    await again.hello({ acked: [4, 0] })
    again.snapshot(4, [[theirs, null]])
    again.batch(LANE.sessions, 5, [[EVENT.sessionStart, sessionOf(randomUUID(), 'Newcomer'), null]])
    await again.acknowledged(LANE.sessions, 5)
    expect((await live()).total).toBe(1)
    expect(await storedOf(networkId, NOTCH)).toBe(0)
    again.close()
  })

  it('leaves nothing of what comes over HTTP, whose sender need not know', async () => {
    const { networkId, ingest, optOut, live, counts } = await setUp()
    await optOut()
    const join = { server: 'lobby-1', uuid: NOTCH, name: 'Notch' }
    const started = await ingest('/session/start', join)
    expect(started).toMatchObject({ status: 200, body: { sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/) } })
    const { sessionId } = started.body
    expect((await ingest('/heartbeat', { sessionIds: [sessionId, randomUUID()] })).body.unknownSessionIds).toHaveLength(
      1,
    )
    expect(await ingest('/session/gamemode', { sessionId, gamemode: 'survival' })).toMatchObject({ status: 200 })
    expect(await ingest('/session/end', { sessionId })).toMatchObject({ status: 200 })
    const custom = { type: 'custom', server: 'lobby-1', name: 'vote' }
    const batch = await ingest('/batch', { items: [{ ...custom, uuid: NOTCH }, { ...custom, sessionId }, custom] })
    expect(batch.body).toEqual({ accepted: 3, rejected: [] })
    expect((await live()).total).toBe(0)
    expect(await counts()).toMatchObject({ accepted: 1, optedOut: 5 })
    expect(await storedOf(networkId, NOTCH)).toBe(0)
    expect(await eventNames(networkId)).toEqual(['vote'])
  })

  it('is named in no dead letter, and an old one that is replayed leaves nothing', async () => {
    const { networkId, ingest, optOut, send, connect } = await setUp()
    const tooOld = { server: 's', uuid: NOTCH, name: 'Notch', startedAtMs: 5 }
    await ingest('/session/start', tooOld)
    const letters = async () => (await send('GET', '/dead-letters')).body
    const [letter] = await until(letters, (list) => list.length === 1)
    await optOut()
    await ingest('/session/start', tooOld)
    await ingest('/session/start', { ...tooOld, uuid: NOTCH.toUpperCase(), name: '' })
    const socket = await connect()
    // Without its name: not to be read, and the id stands in it all the same.
    socket.batch(LANE.telemetry, 1, [[EVENT.custom, makeId(), Date.now(), null, idOf(NOTCH), '', {}]])
    await socket.acknowledged(LANE.telemetry, 1)
    socket.batch(LANE.sessions, 1, [
      [EVENT.sessionStart, sessionOf(NOTCH, 'Notch', 5), null],
      [EVENT.sessionStart, [makeId(), 'then', idOf(NOTCH), 'Notch'], null],
    ])
    await socket.acknowledged(LANE.sessions, 2)
    expect(await letters()).toHaveLength(1)
    const replayed = await send('POST', `/dead-letters/${letter.id}/replay`)
    expect(replayed.status).toBe(200)
    expect(await storedOf(networkId, NOTCH)).toBe(0)
    socket.close()
  })

  it('leaves nothing of a row that could not be stored before, and is replayed', async () => {
    const { networkId, optOut, send, connect } = await setUp()
    const { clickhouse } = test.databases
    await clickhouse.command("ALTER TABLE events ADD CONSTRAINT no_poison CHECK name != 'poison'")
    const socket = await connect()
    socket.batch(LANE.telemetry, 1, [eventOf(NOTCH, null, 'poison'), eventOf(JEB, null, 'poison')])
    await socket.acknowledged(LANE.telemetry, 2)
    const letters = async () => (await send('GET', '/dead-letters?code=STORAGE_REJECTED')).body
    const kept: ReadonlyArray<{ readonly id: string }> = await until(letters, ({ length }) => length === 2)
    await clickhouse.command('ALTER TABLE events DROP CONSTRAINT no_poison')
    await optOut()
    for (const { id } of kept) {
      expect(await send('POST', `/dead-letters/${id}/replay`)).toMatchObject({ body: { state: 'replayed' } })
    }
    expect([await storedOf(networkId, NOTCH), await storedOf(networkId, JEB)]).toEqual([0, 1])
    socket.close()
  })

  it('is recorded in other networks, and again from the next join on when that is taken back', async () => {
    const [here, there] = [await setUp(), await setUp()]
    await here.optOut()
    await there.ingest('/session/start', { server: 's', uuid: NOTCH, name: 'Notch' })
    expect((await there.live()).total).toBe(1)
    expect(await here.send('DELETE', `/opt-outs/${NOTCH}`)).toMatchObject({ status: 200, body: {} })
    await here.ingest('/session/start', { server: 's', uuid: NOTCH, name: 'Notch' })
    expect((await here.live()).total).toBe(1)
  })
})

describe('the list of who opted out', () => {
  it('knows ids in any form, and repeats nothing', async () => {
    const { send, optOut } = await setUp()
    const { body: first } = await optOut(NOTCH.replaceAll('-', '').toUpperCase())
    await optOut(JEB)
    expect((await optOut()).body).toEqual(first)
    const { body } = await send('GET', '/opt-outs')
    expect(body.map(({ playerId }: { playerId: string }) => playerId)).toEqual([JEB, NOTCH])
    const { body: audit } = await send('GET', '/audit?action=player.opted_out')
    expect(audit.entries.map(({ target }: { target: { id: string } }) => target.id)).toEqual([JEB, NOTCH])
  })

  it.each([
    ['PUT', 'Notch', 400, 'QUERY_INVALID'],
    ['PUT', '00000000-0000-0000-0000-000000000000', 400, 'QUERY_INVALID'],
    ['DELETE', JEB, 404, 'PLAYER_NOT_FOUND'],
  ])('answers %s %s with %i', async (method, player, status, code) => {
    const { send } = await setUp()
    expect(await send(method, `/opt-outs/${player}`)).toMatchObject({ status, body: { error: { code } } })
  })

  it('has room for ten thousand', async () => {
    const { networkId, optOut, send } = await setUp()
    const client = new pg.Client({ connectionString: test.databases.postgresUrl })
    await client.connect()
    await client.query('INSERT INTO opt_outs SELECT $1, gen_random_uuid(), 1 FROM generate_series(1, 9999)', [
      networkId,
    ])
    await client.end()
    expect(await optOut()).toMatchObject({ status: 200 })
    expect(await optOut(JEB)).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } })
    expect((await send('GET', '/opt-outs')).body).toHaveLength(10_000)
  })
})
