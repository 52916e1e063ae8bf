import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addGamemodesList } from './list.ts'
import { addGamemodesMap } from './map.ts'

/** `gamemodes` and its verbs. */
export function addGamemodes(program: Command, cli: Cli): void {
  const gamemodes = program.command('gamemodes').description('What players play, and which backends count as it')
  addGamemodesList(gamemodes, cli)
  addGamemodesMap(gamemodes, cli)
}
