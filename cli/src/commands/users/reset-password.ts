import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { readSecret } from '../../parse/read-secret.ts'
import { findUser } from '../../users/find-user.ts'
import { showLink } from '../../users/show-link.ts'

/** `users reset-password` */
export function addUsersResetPassword(users: Command, cli: Cli): void {
  const command = users
    .command('reset-password')
    .description('Show a link with which somebody chooses a new password, or set one')
    .argument('<user>', 'e-mail address or id')
    .option('--password-stdin', 'set the password that stands on standard input; they are signed out everywhere')
    .action(async (named: string, { passwordStdin }: { readonly passwordStdin?: true }) => {
      const { api, read, output } = cli.open(command)
      const password = passwordStdin === true ? await readSecret(cli.system, 'password') : undefined
      const { id, email } = findUser(await read(api.users.$get()), named)
      const param = { userId: id }
      if (password === undefined) {
        const link = await read(api.users[':userId']['password-link'].$post({ param }))
        return showLink(output, link, {
          message: `A new password for ${email} is chosen here; the earlier one works until then:`,
          nowMs: cli.system.now(),
        })
      }
      await api.users[':userId'].password.$put({ param, json: { password } })
      if (output.isJson) return output.data({ id, email })
      output.done(`Set the password of ${email}. They are signed out everywhere, and their tokens have ended.`)
    })
  addExamples(
    command,
    ['mctrack users reset-password alex@example.net'],
    ['mctrack users reset-password alex@example.net --password-stdin < password.txt'],
  )
}
