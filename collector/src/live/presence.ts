import { createCounts, type DimensionValues, type MutableCounts } from './counts.ts'
import type { LiveSession } from './session.ts'

/**
 * The players of one network. A player is online while at least one session of theirs is open, and is counted once,
 * through one of them, the primary: a proxy's before a backend's, then the one that began last. Each breakdown shows
 * the primary session's values; the game mode comes from the newest session that knows one when the primary does not.
 */
export interface Presence {
  readonly counts: MutableCounts
  add(session: LiveSession): void
  remove(session: LiveSession, nowMs: number): void
  /** Something that counts changed in an open session. */
  update(session: LiveSession): void
  /**
   * Whether the player is counted through another session. A session stays secondary for a moment after the other one
   * ended: when a player leaves, the proxy's and the backend's word of it come one after the other.
   */
  isSecondary(session: LiveSession, nowMs: number): boolean
  players(): Iterable<PlayerPresence>
  /** One player; undefined who is not online. */
  find(playerKey: string): PlayerPresence | undefined
}

export interface PlayerPresence {
  readonly primary: LiveSession
  readonly values: DimensionValues
}

/** How far apart the ends of a player's two sessions may be reported. */
const PROMOTION_GRACE_MS = 10_000

interface Player {
  /** Mostly one, seldom two. The primary is first. */
  readonly sessions: LiveSession[]
  values: DimensionValues
}

export function createPresence(): Presence {
  const counts = createCounts()
  const players = new Map<string, Player>()

  function recount(player: Player): void {
    player.sessions.sort(byRank)
    const values = valuesOf(player.sessions)
    counts.change(player.values, values)
    player.values = values
  }

  return {
    counts,
    add(session) {
      const player = players.get(session.playerKey)
      if (player === undefined) {
        const values = valuesOf([session])
        players.set(session.playerKey, { sessions: [session], values })
        counts.add(values)
        return
      }
      player.sessions.push(session)
      recount(player)
    },
    remove(session, nowMs) {
      const player = players.get(session.playerKey)
      const place = player?.sessions.indexOf(session) ?? -1
      if (player === undefined || place < 0) return
      player.sessions.splice(place, 1)
      const next = player.sessions[0]
      if (next !== undefined) {
        if (place === 0) next.promotedAtMs = nowMs
        return recount(player)
      }
      players.delete(session.playerKey)
      counts.remove(player.values)
    },
    update(session) {
      const player = players.get(session.playerKey)
      if (player !== undefined) recount(player)
    },
    isSecondary(session, nowMs) {
      if (players.get(session.playerKey)?.sessions[0] !== session) return true
      return session.promotedAtMs !== null && nowMs - session.promotedAtMs < PROMOTION_GRACE_MS
    },
    *players() {
      for (const { sessions, values } of players.values()) {
        const primary = sessions[0]
        if (primary !== undefined) yield { primary, values }
      }
    },
    find(playerKey) {
      const player = players.get(playerKey)
      const primary = player?.sessions[0]
      return player === undefined || primary === undefined ? undefined : { primary, values: player.values }
    },
  }
}

function byRank(a: LiveSession, b: LiveSession): number {
  if (a.serverKind !== b.serverKind) return a.serverKind === 'proxy' ? -1 : 1
  if (a.startedAtMs !== b.startedAtMs) return b.startedAtMs - a.startedAtMs
  return a.key < b.key ? -1 : 1
}

function valuesOf(sessions: readonly LiveSession[]): DimensionValues {
  const primary = sessions[0]
  if (primary === undefined) throw new Error('a player without a session')
  return {
    server: primary.serverName,
    gamemode: sessions.find((session) => session.gamemode !== '')?.gamemode ?? '',
    platform: primary.platform,
    device: primary.device,
    country: primary.country,
    domain: primary.domain,
    version: primary.clientVersion,
  }
}
