import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addUsersCreate } from './create.ts'
import { addUsersDelete } from './delete.ts'
import { addUsersDisable } from './disable.ts'
import { addUsersEnable } from './enable.ts'
import { addUsersList } from './list.ts'
import { addUsersResetPassword } from './reset-password.ts'
import { addUsersSet } from './set.ts'
import { addUsersUndelete } from './undelete.ts'

/** `users` and its verbs. */
export function addUsers(program: Command, cli: Cli): void {
  const users = program.command('users').description('People with an account here')
  addUsersList(users, cli)
  addUsersCreate(users, cli)
  addUsersSet(users, cli)
  addUsersResetPassword(users, cli)
  addUsersDisable(users, cli)
  addUsersEnable(users, cli)
  addUsersDelete(users, cli)
  addUsersUndelete(users, cli)
}
