import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'

/** `networks restore` */
export function addNetworksRestore(networks: Command, cli: Cli): void {
  const command = networks
    .command('restore')
    .description('Let an archived network take data again')
    .argument('<network>', 'id or name')
    .action(async (named: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network(named, { prefersArchived: true })
      const after = await read(
        api.networks[':networkId'].$patch({ param: { networkId: id }, json: { archived: false } }),
      )
      output.done(`Restored ${name}.`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(command, ['mctrack networks restore "Example Network"'])
}
