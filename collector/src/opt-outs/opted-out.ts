import { parseUuid } from '@mctrack/sdk/protocol'
import { keyOf } from '../live/index.ts'

/** Who opted out of one network, for the edges where events come in: ids are bytes there. */
export interface OptedOut {
  hasPlayer(playerId: Uint8Array): boolean
  /** Whether the session is one of theirs, as far as this process has seen it begin. */
  hasSession(sessionId: Uint8Array): boolean
  /** A session of theirs began: what names it alone is theirs, too. */
  noteSession(sessionId: Uint8Array): void
  /**
   * Whether the id of one of them stands somewhere in it, as MessagePack binary or as text. For what could not be read: it takes
   * as long as the bytes are many, however many players opted out.
   */
  isNamedIn(bytes: Buffer): boolean
}

/** Of one network; the oldest are forgotten first. */
const SESSIONS_MAX = 20_000
/** Ends the head of 16 bytes of MessagePack binary, however its length is written. */
const ID_HEAD_END = '\x10'
/** Looks ahead, so that what begins within another match is found, too. */
const WRITTEN_ID = /(?=([0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}))/gi

/** @param sessions kept from one list of players to the next */
export function createOptedOut(playerIds: readonly string[], sessions: Set<string>): OptedOut {
  const players = new Set(playerIds.flatMap((playerId) => parseUuid(playerId) ?? []).map((id) => keyOf(id)))
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
      // As the keys are: a character a byte.
      const text = bytes.toString('latin1')
      for (let at = text.indexOf(ID_HEAD_END); at >= 0; at = text.indexOf(ID_HEAD_END, at + 1)) {
        if (players.has(text.slice(at + 1, at + 17))) return true
      }
      for (const [, written = ''] of text.matchAll(WRITTEN_ID)) {
        if (players.has(keyOf(Buffer.from(written.replaceAll('-', ''), 'hex')))) return true
      }
      return false
    },
  }
}
