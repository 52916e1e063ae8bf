import type { ApiOutput } from '../../api/api-types.ts'
import type { DotTone } from '../../components/state-dot.tsx'
import type { Formatters } from '../../format/formatters.ts'
import { serverMessages as m } from '../../messages/server-messages.ts'

/** A server as the collector describes it. */
export type Server = ApiOutput<'get', '/networks/:networkId/servers'>[number]

const TONES: Readonly<Record<Server['state'], DotTone>> = {
  connected: 'good',
  leased: 'good',
  resuming: 'attention',
  silent: 'bad',
  left: 'idle',
}
/** A clock that is off by less changes no number. */
const CLOCK_OFF_MS = 2_000

/** The colour of a state; the words beside it say the same. */
export function stateTone({ state }: Pick<Server, 'state'>): DotTone {
  return TONES[state]
}

/** A state in words, with how long it lasts where that matters. */
export function stateWords(
  { state, lastSeenAtMs }: Pick<Server, 'state' | 'lastSeenAtMs'>,
  format: Formatters,
  nowMs: number,
): string {
  const age = format.age(Math.max(0, nowMs - lastSeenAtMs))
  if (state === 'silent') return m.silent(age)
  return state === 'left' ? m.left(age) : m[state]
}

/** How far the clock of a server is off, in words; small differences are none. */
export function clockWords(offsetMs: number, format: Formatters): string {
  return isClockOff(offsetMs) ? m.clockOff(format.duration(Math.abs(offsetMs))) : m.clockRight
}

/** Whether somebody should set the clock of the server. */
export function isClockOff(offsetMs: number): boolean {
  return Math.abs(offsetMs) >= CLOCK_OFF_MS
}

/** A program with its version, as far as it is known. */
export function programWords({ name, version }: Server['software']): string {
  return [name, version].filter((text) => text !== '').join(' ') || m.notSaid
}

/** Players on a server: as many as are counted through it, or as many as it says for one behind a proxy. */
export function playersOn({ kind, players, gauges, state }: Server): number {
  return kind === 'backend' && state === 'connected' ? (gauges?.players ?? players) : players
}
