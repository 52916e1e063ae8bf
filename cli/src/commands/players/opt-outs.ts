import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'

/** `players opt-outs` */
export function addPlayersOptOuts(players: Command, cli: Cli): void {
  const command = players
    .command('opt-outs')
    .description('List players of whom nothing is recorded, because they asked for that')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id: networkId, name } = await network()
      const optOuts = await read(api.networks[':networkId']['opt-outs'].$get({ param: { networkId } }))
      if (output.isJson) return output.data(optOuts)
      if (optOuts.length === 0) return output.note(`Nobody has opted out of ${name}.`)
      const nowMs = cli.system.now()
      output.table(
        [
          { title: 'Player', text: ({ playerId }) => playerId, isWhole: true },
          { title: 'Opted out', text: ({ optedOutAtMs }) => formatAge(optedOutAtMs, nowMs) },
        ],
        optOuts,
      )
    })
  addExamples(command, ['mctrack players opt-outs'], ['mctrack players opt-outs --json'])
}
