import type { Command } from 'commander'
import type { Member } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `members list` */
export function addMembersList(members: Command, cli: Cli): void {
  const command = members
    .command('list')
    .description('List the members of a network')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const list = await read(api.networks[':networkId'].members.$get({ param: { networkId: id } }))
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note(`${name} has no member yet. Add one: mctrack members add`)
      output.table(columnsAt(cli.system.now()), list)
    })
  addExamples(command, ['mctrack members list'], ['mctrack members list --network "Example Network" --json'])
}

function columnsAt(nowMs: number): ReadonlyArray<Column<Member>> {
  return [
    { title: 'Name', text: ({ name }) => name },
    { title: 'E-mail', text: ({ email }) => email ?? '', isWhole: true },
    { title: 'Role', text: ({ role }) => role.name },
    { title: 'Joined', text: ({ joinedAtMs }) => formatAge(joinedAtMs, nowMs) },
    { title: 'Id', text: ({ userId }) => userId, isWhole: true },
  ]
}
