import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { addDeadLettersDiscard } from './discard.ts'
import { addDeadLettersList } from './list.ts'
import { addDeadLettersReplay } from './replay.ts'

/** `dead-letters` and its verbs. */
export function addDeadLetters(program: Command, cli: Cli): void {
  const deadLetters = program.command('dead-letters').description('What was refused and kept')
  addDeadLettersList(deadLetters, cli)
  addDeadLettersReplay(deadLetters, cli)
  addDeadLettersDiscard(deadLetters, cli)
}
