import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import { buildEventsQuery, type EventFilter, STAY_LOOKBACK_MS } from './build-events-query.ts'
import type { EventKind, EventRow, PropertyValue } from './event.ts'

export interface EventName {
  readonly name: string
  readonly kind: EventKind
  readonly events: number
  readonly lastAtMs: number
}

export interface EventStore {
  /** Events newest first, each once, at most `filter.limit`. */
  loadEvents(filter: EventFilter): Promise<EventRow[]>
  /** Names of players, by id; of players who came a moment ago there may be none yet. */
  loadPlayerNames(networkId: string, events: readonly EventRow[]): Promise<ReadonlyMap<string, string>>
  /** What was played at the time, by event id, as far as it is known. */
  loadGamemodes(networkId: string, events: readonly EventRow[]): Promise<ReadonlyMap<string, string>>
  /** Names of events in [fromMs, beforeMs), the most frequent first. */
  loadNames(networkId: string, range: { readonly fromMs: number; readonly beforeMs: number }): Promise<EventName[]>
}

type StoredEvent = Omit<EventRow, 'properties' | 'sessionId' | 'playerId'> & {
  readonly properties: string
  readonly sessionId: string
  readonly playerId: string
}

const NAMES = sqlFile(import.meta.url, 'queries/names.sql')
const PLAYER_NAMES = sqlFile(import.meta.url, 'queries/player-names.sql')
const STAYS = sqlFile(import.meta.url, 'queries/stays.sql')
const NAMES_MAX = 500
const HOUR_MS = 3_600_000
/** Each window of time is this much longer than the one after it. */
const WINDOW_GROWTH = 6
const NO_ID = /^[0-]*$/

export function createEventStore(clickhouse: ClickHouse): EventStore {
  return {
    async loadEvents(filter) {
      const found = new Map<string, EventRow>()
      let { below } = filter
      let beforeMs = Math.min(filter.beforeMs, below === undefined ? Infinity : below.atMs + 1)
      // Newest first in growing windows of time. Events of one player are found by an index, in all of them at once.
      let windowMs = filter.playerId === undefined ? HOUR_MS : Infinity
      while (beforeMs > filter.fromMs && found.size < filter.limit) {
        const fromMs = Math.max(filter.fromMs, beforeMs - windowMs)
        const limit = filter.limit - found.size
        const { sql, parameters } = buildEventsQuery({ ...filter, ...(below && { below }), fromMs, beforeMs, limit })
        const rows = await clickhouse.select<StoredEvent>(sql, parameters)
        for (const row of rows) found.set(row.eventId, toEvent(row))
        const last = rows.at(-1)
        if (last !== undefined) below = { atMs: last.atMs, id: last.eventId }
        // A full answer may hold repeats, and then the window holds more.
        if (rows.length === limit && last !== undefined) beforeMs = last.atMs + 1
        else {
          beforeMs = fromMs
          windowMs *= WINDOW_GROWTH
        }
      }
      return Array.from(found.values())
    },

    async loadPlayerNames(networkId, events) {
      const players = distinct(events.map(({ playerId }) => playerId))
      if (players.length === 0) return new Map()
      const rows = await clickhouse.select<{ playerId: string; name: string }>(PLAYER_NAMES, { networkId, players })
      return new Map(rows.map(({ playerId, name }) => [playerId, name]))
    },

    async loadGamemodes(networkId, events) {
      const players = distinct(events.map(({ playerId }) => playerId))
      const sessions = distinct(events.map(({ sessionId }) => sessionId))
      if (players.length === 0 || sessions.length === 0) return new Map()
      const times = events.map(({ atMs }) => atMs)
      const stays = await clickhouse.select<{ sessionId: string; startedAtMs: number; gamemode: string }>(STAYS, {
        networkId,
        players,
        sessions,
        fromMs: Math.min(...times) - STAY_LOOKBACK_MS,
        toMs: Math.max(...times),
      })
      const gamemodes = new Map<string, string>()
      for (const { eventId, sessionId, atMs } of events) {
        const stay = stays.findLast((one) => one.sessionId === sessionId && one.startedAtMs <= atMs)
        if (stay !== undefined) gamemodes.set(eventId, stay.gamemode)
      }
      return gamemodes
    },

    loadNames: (networkId, range) => clickhouse.select<EventName>(NAMES, { networkId, ...range, most: NAMES_MAX }),
  }
}

function distinct(ids: readonly (string | null)[]): string[] {
  return Array.from(new Set(ids.filter((id) => id !== null)))
}

function toEvent({ properties, sessionId, playerId, ...row }: StoredEvent): EventRow {
  return {
    ...row,
    sessionId: NO_ID.test(sessionId) ? null : sessionId,
    playerId: NO_ID.test(playerId) ? null : playerId,
    properties: properties === '' ? {} : (JSON.parse(properties) as Record<string, PropertyValue>),
  }
}
