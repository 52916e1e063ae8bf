import type { TailEvent } from '../api/types.ts'
import { EVENT_WORDS } from './event-view.ts'

/** Names of players that are kept; the oldest make room. */
const NAMES_MAX = 20_000

/** Flags of `tail` that choose events. */
export interface EventFilterOptions {
  /** Types, as the collector or this command calls them. */
  readonly type?: readonly string[]
  readonly server?: string
  /** UUID, or part of the name in any case. */
  readonly player?: string
}

/** Whether an event is asked for; `event.playerName` should be filled in where it can be. */
export function isWanted(event: TailEvent, { type, server, player }: EventFilterOptions): boolean {
  if (type !== undefined && !type.some((name) => name === event.type || name === EVENT_WORDS[event.type])) return false
  if (server !== undefined && event.server !== server) return false
  if (player === undefined) return true
  const part = player.toLowerCase()
  const id = event.playerId?.replaceAll('-', '')
  return id === part.replaceAll('-', '') || event.playerName?.toLowerCase().includes(part) === true
}

/** Fills in the names of players from earlier events: only joins, switches and leaves carry them. */
export interface PlayerNames {
  note(playerId: string, playerName: string): void
  fill(event: TailEvent): TailEvent
}

export function createPlayerNames(): PlayerNames {
  const names = new Map<string, string>()
  function note(playerId: string, playerName: string): void {
    names.delete(playerId)
    names.set(playerId, playerName)
    const oldest = names.keys().next()
    if (names.size > NAMES_MAX && oldest.done !== true) names.delete(oldest.value)
  }
  return {
    note,
    fill(event) {
      const { playerId, playerName } = event
      if (playerId === null) return event
      if (playerName === null) return { ...event, playerName: names.get(playerId) ?? null }
      note(playerId, playerName)
      return event
    },
  }
}
