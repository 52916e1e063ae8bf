import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { addExamples } from '../../help.ts'
import { typeAgain } from '../../terminal/type-again.ts'
import { findUser } from '../../users/find-user.ts'

/** Accounts belong to no single network, and so to no time zone. */
const TIME_ZONE = 'UTC'

/** `users delete` */
export function addUsersDelete(users: Command, cli: Cli): void {
  const command = users
    .command('delete')
    .description('Delete an account, with all that is stored of its owner, in seven days')
    .argument('<user>', 'e-mail address or id')
    .option('--confirm <email>', 'the e-mail address again, for scripts, which are not asked')
    .action(async (named: string, options: { readonly confirm?: string }) => {
      const { api, read, output } = cli.open(command)
      const { id, email } = findUser(await read(api.users.$get()), named)
      const typed = await typeAgain(cli.system, options.confirm, {
        question: `They are signed out now. Type ${email} again to delete the account`,
        example: email,
      })
      if (typed === undefined) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const user = await read(api.users[':userId'].deletion.$post({ param: { userId: id }, json: { email: typed } }))
      if (output.isJson) return output.data(user)
      const gone = createClock(TIME_ZONE).dateTime(user.deleteAtMs ?? 0)
      output.done(`${email} is signed out everywhere, and the account will be gone on ${gone} (${TIME_ZONE}).`)
      output.note(`Until then, take it back with: mctrack users undelete ${email}`)
    })
  addExamples(
    command,
    ['mctrack users delete alex@example.net'],
    ['mctrack users delete alex@example.net --confirm alex@example.net --json'],
  )
}
