import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'
import { NETWORK_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `networks rename` */
export function addNetworksRename(networks: Command, cli: Cli): void {
  const command = networks
    .command('rename')
    .description('Give a network another name')
    .argument('<network>', 'id or name')
    .argument('<new-name>', 'what it is called from now on', text(NETWORK_NAME_CHARS_MAX))
    .action(async (named: string, name: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name: before } = await network(named)
      const after = await read(api.networks[':networkId'].$patch({ param: { networkId: id }, json: { name } }))
      output.done(`Renamed ${before} to ${after.name}.`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(command, ['mctrack networks rename "Example Network" "Better Example"'])
}
