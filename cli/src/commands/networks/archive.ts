import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `networks archive` */
export function addNetworksArchive(networks: Command, cli: Cli): void {
  const command = networks
    .command('archive')
    .description('Take no more data for a network; what is stored stays')
    .argument('<network>', 'id or name')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network(named)
      const question = `Archive ${name}? Its servers are cut off until it is restored.`
      if (options.yes !== true && !(await confirm(cli.system, question))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const after = await read(
        api.networks[':networkId'].$patch({ param: { networkId: id }, json: { archived: true } }),
      )
      output.done(`Archived ${name}. Bring it back with: mctrack networks restore ${id}`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(command, ['mctrack networks archive "Example Network"'])
}
