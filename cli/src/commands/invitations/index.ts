import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addInvitationsCancel } from './cancel.ts'
import { addInvitationsCreate } from './create.ts'
import { addInvitationsList } from './list.ts'

/** `invitations` and its verbs. */
export function addInvitations(program: Command, cli: Cli): void {
  const invitations = program.command('invitations').description('Links with which people become members')
  addInvitationsList(invitations, cli)
  addInvitationsCreate(invitations, cli)
  addInvitationsCancel(invitations, cli)
}
