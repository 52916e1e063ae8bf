import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findMember, nameMember } from '../../members/find-member.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `members remove` */
export function addMembersRemove(members: Command, cli: Cli): void {
  const command = members
    .command('remove')
    .description('Take a member off the network; they see nothing of it any more, at once')
    .argument('<member>', 'e-mail address, name or id')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const param = { networkId: id }
      const routes = api.networks[':networkId'].members
      const member = findMember(await read(routes.$get({ param })), named)
      const question = `Remove ${nameMember(member)} from ${name}?`
      if (options.yes !== true && !(await confirm(cli.system, question))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      await routes[':userId'].$delete({ param: { ...param, userId: member.userId } })
      if (output.isJson) return output.data(member)
      output.done(`${nameMember(member)} is no member of ${name} any more.`)
    })
  addExamples(command, ['mctrack members remove alex@example.net'], ['mctrack members remove alex@example.net --yes'])
}
