import type { Purchase } from '../../node/options.ts'
import type { Properties } from '../../protocol/index.ts'
import { type Backend, chooseGame } from './backends.ts'
import { planDeed } from './deeds.ts'
import { findOutage } from './outages.ts'
import type { Player } from './player.ts'
import type { Random } from './random.ts'

/** One stay of a player on the network, from join to leave. All instants are whole Unix milliseconds. */
export interface Visit {
  readonly player: Player
  readonly domain: string
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly reason: 'quit' | 'kick' | 'timeout' | 'crash'
  /** Where the player arrives. */
  readonly backend: string
  /** What happens in between, in order, all of it after the start and before the end. */
  readonly steps: readonly Step[]
}

export type Step =
  | { readonly kind: 'switch'; readonly atMs: number; readonly backend: string }
  | { readonly kind: 'away'; readonly atMs: number; readonly isAway: boolean }
  | { readonly kind: 'track'; readonly atMs: number; readonly name: string; readonly properties: Properties }
  | { readonly kind: 'purchase'; readonly atMs: number; readonly purchase: Purchase }

export interface VisitOptions {
  /** Of the network. */
  readonly seed: number
  readonly backends: readonly [Backend, ...Backend[]]
  readonly player: Player
  readonly domain: string
  readonly startedAtMs: number
  readonly lengthMs: number
}

const SECOND_MS = 1_000
const MINUTE_MS = 60_000
/** One deed in so much time, on average. */
const DEED_EVERY_MS = 22 * MINUTE_MS
const AWAY_CHANCE = 0.3
const AWAY_VISIT_MS_MIN = 25 * MINUTE_MS
const PURCHASE_CHANCE = 0.12
/** Share of the players on a crashing backend who lose their connection with it; the others fall back to the lobby. */
const CRASH_LEAVES = 0.4

/** Plans what a player does from join to leave. */
export function planVisit(options: VisitOptions, random: Random): Visit {
  const { player, domain, startedAtMs, backends } = options
  const stays = planStays(options, random)
  const { endedAtMs } = stays
  const steps: Step[] = [
    ...stays.switches,
    ...planAway(startedAtMs, endedAtMs, random),
    ...planDeeds(stays.switches, endedAtMs, random),
    ...planPurchase(player, startedAtMs, endedAtMs, random),
  ]
  steps.sort((a, b) => a.atMs - b.atMs)
  const reason = stays.isCrash ? 'crash' : random.weighted(REASONS).reason
  return { player, domain, startedAtMs, endedAtMs, reason, backend: backends[0].name, steps }
}

const REASONS = [
  { reason: 'quit', weight: 93 },
  { reason: 'timeout', weight: 4 },
  { reason: 'kick', weight: 3 },
] as const

type Switch = Extract<Step, { kind: 'switch' }>

interface Stays {
  readonly switches: readonly Switch[]
  readonly endedAtMs: number
  readonly isCrash: boolean
}

/** From the lobby to a game, and on to others, over the lobby or straight. */
function planStays({ seed, backends, player, startedAtMs, lengthMs }: VisitOptions, random: Random): Stays {
  const [lobby] = backends
  const endedAtMs = startedAtMs + lengthMs
  const switches: Switch[] = []
  let current: Backend = lobby
  let atMs = startedAtMs
  for (;;) {
    const leavesAtMs = atMs + stayMs(current, random)
    const crash = findOutage(seed, backends.indexOf(current), atMs, Math.min(leavesAtMs, endedAtMs))
    if (crash !== undefined && crash.fromMs > atMs) {
      if (random.isLucky(CRASH_LEAVES)) return { switches, endedAtMs: crash.fromMs, isCrash: true }
      atMs = crash.fromMs
      current = lobby
    } else {
      atMs = leavesAtMs
      current = nextBackend(current, { backends, player }, random)
    }
    const down = findOutage(seed, backends.indexOf(current), atMs, atMs + 1)
    if (down !== undefined) {
      // The proxy does not let players onto a server that is down. They wait where they are.
      atMs = down.toMs + 1 + random.index(30 * SECOND_MS)
    }
    if (atMs >= endedAtMs) return { switches, endedAtMs, isCrash: false }
    switches.push({ kind: 'switch', atMs, backend: current.name })
  }
}

function stayMs({ isLobby, stayMedianMs }: Backend, random: Random): number {
  if (isLobby) return Math.round(random.between(6 * SECOND_MS, 75 * SECOND_MS))
  return Math.max(30 * SECOND_MS, Math.round(random.logNormal(stayMedianMs, 0.6)))
}

function nextBackend(
  current: Backend,
  { backends, player }: Pick<VisitOptions, 'backends' | 'player'>,
  random: Random,
): Backend {
  const [lobby] = backends
  if (!current.isLobby && random.isLucky(0.55)) return lobby
  const game = chooseGame(backends, player.taste, random)
  return game === current ? lobby : game
}

function planAway(startedAtMs: number, endedAtMs: number, random: Random): readonly Step[] {
  const lengthMs = endedAtMs - startedAtMs
  if (lengthMs < AWAY_VISIT_MS_MIN || !random.isLucky(AWAY_CHANCE)) return []
  const fromMs = startedAtMs + Math.floor(lengthMs * random.between(0.2, 0.7))
  const toMs = fromMs + Math.round(Math.min(random.logNormal(6 * MINUTE_MS, 0.9), (endedAtMs - fromMs) * 0.9))
  return [
    { kind: 'away', atMs: fromMs, isAway: true },
    { kind: 'away', atMs: Math.max(fromMs + 1, toMs), isAway: false },
  ]
}

/** What the player achieves in each game. */
function planDeeds(switches: readonly Switch[], endedAtMs: number, random: Random): readonly Step[] {
  return switches.flatMap(({ backend, atMs: fromMs }, place): Step[] => {
    const toMs = switches[place + 1]?.atMs ?? endedAtMs
    const steps: Step[] = []
    let atMs = fromMs
    for (;;) {
      atMs += Math.ceil(-DEED_EVERY_MS * Math.log(1 - random.next()))
      const deed = atMs < toMs ? planDeed(backend, random) : undefined
      if (deed === undefined) return steps
      steps.push({ kind: 'track', atMs, ...deed })
    }
  })
}

const PRODUCTS = [
  { product: 'VIP (30 days)', amountMinor: 499, weight: 40 },
  { product: '5 crate keys', amountMinor: 399, weight: 32 },
  { product: 'MVP (30 days)', amountMinor: 999, weight: 16 },
  { product: '20 crate keys', amountMinor: 1_299, weight: 8 },
  { product: 'Legend (for ever)', amountMinor: 4_999, weight: 4 },
] as const

function planPurchase(player: Player, startedAtMs: number, endedAtMs: number, random: Random): readonly Step[] {
  if (!player.isPayer || !random.isLucky(PURCHASE_CHANCE)) return []
  const atMs = startedAtMs + Math.floor((endedAtMs - startedAtMs) * random.between(0.1, 0.9))
  const { product, amountMinor } = random.weighted(PRODUCTS)
  const transactionId = `sim-${player.uuid.slice(-12)}-${startedAtMs.toString(36)}`
  return [
    { kind: 'purchase', atMs, purchase: { store: 'simulated', transactionId, product, amountMinor, currency: 'EUR' } },
  ]
}
