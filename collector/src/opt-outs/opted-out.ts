import { formatUuid, parseUuid } from '@mctrack/sdk/protocol'
import { keyOf } from '../live/index.ts'

/** Who opted out of one network, for the edges where events come in: ids are bytes there. */
export interface OptedOut {
  hasPlayer(playerId: Uint8Array): boolean
  /** Whether the session is one of theirs, as far as this process has seen it begin. */
  hasSession(sessionId: Uint8Array): boolean
  /** A session of theirs began: what names it alone is theirs, too. */
  noteSession(sessionId: Uint8Array): void
  /** Whether the id of one of them stands somewhere in it, as bytes or as text. For what could not be read. */
  isNamedIn(bytes: Buffer): boolean
}

/** Of one network; the oldest are forgotten first. */
const SESSIONS_MAX = 20_000

/** @param sessions kept from one list of players to the next */
export function createOptedOut(playerIds: readonly string[], sessions: Set<string>): OptedOut {
  const ids = playerIds.flatMap((playerId) => parseUuid(playerId) ?? [])
  const players = new Set(ids.map((id) => keyOf(id)))
  return {
    hasPlayer: (playerId) => players.has(keyOf(playerId)),
    hasSession: (sessionId) => sessions.size > 0 && sessions.has(keyOf(sessionId)),

    noteSession(sessionId) {
      sessions.add(keyOf(sessionId))
      if (sessions.size <= SESSIONS_MAX) return
      for (const oldest of sessions) {
        sessions.delete(oldest)
        return
      }
    },

    isNamedIn(bytes) {
      const text = bytes.toString('latin1').toLowerCase()
      return ids.some((id) => {
        const written = formatUuid(id)
        return bytes.includes(Buffer.from(id)) || text.includes(written) || text.includes(written.replaceAll('-', ''))
      })
    },
  }
}
