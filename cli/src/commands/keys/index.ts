import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addKeysCreate } from './create.ts'
import { addKeysList } from './list.ts'
import { addKeysRename } from './rename.ts'
import { addKeysRevoke } from './revoke.ts'
import { addKeysRotate } from './rotate.ts'

/** `keys` and its verbs. */
export function addKeys(program: Command, cli: Cli): void {
  const keys = program.command('keys').description('API keys, with which servers report')
  addKeysList(keys, cli)
  addKeysCreate(keys, cli)
  addKeysRotate(keys, cli)
  addKeysRevoke(keys, cli)
  addKeysRename(keys, cli)
}
