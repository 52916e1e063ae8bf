import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { confirm } from '../../terminal/confirm.ts'

/** `invitations cancel` */
export function addInvitationsCancel(invitations: Command, cli: Cli): void {
  const command = invitations
    .command('cancel')
    .description('Cancel an invitation; its link does not work any more')
    .argument('<invitation>', 'e-mail address that it is for, or id')
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action(async (named: string, options: { readonly yes?: true }) => {
      const { api, read, network, output } = cli.open(command)
      const param = { networkId: (await network()).id }
      const routes = api.networks[':networkId'].invitations
      const wanted = named.trim().toLowerCase()
      const list = await read(routes.$get({ param }))
      const invitation = list.find(({ id, email }) => id === wanted || email.toLowerCase() === wanted)
      if (invitation === undefined) {
        const message = `There is no invitation for "${named}". See which there are with: mctrack invitations list`
        throw new CliError('INVITATION_NOT_FOUND', message)
      }
      const { id, email } = invitation
      if (options.yes !== true && !(await confirm(cli.system, `Cancel the invitation of ${email}?`))) {
        output.note('Nothing was changed.')
        return cli.exitWith(1)
      }
      await routes[':invitationId'].$delete({ param: { ...param, invitationId: id } })
      if (output.isJson) return output.data(invitation)
      output.done(`Cancelled the invitation of ${email}.`)
    })
  addExamples(command, ['mctrack invitations cancel kim@example.net'])
}
