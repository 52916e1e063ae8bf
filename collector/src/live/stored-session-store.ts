import { LIMITS, type Platform, parseUuid, type ServerKind } from '@mctrack/sdk/protocol'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import { keyOf, type SessionRecord, type Stay } from './session.ts'

/** A session as the database has it. */
export interface StoredSession {
  readonly networkId: string
  readonly serverName: string
  readonly serverKind: ServerKind
  readonly instanceId: Uint8Array
  readonly record: SessionRecord
  readonly stay: Stay | null
  readonly gamemode: string
  readonly isSecondary: boolean
  /** When the collector last received anything about it, in Unix milliseconds. */
  readonly receivedAtMs: number
  /** Its sender has said how it ended. What the collector closed by itself may still be ended. */
  readonly isEnded: boolean
}

export interface StoredSessionStore {
  /** Sessions of all networks that are open by what is stored, newest first, no older than a session can be. */
  loadOpen(nowMs: number): Promise<StoredSession[]>
  /** One session of one network by its id alone. */
  find(networkId: string, sessionId: string, nowMs: number): Promise<StoredSession | undefined>
}

/** Sessions taken over or closed at once; what is beyond has its turn with the next sweep. */
const SESSIONS_MAX = 200_000
/** Ids in one query for stays: 78 KB as text, and ClickHouse takes parameters of up to 128 KB. */
const IDS_MAX = 2_000

const OPEN_SESSIONS = sqlFile(import.meta.url, 'queries/open-sessions.sql')
const OPEN_STAYS = sqlFile(import.meta.url, 'queries/open-stays.sql')
const SESSION_BY_ID = sqlFile(import.meta.url, 'queries/session-by-id.sql')

interface SessionRow {
  readonly networkId: string
  readonly sessionId: string
  readonly playerId: string
  readonly playerName: string
  readonly serverName: string
  readonly serverKind: ServerKind
  readonly instanceId: string
  readonly startedAtMs: number
  readonly domain: string
  readonly platform: Platform
  readonly device: string
  readonly country: string
  readonly protocolVersion: number
  readonly clientVersion: string
  readonly isSecondary: boolean
  readonly receivedAtMs: number
  readonly isEnded?: boolean | 0 | 1
}

interface StayRow {
  readonly networkId: string
  readonly sessionId: string
  readonly lastOrdinal: number
  readonly backend: string
  readonly gamemode: string
  readonly startedAtMs: number
}

export function createStoredSessionStore(clickhouse: ClickHouse): StoredSessionStore {
  async function withStays(rows: readonly SessionRow[], sinceMs: number): Promise<StoredSession[]> {
    const stays = new Map<string, StayRow>()
    for (let from = 0; from < rows.length; from += IDS_MAX) {
      const sessions = rows.slice(from, from + IDS_MAX).map((row) => row.sessionId)
      for (const stay of await clickhouse.select<StayRow>(OPEN_STAYS, { sinceMs, sessions })) {
        stays.set(`${stay.networkId}\n${stay.sessionId}`, stay)
      }
    }
    return rows.map((row) => toSession(row, stays.get(`${row.networkId}\n${row.sessionId}`)))
  }

  return {
    async loadOpen(nowMs) {
      const sinceMs = nowMs - LIMITS.sessionMsMax
      return withStays(await clickhouse.select<SessionRow>(OPEN_SESSIONS, { sinceMs, most: SESSIONS_MAX }), sinceMs)
    },
    async find(networkId, sessionId, nowMs) {
      const sinceMs = nowMs - LIMITS.eventAgeMsMax - LIMITS.sessionMsMax
      const rows = await clickhouse.select<SessionRow>(SESSION_BY_ID, { networkId, sessionId, sinceMs })
      const [session] = await withStays(rows, sinceMs)
      return session
    },
  }
}

function toSession(row: SessionRow, stay: StayRow | undefined): StoredSession {
  const sessionId = toId(row.sessionId)
  const playerId = toId(row.playerId)
  return {
    networkId: row.networkId,
    serverName: row.serverName,
    serverKind: row.serverKind,
    instanceId: toId(row.instanceId),
    record: {
      key: keyOf(sessionId),
      sessionId,
      playerKey: keyOf(playerId),
      playerId,
      playerName: row.playerName,
      startedAtMs: row.startedAtMs,
      domain: row.domain,
      platform: row.platform,
      device: row.device,
      country: row.country,
      protocolVersion: row.protocolVersion,
      clientVersion: row.clientVersion,
    },
    stay:
      stay === undefined ? null : { ordinal: stay.lastOrdinal, backend: stay.backend, startedAtMs: stay.startedAtMs },
    gamemode: stay?.gamemode ?? '',
    isSecondary: row.isSecondary,
    receivedAtMs: row.receivedAtMs,
    isEnded: Boolean(row.isEnded),
  }
}

function toId(text: string): Uint8Array {
  const id = parseUuid(text)
  if (id === undefined) throw new Error(`ClickHouse gave an id that is none: ${text}`)
  return id
}
