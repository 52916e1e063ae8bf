import { formatUuid } from '@mctrack/sdk/protocol'
import { afterAll, describe, expect, it } from 'vitest'
import { ask, connectRaw, createNetwork, LANE, makeId, sessionFields, setUpCollector, until } from './support/index.ts'

const test = setUpCollector()
const DAY_MS = 86_400_000
const T = Date.now() - 10 * DAY_MS

interface Stored {
  readonly player: Uint8Array
  readonly name: string
  readonly startedAtMs: number
  readonly lengthMs: number | null
  readonly domain?: string
  readonly address?: string
  readonly gamemode?: string
}

async function setUp(sessions: readonly Stored[]) {
  const { collector } = test
  const network = await createNetwork(collector, { name: 'Ünder = Block' })
  const socket = await connectRaw(collector.endpoint, network.key)
  await socket.hello()
  socket.snapshot(0, [])
  const events = sessions.map(({ lengthMs, gamemode = 'lobby', ...session }) => {
    const fields = sessionFields(session)
    const stay = [0, gamemode, session.startedAtMs]
    return lengthMs === null ? [1, fields, stay] : [3, fields, stay, session.startedAtMs + lengthMs, 1, 7]
  })
  if (events.length > 0) {
    socket.batch(LANE.sessions, 1, events)
    await socket.acknowledged(LANE.sessions, events.length)
  }
  const get = (path: string) => ask(collector, 'GET', `${network.path}/players${path}`)
  const distinct = new Set(sessions.map(({ player }) => formatUuid(player))).size
  const untilKnown = () =>
    until(
      async () => (await get('?limit=500')).body.players,
      (players) =>
        players.length === distinct &&
        players.reduce((sum: number, one: { sessions: number }) => sum + one.sessions, 0) === sessions.length,
    )
  const download = async (path: string) => {
    const answer = await fetch(`${collector.url}${network.path}${path}`, {
      headers: { authorization: `Bearer ${collector.token}` },
    })
    return { headers: answer.headers, text: await answer.text() }
  }
  return { ...network, collector, socket, get, untilKnown, download }
}

let four: ReturnType<typeof setUp> | undefined
/** A network with the four players, the same for all tests that only read. */
async function withFour() {
  four ??= setUp(FOUR)
  const made = await four
  await made.untilKnown()
  return made
}
afterAll(async () => (await four)?.socket.close())

const names = (players: ReadonlyArray<{ readonly name: string }>): string[] => players.map(({ name }) => name)
const [ann, cem, dan] = [makeId(), makeId(), makeId()]
/** As Floodgate makes them: without a version. */
const bob = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 1, 0xf6, 0x4f, 0x65, 0xc7, 0xc3)
const FOUR: readonly Stored[] = [
  { player: ann, name: 'Ann', startedAtMs: T, lengthMs: 60_000, domain: 'a.example.net', address: '8.8.8.8' },
  { player: bob, name: 'bobby', startedAtMs: T + DAY_MS, lengthMs: 3_600_000, domain: 'b.example.net' },
  { player: cem, name: '=Cem', startedAtMs: T + 2 * DAY_MS, lengthMs: 1_000, domain: 'a.example.net' },
  {
    player: ann,
    name: 'Annika',
    startedAtMs: T + 3 * DAY_MS,
    lengthMs: 120_000,
    domain: 'b.example.net',
    gamemode: 'sky',
  },
  { player: dan, name: 'Dan', startedAtMs: Date.now() - 60_000, lengthMs: null },
]

