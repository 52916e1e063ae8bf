import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addExamples } from '../../help.ts'
import { findRole } from '../../members/find-role.ts'
import { EMAIL_CHARS_MAX, ROLE_NAME_CHARS_MAX, text } from '../../parse/arguments.ts'
import { showLink } from '../../users/show-link.ts'

/** `invitations create` */
export function addInvitationsCreate(invitations: Command, cli: Cli): void {
  const command = invitations
    .command('create')
    .description('Invite somebody, and show the link for them this once')
    .argument('<email>', 'e-mail address of who may accept it', text(EMAIL_CHARS_MAX))
    .option('--role <role>', 'name or id of the role', text(ROLE_NAME_CHARS_MAX), 'viewer')
    .action(async (email: string, options: { readonly role: string }) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const param = { networkId: id }
      const role = findRole(await read(api.networks[':networkId'].roles.$get({ param })), options.role)
      const json = { email, role: role.id }
      const invitation = await read(api.networks[':networkId'].invitations.$post({ param, json }))
      if (output.isJson) return output.data(invitation)
      const { link: url, expiresAtMs } = invitation
      showLink(
        output,
        { url, expiresAtMs },
        { message: `Invited ${invitation.email} to ${name}. Give them this link:`, nowMs: cli.system.now() },
      )
    })
  addExamples(
    command,
    ['mctrack invitations create kim@example.net --role analyst'],
    ['LINK=$(mctrack invitations create kim@example.net)', 'the link alone goes to standard output'],
  )
}
