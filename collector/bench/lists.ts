/**
 * What screens ask, over HTTP, with much stored: sessions, stays and events of one network, loaded into an embedded
 * ClickHouse of its own. Prints p50 and p95 of each question; each is asked with other values every time.
 *
 *     node collector/bench/lists.ts [--sessions 10000000] [--players 400000] [--events 10000000] [--rounds 40]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectClickHouse } from '../src/platform/clickhouse/client.ts'
import { startEmbeddedClickHouse } from '../src/platform/clickhouse/embedded.ts'
import { createLog } from '../src/platform/log.ts'
import { ask, createNetwork, until } from '../tests/support/api.ts'
import { startTestCollector } from '../tests/support/collector.ts'
import { numberFlag, percentile, printTable } from './lib/numbers.ts'
import { loadDataSet } from './lists/load.ts'

const SESSIONS = numberFlag('sessions', 10_000_000)
const PLAYERS = numberFlag('players', 400_000)
const EVENTS = numberFlag('events', 10_000_000)
const ROUNDS = numberFlag('rounds', 40)
const DAYS = 60
const DAY_MS = 86_400_000
const P95_MS_WANTED = 100
const MEMORY_BYTES_MAX = 4_000_000_000
const REFRESH_TIMEOUT_MS = 20 * 60_000

const directory = mkdtempSync(join(tmpdir(), 'mctrack-lists-'))
const log = createLog({ level: 'warn', format: 'json' })
const engine = await startEmbeddedClickHouse({
  directory: join(directory, 'clickhouse'),
  memoryBytesMax: MEMORY_BYTES_MAX,
  log,
})
const clickhouse = connectClickHouse(engine.url)
const collector = await startTestCollector({ env: { MCTRACK_CLICKHOUSE_URL: engine.url } })
const { path, networkId } = await createNetwork(collector)
const get = async (rest: string) => (await ask(collector, 'GET', path + rest)).body

const loadedFromMs = performance.now()
const untilMs = Date.now()
await loadDataSet(clickhouse, { networkId, untilMs, days: DAYS, players: PLAYERS, sessions: SESSIONS, events: EVENTS })
const loadMs = performance.now() - loadedFromMs
const [known] = await clickhouse.select<{ players: number }>('SELECT uniqExact(player_id) AS players FROM players')
await until(
  async () => (await clickhouse.select<{ players: number }>('SELECT count() AS players FROM player_profiles FINAL'))[0],
  (found) => found?.players === known?.players,
  REFRESH_TIMEOUT_MS,
)
const profilesMs = performance.now() - loadedFromMs - loadMs
// An import of everything at once leaves work that no screen meets in ordinary use.
await until(
  async () => (await clickhouse.select<{ merges: number }>('SELECT count() AS merges FROM system.merges'))[0]?.merges,
  (merges) => merges === 0,
  REFRESH_TIMEOUT_MS,
)
// Profiles that were computed several times while it was stored are merged within the hour; nobody waits for that here.
await clickhouse.command('OPTIMIZE TABLE player_profiles FINAL')
const mergesMs = performance.now() - loadedFromMs - loadMs - profilesMs
console.log(
  `${SESSIONS} sessions of ${known?.players} players and ${EVENTS} events: loaded in ${Math.round(loadMs / 1_000)} s,`,
  `profiles computed after ${Math.round(profilesMs / 1_000)} s more, parts merged after ${Math.round(mergesMs / 1_000)} s more`,
)

const players = await clickhouse.select<{ playerId: string }>(
  'SELECT toString(player_id) AS playerId FROM player_profiles ORDER BY cityHash64(player_id) LIMIT 500',
)
const playerOf = (round: number): string => players[round % players.length]?.playerId ?? ''
const dayOf = (round: number): string => {
  const toMs = untilMs - (round % (DAYS - 1)) * DAY_MS
  return `fromMs=${toMs - DAY_MS}&toMs=${toMs}`
}
const after = async (list: string): Promise<string> => (await get(list)).nextCursor

const cursors = {
  players: await after('/players?limit=500&sort=playtime'),
  sessions: await after('/sessions?limit=500'),
  events: await after('/events?limit=500'),
}
const QUESTIONS: Readonly<Record<string, (round: number) => string>> = {
  'players, last seen': () => '/players',
  'players, by playtime, second page': () => `/players?sort=playtime&cursor=${cursors.players}`,
  'players, by name': () => '/players?sort=name',
  'players, by part of the name': (round) => `/players?search=er_${round}7`,
  'players, by UUID': (round) => `/players?search=${playerOf(round)}`,
  'players, of a country and a domain': () => '/players?country=DE&domain=play.example.net&sort=sessions',
  'one player': (round) => `/players/${playerOf(round)}`,
  'sessions, newest': () => '/sessions',
  'sessions, second page': () => `/sessions?cursor=${cursors.sessions}`,
  'sessions of a day': (round) => `/sessions?${dayOf(round)}`,
  'sessions of a country and a domain': () => '/sessions?country=DE&domain=play.example.net',
  'sessions of a player': (round) => `/sessions?player=${playerOf(round)}`,
  'events, newest': () => '/events',
  'events, second page': () => `/events?cursor=${cursors.events}`,
  'events of a day, by name': (round) => `/events?name=vote&${dayOf(round)}`,
  'events of a player': (round) => `/events?player=${playerOf(round)}`,
  'events with a property': (round) => `/events?property=keys&value=${round % 9}`,
  'events in a game mode': () => '/events?gamemode=skyblock',
  'names of events, 24 hours': (round) => `/events/names?${dayOf(round)}`,
  'names of events, 28 days': () => `/events/names?fromMs=${untilMs - 28 * DAY_MS}&toMs=${untilMs}`,
  'CCU of 24 hours against last week': () => '/ccu?compare=week',
  'CCU of 28 days by game mode': () => `/ccu?by=gamemode&fromMs=${untilMs - 28 * DAY_MS}&toMs=${untilMs}`,
}

const rows: Record<string, string | number>[] = []
let isReached = true
for (const [question, pathOf] of Object.entries(QUESTIONS)) {
  const tookMs: number[] = []
  for (let round = -3; round < ROUNDS; round++) {
    const startedMs = performance.now()
    const answer = await fetch(collector.url + path + pathOf(Math.abs(round)), {
      headers: { authorization: `Bearer ${collector.token}` },
    })
    await answer.arrayBuffer()
    if (!answer.ok) throw new Error(`${question}: ${answer.status}`)
    if (round >= 0) tookMs.push(performance.now() - startedMs)
  }
  const p95 = percentile(tookMs, 0.95)
  isReached &&= p95 < P95_MS_WANTED
  rows.push({ question, 'p50 ms': percentile(tookMs, 0.5).toFixed(1), 'p95 ms': p95.toFixed(1) })
}

const exportedFromMs = performance.now()
const file = await fetch(`${collector.url}${path}/sessions/export?fromMs=${untilMs - 6 * DAY_MS}&format=ndjson`, {
  headers: { authorization: `Bearer ${collector.token}` },
})
let bytes = 0
for await (const chunk of file.body ?? []) bytes += (chunk as Uint8Array).length
const exportSeconds = (performance.now() - exportedFromMs) / 1_000

printTable(rows)
console.log(`\nExport of six days: ${Math.round(bytes / 1e6)} MB in ${exportSeconds.toFixed(1)} s.`)
console.log(`Wanted: p95 below ${P95_MS_WANTED} ms.`)
await clickhouse.close()
await collector.remove()
await engine.close()
rmSync(directory, { recursive: true, force: true })
process.exitCode = isReached ? 0 : 1
