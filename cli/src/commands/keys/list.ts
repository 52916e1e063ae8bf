import type { Command } from 'commander'
import type { ApiKey } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `keys list` */
export function addKeysList(keys: Command, cli: Cli): void {
  const command = keys
    .command('list')
    .description('List the API keys of a network')
    .option('--revoked', 'list revoked ones too')
    .action(async (options: { readonly revoked?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const all = await read(api.networks[':networkId'].keys.$get({ param: { networkId: id } }))
      const list = all.filter(({ revokedAtMs }) => options.revoked === true || revokedAtMs === null)
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note(`${name} has no key yet. Create one: mctrack keys create`)
      output.table(columnsAt(cli.system.now()), list)
    })
  addExamples(command, ['mctrack keys list'], ['mctrack keys list --revoked --json'])
}

function columnsAt(nowMs: number): ReadonlyArray<Column<ApiKey>> {
  const age = (atMs: number | null, never: string): string => (atMs === null ? never : formatAge(atMs, nowMs))
  return [
    { title: 'Name', text: ({ name }) => name },
    { title: 'Key', text: ({ lastFour }) => `mct_…${lastFour}`, isWhole: true },
    { title: 'Reports for', text: ({ gamemode }) => gamemode ?? 'the whole network' },
    { title: 'Created', text: ({ createdAtMs }) => age(createdAtMs, '') },
    {
      title: 'Last used',
      text: ({ lastUsedAtMs, revokedAtMs }) =>
        revokedAtMs === null ? age(lastUsedAtMs, 'never') : `revoked ${age(revokedAtMs, '')}`,
    },
    { title: 'Id', text: ({ id }) => id, isWhole: true },
  ]
}
