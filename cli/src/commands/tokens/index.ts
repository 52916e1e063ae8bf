import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addTokensList } from './list.ts'
import { addTokensRevoke } from './revoke.ts'

/** `tokens` and its verbs. */
export function addTokens(program: Command, cli: Cli): void {
  const tokens = program.command('tokens').description("Operators' tokens, one for each data directory")
  addTokensList(tokens, cli)
  addTokensRevoke(tokens, cli)
}
