import { COUNTRIES, type Country } from './countries.ts'
import { activePlayers, LOYALTIES, VISIT_MS_MAX, visitLengthMs, visitsADay } from './loyalty.ts'
import { createRandom } from './random.ts'
import { createCalendar, DAY_MS, startHours, weekdayFactor } from './rhythm.ts'

const STEP_MS = 15 * 60_000
const STEPS_A_DAY = DAY_MS / STEP_MS
const WEEK_DAYS = 7
/** Draws from which the lengths of visits are known. */
const DRAWS = 2_000
/** How far chance, campaigns and pushed visits lift the best evening of a week above its expectation. */
const ABOVE_EXPECTED = 1.2

/** Share of the network's players in each country. */
export type Shares = (country: Country) => number

/**
 * How many new players must come on an average day so that `peakPlayers` are online at the best hour of the week: the
 * expected number online is the visits that begin at each hour in each time zone, weighted by how many last until then.
 */
export function newPlayersADay(peakPlayers: number, shareOf: Shares, day: number): number {
  const online = new Float64Array(WEEK_DAYS * STEPS_A_DAY)
  const calendar = createCalendar()
  const lasting = LOYALTIES.map((loyalty) => shareLasting(loyalty))
  const weights = LOYALTIES.reduce((sum, { weight }) => sum + weight, 0)
  for (const country of COUNTRIES) {
    const offsetSteps = Math.round((day * DAY_MS - calendar.midnight(country.timeZone, day)) / STEP_MS)
    for (let weekday = 0; weekday < WEEK_DAYS; weekday++) {
      const hours = startHours(day + weekday)
      const present = lasting[0]?.map((_, age) =>
        LOYALTIES.reduce((sum, loyalty, kind) => {
          const active = activePlayers(loyalty, weekdayFactor(day + weekday)) * visitsADay(loyalty)
          return sum + (loyalty.weight / weights) * active * (lasting[kind]?.[age] ?? 0)
        }, 0),
      )
      for (let step = 0; step < STEPS_A_DAY; step++) {
        const starts = ((hours[Math.floor((step * 24) / STEPS_A_DAY)] ?? 0) * 24 * shareOf(country)) / STEPS_A_DAY
        const at = weekday * STEPS_A_DAY + step - offsetSteps
        present?.forEach((share, age) => {
          const place = (((at + age) % online.length) + online.length) % online.length
          online[place] = (online[place] ?? 0) + starts * share
        })
      }
    }
  }
  return peakPlayers / (Math.max(...online) * ABOVE_EXPECTED)
}

/** Share of visits that still last after 0, 1, 2, … steps. */
function shareLasting(loyalty: (typeof LOYALTIES)[number]): readonly number[] {
  const random = createRandom(1)
  const lengths = Array.from({ length: DRAWS }, () => visitLengthMs(loyalty, random))
  return Array.from({ length: VISIT_MS_MAX / STEP_MS }, (_, step) => {
    // In the middle of the step, because visits begin anywhere within one.
    const count = lengths.filter((lengthMs) => lengthMs > (step + 0.5) * STEP_MS).length
    return step === 0 ? (count / DRAWS + 1) / 2 : count / DRAWS
  })
}
