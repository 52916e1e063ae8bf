/** How far the demo network is. `failed`: it is not played now, and `failure` says why. */
export const DEMO_PHASES = ['starting', 'history', 'storing', 'rebuilding', 'live', 'failed'] as const
export type DemoPhase = (typeof DEMO_PHASES)[number]

/** What there is of a demo network, for people who wait for it. */
export interface DemoState {
  /** Null when there is none. */
  readonly networkId: string | null
  /** `none` when there is none. */
  readonly phase: DemoPhase | 'none'
  /** How much of the history is handed over, from 0 to 1. */
  readonly historyShare: number
  /** What the simulator has reported so far. */
  readonly sessions: number
  readonly events: number
  /** Why it is not played, or null. */
  readonly failure: string | null
}

/** Of what is played and loaded, in the words of the simulator's process. */
export interface DemoProgress {
  readonly phase: Exclude<DemoPhase, 'failed'>
  readonly historyShare: number
  readonly sessions: number
  readonly events: number
}

export const NO_DEMO: DemoState = {
  networkId: null,
  phase: 'none',
  historyShare: 0,
  sessions: 0,
  events: 0,
  failure: null,
}

export const DEMO_LIMITS = {
  /** Of history. The collector takes nothing older than 90 days. */
  daysMin: 1,
  daysMax: 60,
  daysDefault: 30,
  failureCharsMax: 500,
} as const
