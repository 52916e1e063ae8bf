import { createRandom, mix } from './random.ts'

/** Days in which somebody tells many people about the network. */
export interface Campaign {
  /** Their own host name, without the network's. */
  readonly label: string
  readonly firstDay: number
  readonly days: number
  /** New players beside the usual ones, as a share of those. */
  readonly boost: number
}

/** One campaign begins in every so many days. */
const PERIOD_DAYS = 9
const CREATORS = [
  'nordwind',
  'kiwiplays',
  'lunacraft',
  'maxbuilds',
  'tinytower',
  'redpanda',
  'oakley',
  'zenblock',
] as const

/** The campaign that runs on a day, if one does. */
export function campaignOn(seed: number, day: number): Campaign | undefined {
  const period = Math.floor(day / PERIOD_DAYS)
  const random = createRandom(mix(mix(seed, 0xca), period))
  const firstDay = period * PERIOD_DAYS + random.index(4)
  const days = 3 + random.index(3)
  const campaign = { label: `${random.pick(CREATORS)}.promo`, firstDay, days, boost: random.between(0.25, 0.9) }
  return day >= firstDay && day < firstDay + days ? campaign : undefined
}
