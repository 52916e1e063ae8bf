import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addSessionsList } from './list.ts'

/** `sessions` and its verbs. */
export function addSessions(program: Command, cli: Cli): void {
  const sessions = program.command('sessions').description('Who was there, from when to when')
  addSessionsList(sessions, cli)
}
