import { type Backend, buildBackends } from './backends.ts'
import { COUNTRIES, type Country } from './countries.ts'
import { newPlayersADay } from './population-size.ts'
import { mix, seedOf } from './random.ts'
import { DAY_MS } from './rhythm.ts'

export interface NetworkOptions {
  readonly seed: string
  /** From 0; several networks of one seed have other players, in other parts of the world. */
  readonly number: number
  /** Most players online in a usual week. */
  readonly players: number
  readonly backends: number
  /** Where the simulation begins, Unix milliseconds. */
  readonly fromMs: number
}

/** What a simulated network is like. All that happens on it follows from this. */
export interface SimulatedNetwork {
  readonly domain: string
  readonly seed: number
  readonly fromMs: number
  readonly backends: readonly [Backend, ...Backend[]]
  /** New players on an average day. */
  readonly newPlayersADay: number
  /** Share of the players in each country; they sum up to 1. */
  readonly shareOf: (country: Country) => number
}

export const PROXY_NAME = 'proxy-1'
export const NETWORKS_MAX = 20

const STYLES = [
  { home: 'europe', timeZone: 'Europe/Berlin', domain: 'craftland.example' },
  { home: 'americas', timeZone: 'America/New_York', domain: 'blockhaven.example' },
  { home: 'asia', timeZone: 'Asia/Singapore', domain: 'pixelpeak.example' },
] as const
type Style = (typeof STYLES)[number]
/** Most players come from where the network is at home. */
const HOME_SHARE = 0.8

/** What a simulated network is called, and by which clock its days begin. */
export function introduceNetwork(number: number): { readonly name: string; readonly timeZone: string } {
  const { timeZone } = styleOf(number)
  return { name: number === 0 ? 'Simulated network' : `Simulated network ${number + 1}`, timeZone }
}

export function buildNetwork({ seed, number, players, backends, fromMs }: NetworkOptions): SimulatedNetwork {
  const { home, domain } = styleOf(number)
  const shareOf = sharesFor(home)
  return {
    domain,
    seed: mix(seedOf(seed), number),
    fromMs,
    backends: buildBackends(backends),
    newPlayersADay: newPlayersADay(players, shareOf, Math.floor(fromMs / DAY_MS)),
    shareOf,
  }
}

function styleOf(number: number): Style {
  return STYLES[number % STYLES.length] ?? STYLES[0]
}

function sharesFor(home: Country['region']): (country: Country) => number {
  const weight = (country: Country): number => {
    const region = COUNTRIES.filter((other) => other.region === country.region)
    const inRegion = country.weight / region.reduce((sum, other) => sum + other.weight, 0)
    return inRegion * (country.region === home ? HOME_SHARE : (1 - HOME_SHARE) / 2)
  }
  const shares = new Map(COUNTRIES.map((country) => [country, weight(country)]))
  return (country) => shares.get(country) ?? 0
}
