import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addRolesChange } from './change.ts'
import { addRolesCreate } from './create.ts'
import { addRolesDelete } from './delete.ts'
import { addRolesList } from './list.ts'

/** `roles` and its verbs. */
export function addRoles(program: Command, cli: Cli): void {
  const roles = program.command('roles').description('What members may do, under one name')
  addRolesList(roles, cli)
  addRolesCreate(roles, cli)
  addRolesChange(roles, cli)
  addRolesDelete(roles, cli)
}
