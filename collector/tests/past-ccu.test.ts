import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRegistry, type OpenDetails } from '../src/live/index.ts'
import { ask, connectRaw, createNetwork, FRAME, LANE, makeId, sessionFields, setUpCollector } from './support/index.ts'

const test = setUpCollector()

async function setUp() {
  const { collector } = test
  const network = await createNetwork(collector)
  const get = (path: string) => ask(collector, 'GET', network.path + path)
  const rebuild = (fromMs: number, toMs: number) =>
    ask(collector, 'POST', `${network.path}/ccu/rebuild`, { body: { fromMs, toMs } })
  return { collector, ...network, get, rebuild }
}

const INSERT_SAMPLES = 'INSERT INTO ccu_samples (network_id, sampled_at, dimension, value, players, peak) VALUES'

describe('past CCU', () => {
  it('is null where nothing was sampled', async () => {
    const { get } = await setUp()
    const { body } = await get('/ccu?by=total')
    expect(body).toMatchObject({ by: 'total', series: [], peak: null, stepMs: 60_000 })
    expect(body.atMs.length).toBeGreaterThanOrEqual(1_440)
  })

  it('comes from the samples, with means, peaks and gaps', async () => {
    const { get, networkId } = await setUp()
    const minute = Math.floor(Date.now() / 60_000) * 60
    const rows = [
      [minute - 300, 0, '', 10, 12],
      [minute - 240, 0, '', 20, 25],
      [minute - 60, 0, '', 4, 5],
      [minute - 300, 1, 'a', 10, 12],
      [minute - 240, 1, 'a', 15, 19],
      [minute - 240, 1, 'b', 5, 6],
      [minute - 60, 1, 'a', 4, 5],
    ]
    const values = rows.map(
      ([at, dimension, value, players, peak]) =>
        `('${networkId}', ${at}, ${dimension}, '${value}', ${players}, ${peak})`,
    )
    await test.databases.clickhouse.command(`${INSERT_SAMPLES} ${values.join(', ')}`)
    // A repeat of the rows changes no answer.
    await test.databases.clickhouse.command(`${INSERT_SAMPLES} ${values.join(', ')}`)
    const range = `fromMs=${(minute - 300) * 1_000}&toMs=${minute * 1_000}`
    const total = (await get(`/ccu?${range}`)).body
    expect(total.series).toEqual([{ value: '', players: [10, 20, null, null, 4], peaks: [12, 25, null, null, 5] }])
    expect(total.peak).toBe(25)
    const byServer = (await get(`/ccu?${range}&by=server`)).body
    expect(byServer.series).toEqual([
      { value: 'a', players: [10, 15, null, null, 4], peaks: [12, 19, null, null, 5] },
      { value: 'b', players: [0, 5, null, null, 0], peaks: [0, 6, null, null, 0] },
    ])
    const coarse = (await get(`/ccu?${range}&stepMs=300000`)).body
    expect(coarse.stepMs).toBe(300_000)
    const known = coarse.series[0].players.filter((players: number | null) => players !== null)
    expect(known.length).toBeGreaterThan(0)
  })

  it.each(['fromMs=2&toMs=1', 'fromMs=0&toMs=2000000000000', 'by=colour', 'stepMs=1'])(
    'is refused for %s',
    async (query) => {
      const { get } = await setUp()
      expect((await get(`/ccu?${query}`)).status).toBe(400)
    },
  )
})

const MINUTE_MS = 60_000

interface PastSeries {
  readonly value: string
  readonly players: number[]
}

interface ImportedSession {
  readonly startMs: number
  readonly endMs: number
  readonly domain: string
  /** When the player came to the lobby, and from there to survival; null for a player who went nowhere. */
  readonly switches: { readonly lobbyMs: number; readonly survivalMs: number } | null
}

/** The wire events of a session, each as the SDK says it. */
function eventsOf({ startMs, endMs, domain, switches }: ImportedSession): readonly (readonly unknown[])[] {
  const fields = sessionFields({ startedAtMs: startMs, domain })
  if (switches === null) return [[3, fields, null, endMs, 1, 0]]
  const lobby = [0, 'lobby', switches.lobbyMs]
  const survival = [1, 'survival', switches.survivalMs]
  return [
    [2, fields, null, lobby],
    [2, fields, lobby, survival],
    [3, fields, survival, endMs, 1, 0],
  ]
}

