import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findRole } from '../../members/find-role.ts'
import { EMAIL_CHARS_MAX, ROLE_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `members add` */
export function addMembersAdd(members: Command, cli: Cli): void {
  const command = members
    .command('add')
    .description('Make somebody with an account a member at once; others are invited')
    .argument('<user>', 'e-mail address of the account', text(EMAIL_CHARS_MAX))
    .option('--role <role>', 'name or id of the role', text(ROLE_NAME_CHARS_MAX), 'viewer')
    .action(async (email: string, options: { readonly role: string }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const param = { networkId: id }
      const role = findRole(await read(api.networks[':networkId'].roles.$get({ param })), options.role)
      const json = { email, role: role.id }
      const member = await read(api.networks[':networkId'].members.$post({ param, json }))
      if (output.isJson) return output.data(member)
      output.done(`${member.name} is a member of ${name} now: ${member.role.name}.`)
    })
  addExamples(command, ['mctrack members add alex@example.net --role analyst'])
}
