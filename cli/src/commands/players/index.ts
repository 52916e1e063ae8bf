import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addPlayersErase } from './erase.ts'
import { addPlayersExport } from './export.ts'

/** `players` and its verbs. */
export function addPlayers(program: Command, cli: Cli): void {
  const players = program.command('players').description('All that is stored of a player: given out, or erased')
  addPlayersExport(players, cli)
  addPlayersErase(players, cli)
}