describe('past CCU of imported sessions', () => {
  const FROM_MS = Math.floor((Date.now() - 3 * 86_400_000) / MINUTE_MS) * MINUTE_MS
  const MINUTES = 120
  const TO_MS = FROM_MS + MINUTES * MINUTE_MS

  async function importSessions(
    { collector, key }: { readonly collector: typeof test.collector; readonly key: string },
    sessions: readonly ImportedSession[],
  ): Promise<void> {
    const socket = await connectRaw(collector.endpoint, key)
    await socket.hello()
    const events = sessions.flatMap(eventsOf)
    socket.snapshot(events.length, [])
    socket.batch(LANE.sessions, 1, events)
    await socket.acknowledged(LANE.sessions, events.length)
    socket.close()
  }

  /** Sessions before, across and after the range; some begin and end on a minute's very first millisecond. */
  const spans = fc.record({
    startMs: fc.oneof(
      fc.integer({ min: FROM_MS - 60 * MINUTE_MS, max: TO_MS + 10 * MINUTE_MS }),
      fc.integer({ min: -30, max: MINUTES }).map((minute) => FROM_MS + minute * MINUTE_MS),
    ),
    lengthMs: fc.oneof(fc.integer({ min: 3, max: 200 * MINUTE_MS }), fc.constantFrom(MINUTE_MS, 7 * MINUTE_MS)),
    domain: fc.constantFrom('a.example', 'b.example'),
    goesAround: fc.boolean(),
  })

  it('is what counting the open sessions at every minute gives', async () => {
    const network = await setUp()
    const [sample] = fc.sample(fc.array(spans, { minLength: 200, maxLength: 200 }), { numRuns: 1, seed: 7 })
    const sessions: readonly ImportedSession[] = (sample ?? []).map(({ startMs, lengthMs, domain, goesAround }) => {
      const lobbyMs = startMs + Math.floor(lengthMs / 3)
      const survivalMs = startMs + Math.floor((2 * lengthMs) / 3)
      return { startMs, endMs: startMs + lengthMs, domain, switches: goesAround ? { lobbyMs, survivalMs } : null }
    })
    await importSessions(network, sessions)
    expect(await network.rebuild(FROM_MS + 12_345, TO_MS + 59_999)).toMatchObject({
      status: 200,
      body: { fromMs: FROM_MS, toMs: TO_MS, minutes: MINUTES },
    })

    const gamemodeAt = ({ switches }: ImportedSession, atMs: number): string => {
      if (switches === null || atMs < switches.lobbyMs) return ''
      return atMs < switches.survivalMs ? 'lobby' : 'survival'
    }
    const countAt = (atMs: number, fits: (session: ImportedSession) => boolean = () => true): number =>
      sessions.filter((session) => session.startMs <= atMs && atMs < session.endMs && fits(session)).length
    const changes = sessions.flatMap(({ startMs, endMs }) => [startMs, endMs])
    const peakBefore = (atMs: number): number =>
      Math.max(
        ...[atMs - MINUTE_MS, ...changes.filter((change) => change > atMs - MINUTE_MS && change <= atMs)].map((at) =>
          countAt(at),
        ),
      )
    const minutes = Array.from({ length: MINUTES }, (_, minute) => FROM_MS + minute * MINUTE_MS)
    const history = async (by: string): Promise<Map<string, number[]>> => {
      const { body } = await network.get(`/ccu?fromMs=${FROM_MS}&toMs=${TO_MS}&stepMs=${MINUTE_MS}&by=${by}`)
      return new Map(body.series.map(({ value, players }: { value: string; players: number[] }) => [value, players]))
    }

    const { body } = await network.get(`/ccu?fromMs=${FROM_MS}&toMs=${TO_MS}&stepMs=${MINUTE_MS}`)
    expect(body.series[0].players).toEqual(minutes.map((atMs) => countAt(atMs)))
    expect(body.series[0].peaks).toEqual(minutes.map(peakBefore))
    for (const gamemode of ['', 'lobby', 'survival']) {
      expect((await history('gamemode')).get(gamemode), gamemode).toEqual(
        minutes.map((atMs) => countAt(atMs, (session) => gamemodeAt(session, atMs) === gamemode)),
      )
    }
    expect((await history('domain')).get('b.example')).toEqual(
      minutes.map((atMs) => countAt(atMs, ({ domain }) => domain === 'b.example')),
    )
  })

  it('counts a player with several sessions once, through the same one as live, whatever overlaps', async () => {
    const network = await setUp()
    const players = Array.from({ length: 12 }, makeId)
    const part = fc.record({
      player: fc.nat({ max: players.length - 1 }),
      isProxy: fc.boolean(),
      startMs: fc.integer({ min: FROM_MS - 5 * MINUTE_MS, max: FROM_MS + 55 * MINUTE_MS }),
      lengthMs: fc.integer({ min: 3, max: 30 * MINUTE_MS }),
      goesToMs: fc.option(fc.integer({ min: 0, max: 10 * MINUTE_MS })),
      domain: fc.constantFrom('a.example', 'b.example'),
    })
    const [parts = []] = fc.sample(fc.array(part, { minLength: 120, maxLength: 120 }), { numRuns: 1, seed: 11 })
    const sessions = parts.map(({ player, isProxy, startMs, lengthMs, goesToMs, domain }) => {
      const endMs = startMs + lengthMs
      const lobbyMs = goesToMs === null ? null : Math.min(startMs + goesToMs, endMs)
      const fields = sessionFields({ player: players[player] ?? makeId(), startedAtMs: startMs, domain })
      return { player: String(player), isProxy, startMs, endMs, lobbyMs, domain, fields }
    })
    for (const isProxy of [true, false]) {
      const socket = await connectRaw(network.collector.endpoint, network.key)
      await socket.hello({ server: isProxy ? ['proxy-1', 1] : ['survival-1', 2] })
      const events = sessions
        .filter((session) => session.isProxy === isProxy)
        .flatMap(({ fields, lobbyMs, endMs }) => {
          const lobby = lobbyMs === null ? null : [0, isProxy ? 'lobby' : 'survival', lobbyMs]
          return [...(lobby === null ? [] : [[2, fields, null, lobby]]), [3, fields, lobby, endMs, 1, 0]]
        })
      socket.snapshot(events.length, [])
      socket.batch(LANE.sessions, 1, events)
      await socket.acknowledged(LANE.sessions, events.length)
      expect(socket.unread().filter(([type]) => type === FRAME.reject)).toEqual([])
      socket.close()
    }
    const toMs = FROM_MS + 60 * MINUTE_MS
    await network.rebuild(FROM_MS, toMs)

    const countsAt = (atMs: number) => {
      const nothing = (): void => undefined
      const events = { onClosed: nothing, onReopened: nothing, onInstanceEnded: nothing, onChanged: nothing }
      const registry = createRegistry(events)
      const link = (serverName: string, serverKind: 'proxy' | 'backend') =>
        registry.link({ key: serverName, networkId: 'n', serverName, serverKind, startedAtMs: 0 }, atMs).instance
      const instances = { proxy: link('proxy-1', 'proxy'), backend: link('survival-1', 'backend') }
      for (const { player, isProxy, startMs, endMs, lobbyMs, domain, fields } of sessions) {
        if (startMs > atMs || endMs <= atMs) continue
        const key = Buffer.from(fields[0] as Uint8Array).toString('latin1')
        const isThere = lobbyMs !== null && lobbyMs <= atMs
        const gamemode = isThere ? (isProxy ? 'lobby' : 'survival') : ''
        const record = { key, playerKey: player, startedAtMs: startMs, domain } as OpenDetails['record']
        registry.open(isProxy ? instances.proxy : instances.backend, { record, stay: null, gamemode }, atMs)
      }
      return registry.network('n').presence.counts
    }
    const live = Array.from({ length: 60 }, (_, minute) => countsAt(FROM_MS + minute * MINUTE_MS))
    const past = async (by: string): Promise<Record<string, number[]>> => {
      const { body } = await network.get(`/ccu?fromMs=${FROM_MS}&toMs=${toMs}&stepMs=${MINUTE_MS}&by=${by}`)
      return Object.fromEntries(body.series.map(({ value, players: each }: PastSeries) => [value, each]))
    }
    expect(await past('total')).toEqual({ '': live.map((counts) => counts.total()) })
    for (const by of ['server', 'gamemode', 'domain'] as const) {
      const values = Array.from(new Set(live.flatMap((counts) => Array.from(counts.by(by).keys()))))
      const expected = values.map((value) => [value, live.map((counts) => counts.by(by).get(value) ?? 0)] as const)
      expect(await past(by), by).toEqual(Object.fromEntries(expected))
      expect(values.length, by).toBeGreaterThan(1)
    }
  })

  it('leaves what was sampled at the time, follows what is imported later, and changes nothing when repeated', async () => {
    const network = await setUp()
    const session = { startMs: FROM_MS, endMs: FROM_MS + 3 * MINUTE_MS, domain: 'a.example', switches: null }
    await test.databases.clickhouse.command(
      `${INSERT_SAMPLES} ('${network.networkId}', ${FROM_MS / 1_000 + 60}, 'total', '', 40, 41)`,
    )
    const players = async (): Promise<number[]> => {
      await network.rebuild(FROM_MS, FROM_MS + 4 * MINUTE_MS)
      const range = `fromMs=${FROM_MS}&toMs=${FROM_MS + 4 * MINUTE_MS}`
      return (await network.get(`/ccu?${range}&stepMs=${MINUTE_MS}`)).body.series[0].players
    }
    expect(await players()).toEqual([0, 40, 0, 0])
    await importSessions(network, [session])
    expect(await players()).toEqual([1, 40, 1, 0])
    expect(await players()).toEqual([1, 40, 1, 0])
    await importSessions(network, [session])
    expect(await players()).toEqual([2, 40, 2, 0])
  })

  it.each([
    ['an empty range', FROM_MS, FROM_MS],
    ['a range in the future', Date.now() + 86_400_000, Date.now() + 2 * 86_400_000],
    ['more than 92 days', FROM_MS - 100 * 86_400_000, FROM_MS],
  ])('is not rebuilt for %s', async (_what, fromMs, toMs) => {
    const { rebuild } = await setUp()
    expect(await rebuild(fromMs, toMs)).toMatchObject({ status: 422, body: { error: { code: 'BODY_INVALID' } } })
  })
})
