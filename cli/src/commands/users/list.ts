import type { Command } from 'commander'
import type { User } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `users list` */
export function addUsersList(users: Command, cli: Cli): void {
  const command = users
    .command('list')
    .description('List everybody with an account')
    .action(async () => {
      const { api, read, output } = cli.open(command)
      const list = await read(api.users.$get())
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note('Nobody has an account yet. Make the first owner: mctrack setup-link')
      output.table(columnsAt(cli.system.now()), list)
    })
  addExamples(command, ['mctrack users list'], ['mctrack users list --json'])
}

function columnsAt(nowMs: number): ReadonlyArray<Column<User>> {
  return [
    { title: 'E-mail', text: ({ email }) => email, isWhole: true },
    { title: 'Name', text: ({ name }) => name },
    { title: 'Owner', text: ({ ownsInstallation }) => (ownsInstallation ? 'of the installation' : '') },
    {
      title: 'Last signed in',
      text: ({ lastSignedInAtMs }) => (lastSignedInAtMs === null ? 'never' : formatAge(lastSignedInAtMs, nowMs)),
    },
    { title: 'State', text: describeState },
    { title: 'Id', text: ({ id }) => id, isWhole: true },
  ]
}

function describeState({ disabledAtMs, deleteAtMs }: User): string {
  if (deleteAtMs !== null) return 'waits for its deletion'
  return disabledAtMs === null ? '' : 'disabled'
}
