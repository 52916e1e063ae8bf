import type { Command } from 'commander'
import type { Role } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatCount } from '../../format/numbers.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `roles list` */
export function addRolesList(roles: Command, cli: Cli): void {
  const command = roles
    .command('list')
    .description('List the roles of a network, and what they allow')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const list = await read(api.networks[':networkId'].roles.$get({ param: { networkId: (await network()).id } }))
      if (output.isJson) return output.data(list)
      output.table(COLUMNS, list)
    })
  addExamples(command, ['mctrack roles list'], ['mctrack roles list --json'])
}

const COLUMNS: ReadonlyArray<Column<Role>> = [
  { title: 'Role', text: ({ name }) => name },
  { title: 'Members', text: ({ members }) => formatCount(members), align: 'right' },
  { title: 'Made here', text: ({ isBuiltIn }) => (isBuiltIn ? '' : 'yes') },
  { title: 'Allows', text: ({ permissions }) => permissions.join(', ') },
]
