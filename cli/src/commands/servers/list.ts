import type { Command } from 'commander'
import type { Server } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { formatCount } from '../../format/numbers.ts'
import { SERVER_STATE_WORDS, styleServerState } from '../../format/server-state.ts'
import { addExamples } from '../../help.ts'
import type { Palette } from '../../terminal/palette.ts'
import type { Column } from '../../terminal/table.ts'

/** `servers list` */
export function addServersList(servers: Command, cli: Cli): void {
  const command = servers
    .command('list')
    .description('List the servers that report, or did')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const list = await read(api.networks[':networkId'].servers.$get({ param: { networkId: id } }))
      if (output.isJson) return output.data(list)
      if (list.length === 0) {
        return output.note(`No server has reported to ${name} yet. Give one a key: mctrack keys create`)
      }
      output.table(columnsAt(cli.system.now(), output.palette), list)
    })
  addExamples(command, ['mctrack servers list'], ['mctrack servers list --json'])
}

function columnsAt(nowMs: number, palette: Palette): ReadonlyArray<Column<Server>> {
  return [
    { title: 'Name', text: ({ name }) => name },
    { title: 'Kind', text: ({ kind }) => kind },
    {
      title: 'State',
      text: ({ state }) => SERVER_STATE_WORDS[state],
      style: (text, { state }) => styleServerState(state, palette)(text),
    },
    { title: 'Players', text: ({ players }) => formatCount(players), align: 'right' },
    { title: 'TPS', text: ({ gauges }) => gauges?.tps?.toFixed(1) ?? '', align: 'right' },
    { title: 'Last seen', text: ({ lastSeenAtMs }) => formatAge(lastSeenAtMs, nowMs) },
    { title: 'Software', text: ({ software }) => `${software.name} ${software.version}`.trim() },
  ]
}
