import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'
import { typeAgain } from '../../terminal/type-again.ts'

/** `networks delete` */
export function addNetworksDelete(networks: Command, cli: Cli): void {
  const command = networks
    .command('delete')
    .description('Delete a network, with all that is stored of it, in seven days')
    .argument('<network>', 'id or name')
    .option('--confirm <name>', 'the name of the network again, for scripts, which are not asked')
    .action(async (named: string, options: { readonly confirm?: string }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network(named)
      const typed = await typeAgain(cli.system, options.confirm, {
        question: `Its servers are cut off now. Type the name ${name} again to delete it`,
        example: JSON.stringify(name),
      })
      if (typed === undefined) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const after = await read(
        api.networks[':networkId'].deletion.$post({ param: { networkId: id }, json: { name: typed } }),
      )
      const gone = createClock(after.timeZone).dateTime(after.deleteAtMs ?? 0)
      output.done(`${after.name} takes no more data, and will be gone on ${gone} (${after.timeZone}).`)
      output.note(`Until then, take it back with: mctrack networks undelete ${id}`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(
    command,
    ['mctrack networks delete "Example Network"'],
    ['mctrack networks delete "Example Network" --confirm "Example Network" --json'],
  )
}
