/** A player of whom a network records nothing, because they asked for that. */
export interface OptOut {
  readonly networkId: string
  readonly playerId: string
  readonly optedOutAtMs: number
}

export const OPT_OUT_LIMITS = {
  /** Of one network: they are held in memory by every collector. */
  playersMax: 10_000,
} as const
