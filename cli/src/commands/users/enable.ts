import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findUser } from '../../users/find-user.ts'

/** `users enable` */
export function addUsersEnable(users: Command, cli: Cli): void {
  const command = users
    .command('enable')
    .description('Let somebody in again who was disabled')
    .argument('<user>', 'e-mail address or id')
    .action(async (named: string) => {
      const { api, read, output } = cli.open(command)
      const { id, email } = findUser(await read(api.users.$get()), named)
      const user = await read(api.users[':userId'].$patch({ param: { userId: id }, json: { disabled: false } }))
      if (output.isJson) return output.data(user)
      output.done(`Enabled the account ${email}. They sign in with their password as before.`)
    })
  addExamples(command, ['mctrack users enable alex@example.net'])
}
