import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findMember, nameMember } from '../../members/find-member.ts'
import { EMAIL_CHARS_MAX, text } from '../../parse/arguments.ts'
import { confirm } from '../../terminal/confirm.ts'

interface Options {
  readonly from?: string
  readonly yes?: true
}

/** `members transfer` */
export function addMembersTransfer(members: Command, cli: Cli): void {
  const command = members
    .command('transfer')
    .description('Make a member the owner, and the owner an admin')
    .argument('<member>', 'who becomes owner: e-mail address, name or id')
    .option('--from <member>', 'which owner becomes admin (default: you, or the only one)', text(EMAIL_CHARS_MAX))
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, { from, yes }: Options) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const param = { networkId: id }
      const list = await read(api.networks[':networkId'].members.$get({ param }))
      const member = findMember(list, named)
      const giver = from === undefined ? {} : { fromUserId: findMember(list, from).userId }
      if (yes !== true && !(await confirm(cli.system, `Make ${nameMember(member)} the owner of ${name}?`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      const json = { userId: member.userId, ...giver }
      const owner = await read(api.networks[':networkId'].transfer.$post({ param, json }))
      if (output.isJson) return output.data(owner)
      output.done(`${nameMember(owner)} owns ${name} now.`)
    })
  addExamples(
    command,
    ['mctrack members transfer alex@example.net'],
    ['mctrack members transfer alex@example.net --from olga@example.net'],
  )
}
