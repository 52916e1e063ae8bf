import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPlayerStore, type PlayerStore } from '../src/players/index.ts'
import { setUpCollector } from './support/index.ts'

const test = setUpCollector()
type PlayerFilter = Parameters<PlayerStore['loadPlayers']>[0]
type PlayerRow = Awaited<ReturnType<PlayerStore['loadPlayers']>>[number]
const SORTS = ['lastSeen', 'firstSeen', 'name', 'playtime', 'sessions'] as const

const networkId = randomUUID()
const PLAYERS = 50
const VERSIONS = 3
const NOW_MS = Date.now()
const PAGE_PLAYERS = 9
/** So many at once are read with all versions collapsed, as for exports. */
const EXPORT_PLAYERS = 1_000

/** A generator of numbers in [0, below), the same in every run. */
function createDice(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Profiles that were computed again and again, each time with other values, as when players come and go. */
beforeAll(async () => {
  const { clickhouse } = test.databases
  // What was computed again stays beside what is true.
  await clickhouse.command('SYSTEM STOP MERGES player_profiles')
  const dice = createDice(7)
  const ids = Array.from({ length: PLAYERS }, () => randomUUID())
  for (let version = 0; version < VERSIONS; version++) {
    const some = ids.filter(() => version === 0 || dice(2) === 0)
    const rows = some.map((id) => {
      const second = Math.floor(NOW_MS / 1_000)
      const name = `${'aäbBé'[dice(5)]}${dice(9)}`
      const fields = [
        `'${networkId}', '${id}', '${name}'`,
        `${second - 900 + dice(30)}, ${second - 800 + version * 100 + dice(30)}`,
        `'${['', 'a.example'][dice(2)]}', '${['DE', 'US'][dice(2)]}', '${['java', 'bedrock'][dice(2)]}', ''`,
        `${dice(4)}, ${dice(5) * 1_000}, 0, ${dice(3) === 0}, ${second - 700 + version * 100}`,
      ]
      return `(${fields.join(', ')})`
    })
    await clickhouse.command(
      `INSERT INTO player_profiles (network_id, player_id, name, first_seen_at, last_seen_at, first_domain, first_country,
         first_platform, last_device, sessions, playtime_ms, afk_ms, is_online, computed_at) VALUES ${rows.join(', ')}`,
    )
  }
})
afterAll(() => test.databases.clickhouse.command('SYSTEM START MERGES player_profiles'))

async function loadByPages(filter: PlayerFilter): Promise<PlayerRow[]> {
  const all: PlayerRow[] = []
  for (;;) {
    const after = all.at(-1)
    const page = await createPlayerStore(test.databases.clickhouse).loadPlayers({
      ...filter,
      ...(after && { after }),
    })
    all.push(...page)
    if (page.length < filter.limit) return all
  }
}

describe('pages of players whose profiles were computed several times', () => {
  it('have versions to choose from', async () => {
    const count = 'SELECT count() AS rows FROM player_profiles WHERE network_id = {networkId:UUID}'
    const [all] = await test.databases.clickhouse.select<{ rows: number }>(count, { networkId })
    expect(all?.rows).toBeGreaterThan(PLAYERS * 1.5)
  })

  it.each(SORTS.flatMap((sort) => [[sort, 'asc'] as const, [sort, 'desc'] as const]))(
    'have each player once, as computed last, by %s %s, whatever is asked for',
    async (sort, order) => {
      const filters: readonly Partial<PlayerFilter>[] = [
        {},
        { namePart: 'B' },
        { country: 'DE', domain: 'a.example' },
        { platform: 'bedrock' },
        { isOnline: true },
        { isOnline: false },
        { lastSeenFromMs: NOW_MS - 550_000 },
        { lastSeenBeforeMs: NOW_MS - 650_000 },
        { namePart: 'nobody' },
      ]
      for (const some of filters) {
        const filter: PlayerFilter = { networkId, sort, order, nowMs: NOW_MS, limit: PAGE_PLAYERS, ...some }
        const right = await createPlayerStore(test.databases.clickhouse).loadPlayers({
          ...filter,
          limit: EXPORT_PLAYERS,
        })
        expect(await loadByPages(filter), JSON.stringify(some)).toEqual(right)
      }
    },
  )
})
