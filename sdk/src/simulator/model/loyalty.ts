import type { Random } from './random.ts'

/** How a kind of player comes back, how often and for how long. */
export interface Loyalty {
  /** Share among new players. */
  readonly weight: number
  /** Chance to play on an average day, while the interest lasts. */
  readonly plays: number
  /** Mean of the days that the interest lasts. */
  readonly interestDays: number
  /** Chance of one more visit on the same day, again and again. */
  readonly again: number
  readonly lengthMedianMs: number
  readonly lengthSigma: number
}

const MINUTE_MS = 60_000

/**
 * Those who look around, those who come now and then, and those who stay. Together about 31 % of new players return on
 * the next day, 19 % after a week and 11 % after a month.
 */
export const LOYALTIES: readonly [Loyalty, ...Loyalty[]] = [
  { weight: 50, plays: 0.4, interestDays: 1.2, again: 0.1, lengthMedianMs: 9 * MINUTE_MS, lengthSigma: 1.1 },
  { weight: 33, plays: 0.34, interestDays: 22, again: 0.22, lengthMedianMs: 24 * MINUTE_MS, lengthSigma: 1 },
  { weight: 17, plays: 0.68, interestDays: 75, again: 0.4, lengthMedianMs: 45 * MINUTE_MS, lengthSigma: 0.95 },
]

/** Nobody's interest lasts longer, so that only so many days need to be looked back. */
export const INTEREST_DAYS_MAX = 240
export const VISITS_A_DAY_MAX = 6
/** No visit lasts longer, so that the players online are known from so far back. */
export const VISIT_MS_MAX = 10 * 60 * MINUTE_MS
const VISIT_MS_MIN = 20_000

/** Days until the interest is lost. @param draw in [0, 1) */
export function interestDays({ interestDays: mean }: Loyalty, draw: number): number {
  return Math.min(INTEREST_DAYS_MAX, Math.floor(-mean * Math.log(1 - draw)))
}

export function visitLengthMs({ lengthMedianMs, lengthSigma }: Loyalty, random: Random): number {
  return Math.min(VISIT_MS_MAX, Math.max(VISIT_MS_MIN, Math.round(random.logNormal(lengthMedianMs, lengthSigma))))
}

/** Players of this kind who play on an average day, where one new player comes a day. */
export function activePlayers({ interestDays: mean, plays }: Loyalty, weekdayFactor: number): number {
  let later = 0
  for (let age = 1; age <= INTEREST_DAYS_MAX; age++) later += Math.exp(-age / mean)
  return 1 + later * Math.min(1, plays * weekdayFactor)
}

/** Mean number of visits on a day on which such a player plays. */
export function visitsADay({ again }: Loyalty): number {
  let visits = 0
  for (let number = 0; number < VISITS_A_DAY_MAX; number++) visits += again ** number
  return visits
}