describe('the list of players', () => {
  it('has totals, first and last, and who is online', async () => {
    const { get } = await withFour()
    const { players, nextCursor } = (await get('')).body
    expect(nextCursor).toBeNull()
    expect(names(players)).toEqual(['Dan', 'Annika', '=Cem', 'bobby'])
    expect(players[1]).toEqual({
      playerId: formatUuid(ann),
      name: 'Annika',
      firstSeenAtMs: T,
      lastSeenAtMs: T + 3 * DAY_MS + 120_000,
      online: null,
      sessions: 2,
      playtimeMs: 180_000,
      afkMs: 14,
      platform: 'java',
      device: '',
      country: 'US',
      domain: 'a.example.net',
    })
    expect(players[0]).toMatchObject({ sessions: 1, playtimeMs: 0, online: { server: 'raw-1', gamemode: 'lobby' } })
    expect(players[0].lastSeenAtMs).toBeGreaterThan(Date.now() - 30_000)
  })

  it.each([
    ['search=NN', ['Annika']],
    ['search=b', ['bobby']],
    [`search=${formatUuid(bob)}`, ['bobby']],
    [`search=${formatUuid(bob).replaceAll('-', '').toUpperCase()}`, ['bobby']],
    ['country=US', ['Annika']],
    ['domain=a.example.net', ['Annika', '=Cem']],
    ['platform=bedrock', []],
    [`firstSeenFromMs=${T + 1}&firstSeenToMs=${T + 2 * DAY_MS}`, ['bobby']],
    [`lastSeenToMs=${T + 2 * DAY_MS}`, ['bobby']],
    [`lastSeenFromMs=${T + 3 * DAY_MS}`, ['Dan', 'Annika']],
    ['online=true', ['Dan']],
    ['online=false&sort=name', ['=Cem', 'Annika', 'bobby']],
    ['sort=firstSeen', ['Dan', '=Cem', 'bobby', 'Annika']],
    ['sort=playtime', ['bobby', 'Annika', '=Cem', 'Dan']],
    ['sort=sessions&limit=1', ['Annika']],
    ['sort=name&order=desc', ['Dan', 'bobby', 'Annika', '=Cem']],
  ])('by %s', async (query, expected) => {
    const { get } = await withFour()
    expect(names((await get(`?${query}`)).body.players)).toEqual(expected)
  })

  it.each(['lastSeen', 'firstSeen', 'name', 'playtime', 'sessions'])('goes on page by page, by %s', async (sort) => {
    const { get } = await withFour()
    const whole = names((await get(`?sort=${sort}`)).body.players)
    const paged: string[] = []
    let cursor = ''
    do {
      const { body } = await get(`?sort=${sort}&limit=1${cursor && `&cursor=${cursor}`}`)
      paged.push(...names(body.players))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(whole)
  })

  it('follows what comes later', async () => {
    const { get, socket, untilKnown } = await setUp(FOUR.slice(0, 1))
    await untilKnown()
    await untilKnown()
    const fields = sessionFields({ player: ann, name: 'Ann2', startedAtMs: T + DAY_MS })
    socket.batch(LANE.sessions, 2, [[3, fields, null, T + DAY_MS + 5_000, 1, 0]])
    await socket.acknowledged(LANE.sessions, 2)
    const one = await until(
      async () => (await get('')).body.players[0],
      ({ sessions }) => sessions === 2,
    )
    expect(one).toMatchObject({ name: 'Ann2', playtimeMs: 65_000, firstSeenAtMs: T })
    socket.close()
  })

  it('keeps the profile of who did nothing, however often others come', async () => {
    const { networkId, get, socket, untilKnown } = await setUp(FOUR.slice(0, 1))
    await untilKnown()
    const computed = () =>
      test.databases.clickhouse.select(
        'SELECT toString(player_id) AS playerId, name, computed_at FROM player_profiles WHERE network_id = {networkId:UUID}',
        { networkId },
      )
    const before = await computed()
    expect(before).toHaveLength(1)
    for (const [i, player] of [makeId(), makeId()].entries()) {
      const startedAtMs = T + i
      socket.batch(LANE.sessions, 2 + i, [[3, sessionFields({ player, startedAtMs }), null, startedAtMs + 1, 1, 0]])
      await socket.acknowledged(LANE.sessions, 2 + i)
      await until(
        async () => (await get('')).body.players,
        (players) => players.length === 2 + i,
      )
    }
    expect(await computed()).toEqual(expect.arrayContaining(before))
    expect(await computed()).toHaveLength(3)
    socket.close()
  })

  it('refuses a cursor of another order, and what is none', async () => {
    const { get } = await withFour()
    const { nextCursor } = (await get('?limit=1')).body
    for (const query of [`sort=name&cursor=${nextCursor}`, 'cursor=nonsense', 'sort=colour', 'limit=501']) {
      expect((await get(`?${query}`)).body.error.code, query).toBe('QUERY_INVALID')
    }
  })
})

describe('one player', () => {
  it('has names, domains and game modes', async () => {
    const { get } = await withFour()
    const { body } = await get(`/${formatUuid(ann)}`)
    expect(body).toEqual({
      playerId: formatUuid(ann),
      name: 'Annika',
      firstSeenAtMs: T,
      lastSeenAtMs: T + 3 * DAY_MS + 120_000,
      online: null,
      sessions: 2,
      playtimeMs: 180_000,
      afkMs: 14,
      longestSessionMs: 120_000,
      optedOutAtMs: null,
      first: { domain: 'a.example.net', country: 'US', platform: 'java' },
      last: { device: '', country: '', version: '1.21.11' },
      names: [
        { name: 'Annika', firstUsedAtMs: T + 3 * DAY_MS, lastUsedAtMs: T + 3 * DAY_MS },
        { name: 'Ann', firstUsedAtMs: T, lastUsedAtMs: T },
      ],
      domains: [
        { domain: 'a.example.net', sessions: 1, playtimeMs: 60_000, lastUsedAtMs: T },
        { domain: 'b.example.net', sessions: 1, playtimeMs: 120_000, lastUsedAtMs: T + 3 * DAY_MS },
      ],
      gamemodes: [
        { gamemode: 'sky', stays: 1, playtimeMs: 120_000, lastPlayedAtMs: T + 3 * DAY_MS },
        { gamemode: 'lobby', stays: 1, playtimeMs: 60_000, lastPlayedAtMs: T },
      ],
    })
    expect((await get(`/${formatUuid(bob)}`)).body.name).toBe('bobby')
    expect((await get(`/${formatUuid(dan)}`)).body.online).toMatchObject({ server: 'raw-1', gamemode: 'lobby' })
  })

  it('is found with their sessions, newest first', async () => {
    const { collector, path } = await withFour()
    const list = (query: string) => ask(collector, 'GET', `${path}/sessions?player=${formatUuid(ann)}${query}`)
    const first = (await list('&limit=1')).body
    expect(first.sessions).toMatchObject([{ playerName: 'Annika', gamemodes: [{ gamemode: 'sky', ordinal: 0 }] }])
    const second = (await list(`&limit=1&cursor=${first.nextCursor}`)).body
    expect(second).toMatchObject({ sessions: [{ playerName: 'Ann' }], nextCursor: null })
    expect((await list('&domain=b.example.net')).body.sessions).toHaveLength(1)
    expect((await list('&open=true')).body.sessions).toHaveLength(0)
  })

  it('is not found when never seen', async () => {
    const { get, socket } = await setUp([])
    expect(await get(`/${formatUuid(makeId())}`)).toMatchObject({
      status: 404,
      body: { error: { code: 'PLAYER_NOT_FOUND' } },
    })
    socket.close()
  })
})

describe('the export of players', () => {
  it('has all that match, in both formats, safe for spreadsheets', async () => {
    const { download } = await withFour()
    const answer = await download('/players/export?sort=name')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="u-nder-block-players-\d{4}-\d\d-\d\d\.csv"$/,
    )
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const lines = answer.text.split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]?.startsWith('playerId,name,firstSeenAt,firstSeenAtMs')).toBe(true)
    expect(lines[1]).toContain(
      `${formatUuid(cem)},'=Cem,${new Date(T + 2 * DAY_MS).toISOString().replace('Z', '+00:00')},`,
    )
    const ndjson = (await download('/players/export?format=ndjson&search=ann')).text
    expect(JSON.parse(ndjson)).toMatchObject({ name: 'Annika', sessions: 2, isOnline: false })
  })
})

it('shows players of another network nowhere', async () => {
  const mine = await setUp([])
  await withFour()
  expect((await mine.get('')).body.players).toEqual([])
  expect((await mine.get('?online=true')).body.players).toEqual([])
  expect((await mine.get(`?search=${formatUuid(ann)}`)).body.players).toEqual([])
  expect((await mine.get(`/${formatUuid(ann)}`)).status).toBe(404)
  expect((await mine.download('/players/export?format=ndjson')).text).toBe('')
  const sessions = await ask(mine.collector, 'GET', `${mine.path}/sessions?player=${formatUuid(ann)}`)
  expect(sessions.body.sessions).toEqual([])
  mine.socket.close()
})
