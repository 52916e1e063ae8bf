import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { playerId } from '../../parse/player-id.ts'

/** `players opt-out` */
export function addPlayersOptOut(players: Command, cli: Cli): void {
  const command = players
    .command('opt-out')
    .description('Record nothing of a player from now on; what is stored stays until it is erased')
    .argument('<uuid>', 'UUID of the player', playerId)
    .action(async (id: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id: networkId, name } = await network()
      const param = { networkId, playerId: id }
      const optOut = await read(api.networks[':networkId']['opt-outs'][':playerId'].$put({ param }))
      if (output.isJson) return output.data(optOut)
      output.done(`${name} records nothing of ${optOut.playerId} any more.`)
      output.note(`What was stored before is still there. Erase it: mctrack players erase ${optOut.playerId}`)
    })
  addExamples(command, ['mctrack players opt-out 069a79f4-44e9-4726-a5be-fca90e38aaf5'])
}
