import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'

/** `networks show` */
export function addNetworksShow(networks: Command, cli: Cli): void {
  const command = networks
    .command('show')
    .description('Show one network')
    .argument('[network]', 'id or name (default: the network that commands are about)')
    .action(async (named: string | undefined) => {
      const { network, output } = cli.open(command)
      showNetwork(output, await network(named), cli.system.now())
    })
  addExamples(command, ['mctrack networks show'], ['mctrack networks show "Example Network" --json'])
}
