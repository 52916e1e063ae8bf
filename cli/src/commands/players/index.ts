import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addPlayersErase } from './erase.ts'
import { addPlayersExport } from './export.ts'
import { addPlayersOptIn } from './opt-in.ts'
import { addPlayersOptOut } from './opt-out.ts'
import { addPlayersOptOuts } from './opt-outs.ts'

/** `players` and its verbs. */
export function addPlayers(program: Command, cli: Cli): void {
  const players = program
    .command('players')
    .description('All that is stored of a player: given out, erased, or recorded no more')
  addPlayersExport(players, cli)
  addPlayersErase(players, cli)
  addPlayersOptOut(players, cli)
  addPlayersOptIn(players, cli)
  addPlayersOptOuts(players, cli)
}
