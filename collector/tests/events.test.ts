import { formatUuid } from '@mctrack/sdk/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  ask,
  connectRaw,
  createNetwork,
  createPerson,
  LANE,
  makeId,
  sessionFields,
  setUpCollector,
  until,
} from './support/index.ts'

const test = setUpCollector()
const T = Date.now() - 3_600_000
const player = makeId()
const sessionId = makeId()

/** What the tests look at: a network with events, and another one without. */
interface Looked {
  /** Of the network, in the API. */
  readonly path: string
  readonly get: (path: string) => ReturnType<typeof ask>
  readonly download: (path: string) => Promise<{ readonly headers: Headers; readonly text: string }>
}
let mine: Looked
let other: Looked

async function setUp(): Promise<Looked & { readonly key: string }> {
  const { collector } = test
  const { path, key } = await createNetwork(collector, { name: 'Events', timeZone: 'Asia/Kathmandu' })
  return {
    key,
    path,
    get: (rest) => ask(collector, 'GET', path + rest),
    async download(rest) {
      const answer = await fetch(collector.url + path + rest, {
        headers: { authorization: `Bearer ${collector.token}` },
      })
      return { headers: answer.headers, text: await answer.text() }
    },
  }
}

beforeAll(async () => {
  other = await setUp()
  const made = await setUp()
  mine = made
  const socket = await connectRaw(test.collector.endpoint, made.key)
  await socket.hello()
  socket.snapshot(0, [])
  const fields = sessionFields({ sessionId, player, name: 'Ann', startedAtMs: T })
  const lobby = [0, 'lobby', T]
  const sky = [1, 'sky', T + 60_000]
  socket.batch(LANE.sessions, 1, [
    [1, fields, lobby],
    [2, fields, lobby, sky],
    [4, makeId(), T + 400_000, sessionId, player, 'paynow', 'tx-1', 'VIP', 499, 'EUR'],
  ])
  const at = (ms: number, name: string, properties: unknown, by = true) =>
    [16, makeId(), T + ms, by ? sessionId : null, by ? player : null, name, properties] as const
  const events = [
    at(1_000, 'crate', { tier: 'rare', keys: 3, won: true }),
    at(100_000, 'crate', { tier: '3', keys: 5, won: false }),
    at(200_000, 'quest', { note: '=1+1', left: null }),
    at(300_000, 'restart', {}, false),
  ]
  socket.batch(LANE.telemetry, 1, [...events])
  await socket.acknowledged(LANE.telemetry, 4)
  await socket.acknowledged(LANE.sessions, 3)
  // The same again, as if by another process: it is stored twice until ClickHouse merges it.
  const again = await connectRaw(test.collector.endpoint, made.key)
  await again.hello({ server: ['raw-2', 1] })
  again.snapshot(0, [])
  again.batch(LANE.telemetry, 1, events.slice(0, 2))
  await again.acknowledged(LANE.telemetry, 2)
  again.close()
  socket.close()
  await until(
    async () => (await mine.get('/events')).body.events,
    (list) => list.some(({ playerName }: { playerName: string | null }) => playerName === 'Ann'),
  )
})

const namesOf = (body: { events: ReadonlyArray<{ readonly name: string; readonly atMs: number }> }): string[] =>
  body.events.map(({ name, atMs }) => `${name}@${(atMs - T) / 1_000}`)

