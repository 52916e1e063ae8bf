import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'

/** `networks undelete` */
export function addNetworksUndelete(networks: Command, cli: Cli): void {
  const command = networks
    .command('undelete')
    .description('Take the deletion of a network back while its seven days last')
    .argument('<network>', 'id or name')
    .action(async (named: string) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name, deleteAtMs } = await network(named, { prefersArchived: true })
      const after = await read(api.networks[':networkId'].deletion.$delete({ param: { networkId: id } }))
      const state = after.archivedAtMs === null ? 'takes data again' : 'is archived, as it was before'
      if (deleteAtMs === null) output.note(`${name} does not wait for a deletion.`)
      else output.done(`${name} stays, and ${state}.`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(command, ['mctrack networks undelete "Example Network"'])
}
