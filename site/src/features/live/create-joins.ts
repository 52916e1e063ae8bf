import { type Accessor, createSignal } from 'solid-js'
import type { App } from '../../app/app-context.ts'
import type { LiveEvent, OnlinePlayer } from './online-index.ts'

const WINDOW_MS = 5 * 60_000

/** How many players joined a minute lately; undefined until the list of who is online is there. */
export function createJoins(app: App): {
  readonly aMinute: Accessor<number | undefined>
  begin(players: readonly OnlinePlayer[]): void
  add(events: readonly LiveEvent[]): void
  clear(): void
} {
  /** By player: a proxy and the server behind it both tell of a join. */
  const [joinedAtMs, setJoinedAtMs] = createSignal<ReadonlyMap<string, number>>()

  function note(joins: ReadonlyArray<readonly [string, number]>): void {
    const sinceMs = Date.now() - WINDOW_MS
    setJoinedAtMs((before) => new Map([...(before ?? []), ...joins].filter(([, atMs]) => atMs >= sinceMs)))
  }
  return {
    aMinute: () => {
      const sinceMs = app.now() - WINDOW_MS
      const recent = joinedAtMs()
      if (recent === undefined) return undefined
      return Array.from(recent.values()).filter((atMs) => atMs >= sinceMs).length / (WINDOW_MS / 60_000)
    },
    begin: (players) => note(players.map(({ playerId, startedAtMs }) => [playerId, startedAtMs] as const)),
    add(events) {
      const joins = events.flatMap(({ type, playerId, atMs }) =>
        type === 'session_start' && playerId !== null ? [[playerId, atMs] as const] : [],
      )
      if (joins.length > 0 && joinedAtMs() !== undefined) note(joins)
    },
    clear: () => void setJoinedAtMs(undefined),
  }
}
