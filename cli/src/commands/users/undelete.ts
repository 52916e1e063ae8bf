import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findUser } from '../../users/find-user.ts'

/** `users undelete` */
export function addUsersUndelete(users: Command, cli: Cli): void {
  const command = users
    .command('undelete')
    .description('Take the deletion of an account back')
    .argument('<user>', 'e-mail address or id')
    .action(async (named: string) => {
      const { api, read, output } = cli.open(command)
      const { id, email } = findUser(await read(api.users.$get()), named)
      const user = await read(api.users[':userId'].deletion.$delete({ param: { userId: id } }))
      if (output.isJson) return output.data(user)
      output.done(`The account ${email} stays. Its owner signs in as before.`)
    })
  addExamples(command, ['mctrack users undelete alex@example.net'])
}
