import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'

/** `networks use` */
export function addNetworksUse(networks: Command, cli: Cli): void {
  const command = networks
    .command('use')
    .description('Remember the network that commands are about when none is named')
    .argument('<network>', 'id or name')
    .action(async (named: string) => {
      const { network, output, remembered, place } = cli.open(command)
      const chosen = await network(named)
      if (chosen.archivedAtMs !== null) {
        throw new CliError(
          'NETWORK_ARCHIVED',
          `${chosen.name} is archived. Restore it first: mctrack networks restore ${chosen.id}`,
        )
      }
      remembered.set(place.url, chosen.id)
      if (output.isJson) return output.data(chosen)
      output.done(`Commands to ${place.url} are now about ${chosen.name}, unless --network says otherwise.`)
    })
  addExamples(command, ['mctrack networks use "Example Network"'])
}
