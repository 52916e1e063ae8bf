import type { Properties } from '../../protocol/index.ts'
import type { Random } from './random.ts'

/** An event of the network's own, as its plugins would report it. */
export interface Deed {
  readonly name: string
  readonly properties: Properties
}

const CRATES = ['common', 'common', 'common', 'rare', 'rare', 'epic', 'legendary'] as const
const QUESTS = ['First diamonds', 'Lost in the Nether', 'Fisher king', 'Beekeeper', 'Raid captain'] as const
const SITES = ['minecraft-server-list', 'topg', 'planet-minecraft'] as const
const MATCHES = ['bedwars', 'practice', 'murder-mystery', 'build-battle', 'parkour']

/** What players do in a game, by its name; nothing much happens in a lobby. */
export function planDeed(backend: string, random: Random): Deed | undefined {
  const game = backend.replace(/-\d+$/, '')
  if (game === 'lobby') return undefined
  if (MATCHES.includes(game) && random.isLucky(0.7)) {
    return {
      name: 'match_finished',
      properties: { mode: game, isWon: random.isLucky(0.38), seconds: 90 + random.index(900) },
    }
  }
  const draw = random.next()
  if (draw < 0.45)
    return { name: 'crate_opened', properties: { crate: random.pick(CRATES), keys: 1 + random.index(3) } }
  if (draw < 0.7) return { name: 'voted', properties: { site: random.pick(SITES) } }
  if (draw < 0.92) return { name: 'quest_completed', properties: { quest: random.pick(QUESTS), mode: game } }
  return { name: 'level_up', properties: { mode: game, level: 2 + random.index(60) } }
}
