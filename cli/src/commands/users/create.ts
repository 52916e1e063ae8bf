import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { EMAIL_CHARS_MAX, text, USER_NAME_CHARS_MAX } from '../../parse/arguments.ts'
import { showLink } from '../../users/show-link.ts'

/** `users create` */
export function addUsersCreate(users: Command, cli: Cli): void {
  const command = users
    .command('create')
    .description('Create an account, and show the link with which its owner chooses a password')
    .argument('<email>', 'e-mail address, with which they sign in', text(EMAIL_CHARS_MAX))
    .option('--name <name>', 'what they are called (default: the e-mail address)', text(USER_NAME_CHARS_MAX))
    .option('--owner', 'let them own the installation: create networks and manage users')
    .action(async (email: string, { name, owner }: { readonly name?: string; readonly owner?: true }) => {
      const { api, read, output } = cli.open(command)
      const json = {
        email,
        name: name ?? email.slice(0, USER_NAME_CHARS_MAX),
        ...(owner === true ? { ownsInstallation: true } : {}),
      }
      const user = await read(api.users.$post({ json }))
      const link = await read(api.users[':userId']['password-link'].$post({ param: { userId: user.id } }))
      if (output.isJson) return output.data({ ...user, passwordLink: link })
      showLink(output, link, {
        message: `Created the account ${user.email}. Give this link to them, to choose a password:`,
        nowMs: cli.system.now(),
      })
    })
  addExamples(
    command,
    ['mctrack users create alex@example.net --name Alex', 'what they may see comes with: mctrack members add'],
    ['mctrack users create alex@example.net --owner --json'],
  )
}
