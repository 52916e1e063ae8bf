import type { ClientStatus, Problem } from '../node/options.ts'

/** What one simulated network has reported, and what became of it. */
export interface Tally {
  readonly sessions: number
  readonly playersOnline: number
  /** Given to the SDK. */
  readonly eventsSent: number
  /** Stored by the collector, or refused. */
  readonly eventsAcknowledged: number
  /** Refused by the collector, or by the SDK itself. */
  readonly eventsRefused: number
  /** Given up because a spool was full. */
  readonly eventsDropped: number
}

/** Counts on. */
export interface Counter {
  session(): void
  events(count: number): void
  online(change: 1 | -1): void
  /** Told by the client about what went wrong. */
  problem(problem: Problem): void
  eventsSent(): number
  /** The first refusal, in the collector's words. */
  firstRefusal(): string | undefined
  tally(status: Pick<ClientStatus, 'pendingEvents' | 'rejectedEvents' | 'droppedEvents'>): Tally
}

export function createCounter(): Counter {
  let sessions = 0
  let eventsSent = 0
  let playersOnline = 0
  let invalid = 0
  let firstRefusal: string | undefined
  return {
    session() {
      sessions += 1
    },
    events(count) {
      eventsSent += count
    },
    online(change) {
      playersOnline += change
    },
    problem({ code, message }) {
      if (code !== 'EVENT_REJECTED' && code !== 'INPUT_INVALID') return
      firstRefusal ??= message
      if (code === 'INPUT_INVALID') invalid += 1
    },
    eventsSent: () => eventsSent,
    firstRefusal: () => firstRefusal,
    tally({ pendingEvents, rejectedEvents, droppedEvents }) {
      return {
        sessions,
        playersOnline,
        eventsSent,
        eventsAcknowledged: Math.max(0, eventsSent - pendingEvents - droppedEvents - invalid),
        eventsRefused: rejectedEvents + invalid,
        eventsDropped: droppedEvents,
      }
    },
  }
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (field: keyof Tally): number => tallies.reduce((total, tally) => total + tally[field], 0)
  return {
    sessions: sum('sessions'),
    playersOnline: sum('playersOnline'),
    eventsSent: sum('eventsSent'),
    eventsAcknowledged: sum('eventsAcknowledged'),
    eventsRefused: sum('eventsRefused'),
    eventsDropped: sum('eventsDropped'),
  }
}
