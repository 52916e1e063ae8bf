import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addMembersAdd } from './add.ts'
import { addMembersList } from './list.ts'
import { addMembersRemove } from './remove.ts'
import { addMembersSet } from './set.ts'
import { addMembersTransfer } from './transfer.ts'

/** `members` and its verbs. */
export function addMembers(program: Command, cli: Cli): void {
  const members = program.command('members').description('Who may see a network, and as what')
  addMembersList(members, cli)
  addMembersAdd(members, cli)
  addMembersSet(members, cli)
  addMembersRemove(members, cli)
  addMembersTransfer(members, cli)
}
