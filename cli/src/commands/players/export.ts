import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { playerId } from '../../parse/player-id.ts'
import { downloadPlayer } from '../../players/download-player.ts'

/** `players export` */
export function addPlayersExport(players: Command, cli: Cli): void {
  const command = players
    .command('export')
    .description('All that is stored of a player, as one JSON document on standard output')
    .argument('<uuid>', 'UUID of the player', playerId)
    .action(async (id: string) => {
      const session = cli.open(command)
      const { output, network } = session
      const { id: networkId, name } = await network()
      const pieces = downloadPlayer(session, networkId, id)
      if (output.isTerminal) {
        let text = ''
        for await (const piece of pieces) text += piece
        output.data(JSON.parse(text))
      } else {
        for await (const piece of pieces) {
          if (!cli.system.stdout.write(piece)) await new Promise((resolve) => cli.system.stdout.once('drain', resolve))
        }
        cli.system.stdout.write('\n')
      }
      output.done(`That is all that ${name} stores of ${id}.`)
    })
  addExamples(command, ['mctrack players export 069a79f4-44e9-4726-a5be-fca90e38aaf5 > notch.json'])
}
