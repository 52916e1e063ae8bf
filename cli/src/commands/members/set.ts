import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findMember, nameMember } from '../../members/find-member.ts'
import { findRole } from '../../members/find-role.ts'
import { ROLE_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'

/** `members set` */
export function addMembersSet(members: Command, cli: Cli): void {
  const command = members
    .command('set')
    .description('Give a member another role; it counts at once')
    .argument('<member>', 'e-mail address, name or id')
    .requiredOption('--role <role>', 'name or id of the role', text(ROLE_NAME_CHARS_MAX))
    .action(async (named: string, options: { readonly role: string }) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const routes = api.networks[':networkId']
      const [roles, list] = await Promise.all([
        read(routes.roles.$get({ param })),
        read(routes.members.$get({ param })),
      ])
      const role = findRole(roles, options.role)
      const { userId } = findMember(list, named)
      const member = await read(
        routes.members[':userId'].$patch({ param: { ...param, userId }, json: { role: role.id } }),
      )
      if (output.isJson) return output.data(member)
      output.done(`${nameMember(member)} has the role ${member.role.name} now.`)
    })
  addExamples(command, ['mctrack members set alex@example.net --role admin'])
}
