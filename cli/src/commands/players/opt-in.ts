import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { playerId } from '../../parse/player-id.ts'

/** `players opt-in` */
export function addPlayersOptIn(players: Command, cli: Cli): void {
  const command = players
    .command('opt-in')
    .description('Record a player who had opted out again, from their next join on')
    .argument('<uuid>', 'UUID of the player', playerId)
    .action(async (id: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id: networkId, name } = await network()
      const param = { networkId, playerId: id }
      const answer = await read(api.networks[':networkId']['opt-outs'][':playerId'].$delete({ param }))
      if (output.isJson) return output.data(answer)
      output.done(`${name} records ${id} again.`)
    })
  addExamples(command, ['mctrack players opt-in 069a79f4-44e9-4726-a5be-fca90e38aaf5'])
}
