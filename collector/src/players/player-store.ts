import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import type { PlayerFilter } from './build-players-query.ts'
import { loadPlayers } from './load-players.ts'
import type { PlayerRow } from './player.ts'

export interface PlayerTotals {
  readonly name: string
  readonly firstSeenAtMs: number
  readonly lastSeenAtMs: number
  readonly firstDomain: string
  readonly firstCountry: string
  readonly firstPlatform: 'java' | 'bedrock'
  readonly sessions: number
  readonly playtimeMs: number
  readonly afkMs: number
  readonly longestMs: number
  /** Of the last session. */
  readonly device: string
  readonly country: string
  readonly version: string
}

export interface UsedName {
  readonly name: string
  readonly firstUsedAtMs: number
  readonly lastUsedAtMs: number
}

export interface UsedDomain {
  readonly domain: string
  readonly sessions: number
  readonly playtimeMs: number
  readonly lastUsedAtMs: number
}

export interface PlayedGamemode {
  readonly gamemode: string
  readonly stays: number
  readonly playtimeMs: number
  readonly lastPlayedAtMs: number
}

/** All that a player's page shows, but sessions and events, which have lists of their own. */
export interface PlayerDetails {
  readonly totals: PlayerTotals
  readonly names: readonly UsedName[]
  readonly domains: readonly UsedDomain[]
  readonly gamemodes: readonly PlayedGamemode[]
}

export interface PlayerStore {
  loadPlayers(filter: PlayerFilter): Promise<PlayerRow[]>
  /** Undefined for a player who was never seen on the network. */
  loadDetails(networkId: string, playerId: string): Promise<PlayerDetails | undefined>
}

const TOTALS = sqlFile(import.meta.url, 'queries/totals.sql')
const NAMES = sqlFile(import.meta.url, 'queries/names.sql')
const DOMAINS = sqlFile(import.meta.url, 'queries/domains.sql')
const GAMEMODES = sqlFile(import.meta.url, 'queries/gamemodes.sql')
const NAMES_MAX = 50
const DOMAINS_MAX = 10
const GAMEMODES_MAX = 20

export function createPlayerStore(clickhouse: ClickHouse): PlayerStore {
  return {
    loadPlayers: (filter) => loadPlayers(clickhouse, filter),

    async loadDetails(networkId, playerId) {
      const player = { networkId, playerId }
      const [[totals], names, domains, gamemodes] = await Promise.all([
        clickhouse.select<PlayerTotals>(TOTALS, player),
        clickhouse.select<UsedName>(NAMES, { ...player, most: NAMES_MAX }),
        clickhouse.select<UsedDomain>(DOMAINS, { ...player, most: DOMAINS_MAX }),
        clickhouse.select<PlayedGamemode>(GAMEMODES, { ...player, most: GAMEMODES_MAX }),
      ])
      return totals === undefined ? undefined : { totals, names, domains, gamemodes }
    },
  }
}
