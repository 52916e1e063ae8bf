import { type Accessor, createSignal } from 'solid-js'
import type { LiveEvent, OnlinePlayer } from './online-index.ts'

/** What has happened lately, as far as it is shown. */
export interface Feed {
  /** The newest first. */
  readonly events: Accessor<readonly LiveEvent[]>
  /** How many came since it was paused. */
  readonly waiting: Accessor<number>
  /** How many came faster than they were read. */
  readonly skipped: Accessor<number>
  readonly isPaused: Accessor<boolean>
  togglePause(): void
  add(events: readonly LiveEvent[], skipped: number): void
  /** Begins with those who joined last, so that it is not empty until somebody does. */
  begin(players: readonly OnlinePlayer[]): void
  clear(): void
}

export const SHOWN_MAX = 50
const BEGIN_WITH = 12
const SHOWN_TYPES: ReadonlySet<string> = new Set([
  'session_start',
  'gamemode_switch',
  'session_end',
  'purchase',
  'refused',
])

export function createFeed(): Feed {
  const [events, setEvents] = createSignal<readonly LiveEvent[]>([])
  const [waiting, setWaiting] = createSignal(0)
  const [skipped, setSkipped] = createSignal(0)
  const [isPaused, setPaused] = createSignal(false)
  let held: readonly LiveEvent[] = []

  function clear(): void {
    held = []
    setEvents([])
    setWaiting(0)
    setSkipped(0)
    setPaused(false)
  }
  return {
    events,
    waiting,
    skipped,
    isPaused,
    clear,
    togglePause() {
      setPaused((before) => !before)
      if (isPaused()) return
      const came = held
      held = []
      setWaiting(0)
      setEvents((before) => [...came, ...before].slice(0, SHOWN_MAX))
    },
    add(came, missed) {
      if (missed > 0) setSkipped((before) => before + missed)
      const shown = came.filter(({ type }) => SHOWN_TYPES.has(type)).reverse()
      if (shown.length === 0) return
      if (isPaused()) {
        held = [...shown, ...held].slice(0, SHOWN_MAX)
        setWaiting((before) => before + shown.length)
      } else setEvents((before) => [...shown, ...before].slice(0, SHOWN_MAX))
    },
    begin(players) {
      if (events().length > 0) return
      const last = players.toSorted((a, b) => b.startedAtMs - a.startedAtMs).slice(0, BEGIN_WITH)
      setEvents(last.map(toJoin))
    },
  }
}

function toJoin({ startedAtMs, server, playerId, playerName, sessionId, domain, gamemode }: OnlinePlayer): LiveEvent {
  return {
    type: 'session_start',
    atMs: startedAtMs,
    server,
    playerId,
    playerName,
    sessionId,
    details: { domain, gamemode },
  }
}
