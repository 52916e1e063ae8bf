import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { confirm } from '../../terminal/confirm.ts'
import { findUser } from '../../users/find-user.ts'

/** `users disable` */
export function addUsersDisable(users: Command, cli: Cli): void {
  const command = users
    .command('disable')
    .description('Keep somebody out: signed out at once, and their tokens end')
    .argument('<user>', 'e-mail address or id')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, output } = cli.open(command)
      const { id, email } = findUser(await read(api.users.$get()), named)
      if (options.yes !== true && !(await confirm(cli.system, `Disable ${email}? Their tokens end for good.`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const user = await read(api.users[':userId'].$patch({ param: { userId: id }, json: { disabled: true } }))
      if (output.isJson) return output.data(user)
      output.done(`Disabled the account ${email}. Undo it with: mctrack users enable ${email}`)
    })
  addExamples(command, ['mctrack users disable alex@example.net'])
}
