import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { EMAIL_CHARS_MAX, text, USER_NAME_CHARS_MAX } from '../../parse/arguments.ts'
import { findUser } from '../../users/find-user.ts'

interface SetOptions {
  readonly email?: string
  readonly name?: string
  readonly owner?: boolean
}

/** `users set` */
export function addUsersSet(users: Command, cli: Cli): void {
  const command = users
    .command('set')
    .description('Change an account')
    .argument('<user>', 'e-mail address or id')
    .option('--email <email>', 'e-mail address, with which they sign in', text(EMAIL_CHARS_MAX))
    .option('--name <name>', 'what they are called', text(USER_NAME_CHARS_MAX))
    .option('--owner', 'let them own the installation: create networks and manage users')
    .option('--no-owner', 'let them own it no longer')
    .action(async (named: string, { email, name, owner }: SetOptions) => {
      const { api, read, output } = cli.open(command)
      const json = {
        ...(email === undefined ? {} : { email }),
        ...(name === undefined ? {} : { name }),
        ...(owner === undefined ? {} : { ownsInstallation: owner }),
      }
      if (Object.keys(json).length === 0) throw new CliError('USAGE', 'Say what to change: --email, --name or --owner.')
      const { id } = findUser(await read(api.users.$get()), named)
      const user = await read(api.users[':userId'].$patch({ param: { userId: id }, json }))
      if (output.isJson) return output.data(user)
      output.done(`Changed the account ${user.email}.`)
    })
  addExamples(
    command,
    ['mctrack users set alex@example.net --name "Alex B."'],
    ['mctrack users set alex@example.net --owner'],
  )
}
