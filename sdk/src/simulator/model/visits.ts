import { campaignOn } from './campaigns.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { createHeap, type Heap } from './heap.ts'
import {
  INTEREST_DAYS_MAX,
  interestDays,
  LOYALTIES,
  type Loyalty,
  VISIT_MS_MAX,
  VISITS_A_DAY_MAX,
  visitLengthMs,
} from './loyalty.ts'
import type { SimulatedNetwork } from './network.ts'
import { buildPlayer, type Player } from './player.ts'
import { chanceOf, createRandom, itemAt, mix, type Random } from './random.ts'
import { type Calendar, createCalendar, DAY_MS, startInDay, weekdayFactor } from './rhythm.ts'
import { planVisit, type Visit } from './visit.ts'

/** Somebody who knows the network and may come today. */
interface Person {
  readonly seed: number
  readonly firstDay: number
  readonly lastDay: number
  readonly loyalty: Loyalty
  readonly country: Country
  /** Made when they come for the first time. */
  player: Player | undefined
  /** When they are free again. */
  busyUntilMs: number
}

/** The clocks of the world lie this far ahead of UTC at most: a local day has begun then. */
const AHEAD_MS_MAX = 14 * 3_600_000
/** Between two visits of one player. */
const PAUSE_MS = 60_000
/** Nobody comes back for a visit that is pushed this far by a longer one before. */
const PUSHED_MS_MAX = 4 * 3_600_000
/**
 * Visits of these days may still last when the simulation begins. One more than that, so that two simulations of one
 * seed that begin at different times agree on who is on the network.
 */
const LEAD_DAYS = 2 + Math.ceil((VISIT_MS_MAX + AHEAD_MS_MAX) / DAY_MS)
/** A person's seed has 16 bits for their place among the new ones of a day. */
const NEW_A_DAY_MAX = 65_535

/** All visits of a network that last beyond `fromMs`, for ever, in the order in which they begin. */
export function* planVisits(network: SimulatedNetwork): Generator<Visit, never> {
  const calendar = createCalendar()
  const waiting: Heap<Visit> = createHeap()
  const firstDay = Math.floor(network.fromMs / DAY_MS) - LEAD_DAYS
  let people: readonly Person[] = []
  for (let day = firstDay - INTEREST_DAYS_MAX; day < firstDay; day++) {
    people = people.concat(findNewPeople(network, day).filter((person) => person.lastDay >= firstDay))
  }
  for (let day = firstDay; ; day++) {
    people = people.filter((person) => person.lastDay >= day).concat(findNewPeople(network, day))
    for (const person of people) {
      if (!playsOn(person, day)) continue
      for (const visit of planDay(network, person, day, calendar)) waiting.add(visit.startedAtMs, visit)
    }
    const settledMs = (day + 1) * DAY_MS - AHEAD_MS_MAX
    while (waiting.nextAtMs() < settledMs) {
      const visit = waiting.take()
      if (visit !== undefined && visit.endedAtMs > network.fromMs) yield visit
    }
  }
}

/** Those who come for the first time on a day. */
function findNewPeople(network: SimulatedNetwork, day: number): readonly Person[] {
  const random = createRandom(mix(mix(network.seed, 0x7e), day))
  const usual = network.newPlayersADay * weekdayFactor(day) * (1 + (campaignOn(network.seed, day)?.boost ?? 0))
  const count = Math.round(usual + Math.sqrt(usual) * random.normal())
  return Array.from({ length: Math.max(0, Math.min(NEW_A_DAY_MAX, count)) }, (_, place) => {
    const seed = mix(network.seed, day * (NEW_A_DAY_MAX + 1) + place)
    const person = createRandom(seed)
    const loyalty = person.weighted(LOYALTIES)
    const country = itemAt(COUNTRIES, network.shareOf, person.next())
    const lastDay = day + interestDays(loyalty, person.next())
    return { seed, firstDay: day, lastDay, loyalty, country, player: undefined, busyUntilMs: 0 }
  })
}

function playsOn({ seed, firstDay, loyalty }: Person, day: number): boolean {
  return day === firstDay || chanceOf(seed, day) < loyalty.plays * weekdayFactor(day)
}

/** The visits of one player on one day of theirs, none before the one before has ended. */
function planDay(network: SimulatedNetwork, person: Person, day: number, calendar: Calendar): readonly Visit[] {
  const random = createRandom(mix(mix(person.seed, 0xda), day))
  const midnightMs = calendar.midnight(person.country.timeZone, day)
  const starts = startTimes(person, day, random)
  person.player ??= buildPlayer({
    seed: person.seed,
    country: person.country,
    networkDomain: network.domain,
    campaign: campaignOn(network.seed, person.firstDay),
  })
  const { player } = person
  return starts.flatMap((startMs) => {
    const wantedMs = Math.floor(midnightMs + startMs)
    const startedAtMs = Math.max(wantedMs, person.busyUntilMs)
    if (startedAtMs - wantedMs > PUSHED_MS_MAX) return []
    const lengthMs = visitLengthMs(person.loyalty, random)
    const domain = day === person.firstDay ? player.firstDomain : player.domain
    const { seed, backends } = network
    const visit = planVisit({ seed, backends, player, domain, startedAtMs, lengthMs }, random)
    person.busyUntilMs = visit.endedAtMs + PAUSE_MS
    return [visit]
  })
}

function startTimes({ loyalty }: Person, day: number, random: Random): readonly number[] {
  const starts: number[] = []
  do starts.push(startInDay(day, random.next()))
  while (starts.length < VISITS_A_DAY_MAX && random.isLucky(loyalty.again))
  return starts.sort((a, b) => a - b)
}
