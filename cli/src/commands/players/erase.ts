import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { formatCountOf } from '../../format/numbers.ts'
import { addExamples } from '../../help.ts'
import { playerId } from '../../parse/player-id.ts'
import { typeAgain } from '../../terminal/type-again.ts'

/** `players erase` */
export function addPlayersErase(players: Command, cli: Cli): void {
  const command = players
    .command('erase')
    .description('Erase all that is stored of a player, for good; past CCU stays, which names nobody')
    .argument('<uuid>', 'UUID of the player, who must not be online', playerId)
    .option('--confirm <player>', 'the UUID or the name again, for scripts, which are not asked')
    .action(async (id: string, options: { readonly confirm?: string }) => {
      const { api, read, network, output } = cli.open(command)
      const { id: networkId, name } = await network()
      const player = await typeAgain(cli.system, options.confirm, {
        question: `Type the name or the UUID of the player again to erase all that ${name} stores of them`,
        example: id,
      })
      if (player === undefined) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const erased = await read(
        api.networks[':networkId'].players[':playerId'].erase.$post({
          param: { networkId, playerId: id },
          json: { player },
        }),
      )
      if (output.isJson) return output.data(erased)
      output.done(`Erased ${formatCountOf(erased.rows, 'row')} of ${erased.playerId} in ${name}.`)
    })
  addExamples(
    command,
    ['mctrack players erase 069a79f4-44e9-4726-a5be-fca90e38aaf5'],
    ['mctrack players erase 069a79f4-44e9-4726-a5be-fca90e38aaf5 --confirm Notch --json'],
  )
}
