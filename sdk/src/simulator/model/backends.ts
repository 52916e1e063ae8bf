import { itemAt, type Random } from './random.ts'

/** One kind of game, and how people play it. */
interface Game {
  readonly name: string
  readonly weight: number
  /** Half of the stays are shorter. */
  readonly stayMedianMs: number
}

/** A server behind the proxy. */
export interface Backend extends Game {
  /** The one that players come to first, and fall back to. */
  readonly isLobby: boolean
}

const MINUTE_MS = 60_000
const LOBBY = 'lobby'
const GAMES: readonly Game[] = [
  { name: 'survival', weight: 30, stayMedianMs: 42 * MINUTE_MS },
  { name: 'skyblock', weight: 20, stayMedianMs: 38 * MINUTE_MS },
  { name: 'bedwars', weight: 24, stayMedianMs: 13 * MINUTE_MS },
  { name: 'creative', weight: 8, stayMedianMs: 28 * MINUTE_MS },
  { name: 'lifesteal', weight: 14, stayMedianMs: 30 * MINUTE_MS },
  { name: 'prison', weight: 9, stayMedianMs: 35 * MINUTE_MS },
  { name: 'practice', weight: 8, stayMedianMs: 16 * MINUTE_MS },
  { name: 'factions', weight: 7, stayMedianMs: 40 * MINUTE_MS },
  { name: 'murder-mystery', weight: 6, stayMedianMs: 11 * MINUTE_MS },
  { name: 'parkour', weight: 4, stayMedianMs: 12 * MINUTE_MS },
  { name: 'build-battle', weight: 4, stayMedianMs: 14 * MINUTE_MS },
]

export const BACKENDS_MIN = 2
export const BACKENDS_MAX = 40

/** A lobby and the games, the best known first; further ones are second servers of the same: `survival-2`. */
export function buildBackends(count: number): readonly [Backend, ...Backend[]] {
  const lobby: Backend = { name: LOBBY, weight: 0, stayMedianMs: MINUTE_MS, isLobby: true }
  const games = Array.from({ length: count - 1 }, (_, place): Backend => {
    const round = Math.floor(place / GAMES.length)
    const game = GAMES[place % GAMES.length] ?? lobby
    return { ...game, name: round === 0 ? game.name : `${game.name}-${round + 1}`, isLobby: false }
  })
  return [lobby, ...games]
}

/** A game: mostly the player's favourite. @param taste of the player, in [0, 1) */
export function chooseGame(backends: readonly [Backend, ...Backend[]], taste: number, random: Random): Backend {
  const [lobby, first = lobby, ...others] = backends
  const games = [first, ...others] as const
  return itemAt(games, ({ weight }) => weight, random.isLucky(0.6) ? taste : random.next())
}
