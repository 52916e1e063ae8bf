import type { Command } from 'commander'
import type { Invitation } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { formatAge, formatDuration } from '../../format/durations.ts'
import { addExamples } from '../../help.ts'
import type { Column } from '../../terminal/table.ts'

/** `invitations list` */
export function addInvitationsList(invitations: Command, cli: Cli): void {
  const command = invitations
    .command('list')
    .description('List the invitations that nobody has accepted yet')
    .action(async () => {
      const { api, read, network, output } = cli.open(command)
      const { id, name } = await network()
      const list = await read(api.networks[':networkId'].invitations.$get({ param: { networkId: id } }))
      if (output.isJson) return output.data(list)
      if (list.length === 0) return output.note(`Nobody is invited to ${name}. Invite: mctrack invitations create`)
      output.table(columnsAt(cli.system.now()), list)
    })
  addExamples(command, ['mctrack invitations list'])
}

function columnsAt(nowMs: number): ReadonlyArray<Column<Invitation>> {
  return [
    { title: 'E-mail', text: ({ email }) => email, isWhole: true },
    { title: 'Role', text: ({ role }) => role.name },
    { title: 'Sent by', text: ({ sentBy }) => sentBy?.name ?? 'the operator' },
    { title: 'Sent', text: ({ createdAtMs }) => formatAge(createdAtMs, nowMs) },
    {
      title: 'Works',
      text: ({ works, expiresAtMs }) =>
        works ? `for ${formatDuration(Math.max(0, expiresAtMs - nowMs))}` : 'no: who sent it could not any more',
    },
    { title: 'Id', text: ({ id }) => id, isWhole: true },
  ]
}
