import { LIMITS } from '@mctrack/sdk/protocol'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import { buildSessionsQuery, type SessionFilter, type SessionRow } from './build-sessions-query.ts'

export interface StayRow {
  readonly sessionId: string
  readonly ordinal: number
  readonly backend: string
  readonly gamemode: string
  readonly startedAtMs: number
  readonly endedAtMs: number | null
}

export interface SessionStore {
  /** Sessions newest first, at most `filter.limit`. */
  loadSessions(filter: SessionFilter): Promise<SessionRow[]>
  /** Stays of the given sessions of one network, by session id. */
  loadStays(networkId: string, sessions: readonly SessionRow[]): Promise<ReadonlyMap<string, StayRow[]>>
}

const STAYS = sqlFile(import.meta.url, 'queries/stays.sql')
const STAYS_OF_PLAYER = sqlFile(import.meta.url, 'queries/stays-of-player.sql')
const HOUR_MS = 3_600_000
const WINDOW_GROWTH = 4

export function createSessionStore(clickhouse: ClickHouse): SessionStore {
  return {
    async loadSessions(filter) {
      const rows: SessionRow[] = []
      // Newest first in growing windows of time: an hour is mostly enough, and a rare filter still ends soon.
      let beforeMs = Math.min(filter.beforeMs, filter.below === undefined ? Infinity : filter.below.atMs + 1)
      // One player's are few, and found wherever they are.
      const firstMs = filter.playerId === undefined ? HOUR_MS : Infinity
      for (let windowMs = firstMs; beforeMs > filter.fromMs && rows.length < filter.limit; windowMs *= WINDOW_GROWTH) {
        const fromMs = Math.max(filter.fromMs, beforeMs - windowMs)
        const limit = filter.limit - rows.length
        const { sql, parameters } = buildSessionsQuery({ ...filter, fromMs, beforeMs, limit })
        rows.push(...(await clickhouse.select<SessionRow>(sql, parameters)))
        beforeMs = fromMs
      }
      return rows
    },

    async loadStays(networkId, sessions) {
      const stays = new Map<string, StayRow[]>()
      if (sessions.length === 0) return stays
      const players = new Set(sessions.map(({ playerId }) => playerId))
      const [player = ''] = players
      const range = {
        networkId,
        fromMs: Math.min(...sessions.map(({ startedAtMs }) => startedAtMs)),
        // A stay lies within its session.
        toMs: Math.max(...sessions.map((session) => session.endedAtMs ?? session.startedAtMs + LIMITS.sessionMsMax)),
        sessions: sessions.map(({ sessionId }) => sessionId),
      }
      const rows =
        players.size === 1
          ? await clickhouse.select<StayRow>(STAYS_OF_PLAYER, { ...range, player })
          : await clickhouse.select<StayRow>(STAYS, range)
      for (const row of rows) stays.set(row.sessionId, [...(stays.get(row.sessionId) ?? []), row])
      return stays
    },
  }
}
