import type { Command } from 'commander'
import type { Backend } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { formatCount } from '../../format/numbers.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `gamemodes list` */
export function addGamemodesList(gamemodes: Command, cli: Cli): void {
  const command = gamemodes
    .command('list')
    .description('List the backends, and the game modes that they count as')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id, name, timeZone } = await network()
      const list = await read(api.networks[':networkId'].gamemodes.$get({ param: { networkId: id } }))
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note(`No player of ${name} was on any backend yet.`)
      output.table(columnsIn(timeZone), list)
    })
  addExamples(command, ['mctrack gamemodes list'])
}

function columnsIn(timeZone: string): ReadonlyArray<Column<Backend>> {
  const clock = createClock(timeZone)
  return [
    { title: 'Backend', text: ({ backend }) => backend },
    { title: 'Game mode', text: ({ gamemode }) => gamemode },
    { title: 'Players in it', text: ({ players }) => formatCount(players), align: 'right' },
    { title: 'First seen', text: ({ firstSeenAtMs }) => clock.dateTime(firstSeenAtMs) },
  ]
}