describe('the list of events', () => {
  it('has each once, newest first, with typed properties, player and game mode', async () => {
    const { body } = await mine.get('/events')
    expect(namesOf(body)).toEqual(['purchase@400', 'restart@300', 'quest@200', 'crate@100', 'crate@1'])
    expect(body.nextCursor).toBeNull()
    expect(body.events[4]).toMatchObject({
      kind: 'custom',
      playerId: formatUuid(player),
      playerName: 'Ann',
      sessionId: formatUuid(sessionId),
      gamemode: 'lobby',
      properties: { tier: 'rare', keys: 3, won: true },
    })
    expect(body.events[2]).toMatchObject({ gamemode: 'sky', properties: { note: '=1+1', left: null } })
    expect(body.events[1]).toMatchObject({ playerId: null, playerName: null, sessionId: null, gamemode: null })
  })

  it.each([
    ['name=crate', ['crate@100', 'crate@1']],
    ['kind=purchase', ['purchase@400']],
    [`player=${formatUuid(player)}&name=quest`, ['quest@200']],
    [`session=${formatUuid(sessionId)}&kind=custom`, ['quest@200', 'crate@100', 'crate@1']],
    [`player=${formatUuid(makeId())}`, []],
    ['server=raw-9', []],
    ['gamemode=lobby', ['crate@1']],
    ['gamemode=sky&kind=custom', ['quest@200', 'crate@100']],
    [`fromMs=${T + 100_000}&toMs=${T + 200_000}`, ['crate@100']],
    ['property=tier&value=rare', ['crate@1']],
    ['property=tier&value=3', ['crate@100']],
    ['property=keys&value=3', ['crate@1']],
    ['property=won&value=false', ['crate@100']],
    ['property=left&value=null', ['quest@200']],
    ['property=nothing&value=', []],
    ["property=tier&value=' OR 1=1 --", []],
  ])('by %s', async (query, expected) => {
    expect(namesOf((await mine.get(`/events?${query}`)).body)).toEqual(expected)
  })

  it('goes on page by page', async () => {
    const paged: string[] = []
    let cursor = ''
    do {
      const { body } = await mine.get(`/events?limit=2${cursor && `&cursor=${cursor}`}`)
      paged.push(...namesOf(body))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(paged).toEqual(['purchase@400', 'restart@300', 'quest@200', 'crate@100', 'crate@1'])
  })

  it.each(['property=a', 'value=a', 'cursor=x', 'kind=other', 'limit=0'])('refuses %s', async (query) => {
    expect((await mine.get(`/events?${query}`)).body.error.code).toBe('QUERY_INVALID')
  })
})

describe('names of events', () => {
  it('are counted once each, in the range', async () => {
    const { names } = (await mine.get('/events/names')).body
    expect(names).toEqual([
      { name: 'crate', kind: 'custom', events: 2, lastAtMs: T + 100_000 },
      { name: 'purchase', kind: 'purchase', events: 1, lastAtMs: T + 400_000 },
      { name: 'quest', kind: 'custom', events: 1, lastAtMs: T + 200_000 },
      { name: 'restart', kind: 'custom', events: 1, lastAtMs: T + 300_000 },
    ])
    const range = `fromMs=${T + 150_000}&toMs=${T + 250_000}`
    expect((await mine.get(`/events/names?${range}`)).body.names).toMatchObject([{ name: 'quest', events: 1 }])
    expect((await mine.get('/events/names?fromMs=5&toMs=4')).status).toBe(400)
  })
})

describe('exports', () => {
  it('of events have all, safe for spreadsheets, with instants in the zone of the network', async () => {
    const { headers, text } = await mine.download('/events/export?kind=custom')
    expect(headers.get('content-disposition')).toMatch(/^attachment; filename="events-events-\d{4}-\d\d-\d\d\.csv"$/)
    const lines = text.split('\r\n')
    expect(lines).toHaveLength(6)
    expect(lines[0]).toBe('eventId,kind,name,at,atMs,playerId,playerName,sessionId,server,properties')
    expect(lines[2]).toContain(`+05:45,${T + 200_000},`)
    expect(lines[2]).toContain('"{""note"":""=1+1"",""left"":null}"')
    const ndjson = (await mine.download('/events/export?format=ndjson&name=crate')).text.trim().split('\n')
    expect(ndjson.map((line) => JSON.parse(line).playerName)).toEqual(['Ann', 'Ann'])
  })

  it('of sessions have all that match', async () => {
    const { text } = await mine.download('/sessions/export?format=ndjson')
    expect(JSON.parse(text)).toMatchObject({
      sessionId: formatUuid(sessionId),
      playerName: 'Ann',
      startedAtMs: T,
      endedAtMs: null,
    })
    const csv = (await mine.download('/sessions/export?open=false')).text
    expect(csv.split('\r\n')).toHaveLength(2)
  })

  it('are refused for filters that are wrong, before the first byte', async () => {
    expect((await mine.get('/events/export?property=a')).body.error.code).toBe('QUERY_INVALID')
    expect((await mine.get('/sessions/export?format=xlsx')).body.error.code).toBe('QUERY_INVALID')
  })
})

it('keep purchases to themselves before who may not see revenue', async () => {
  const viewer = await createPerson(test.collector)
  const body = { email: viewer.email, role: 'viewer' }
  expect((await ask(test.collector, 'POST', `${mine.path}/members`, { body })).status).toBe(201)
  const get = async (rest: string) => (await viewer.browser.ask('GET', mine.path + rest)).body
  expect(namesOf(await get('/events'))).toEqual(['restart@300', 'quest@200', 'crate@100', 'crate@1'])
  expect((await get('/events?kind=purchase')).events).toEqual([])
  const range = `?fromMs=${T - 1_000}&toMs=${T + 500_000}`
  const kinds = (await get(`/events/names${range}`)).names.map(({ kind }: { kind: string }) => kind)
  expect(kinds).not.toContain('purchase')
})

it('shows events of another network nowhere', async () => {
  expect((await other.get('/events')).body.events).toEqual([])
  expect((await other.get(`/events?player=${formatUuid(player)}`)).body.events).toEqual([])
  expect((await other.get('/events?gamemode=lobby')).body.events).toEqual([])
  expect((await other.get('/events/names')).body.names).toEqual([])
  expect((await other.download('/events/export?format=ndjson')).text).toBe('')
  expect((await other.download('/sessions/export?format=ndjson')).text).toBe('')
})
