import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { runSettlement, type SettleOptions, type SettleVerb } from '../../dead-letters/run-settlement.ts'
import { addExamples } from '../../help.ts'
import { ids } from '../../parse/arguments.ts'
import { parseErrorCode } from '../../parse/parse-error-code.ts'

const VERB: SettleVerb = {
  verb: 'discard',
  past: 'discarded',
  question: (which) => `Give up ${which}?`,
}

/** `dead-letters discard` */
export function addDeadLettersDiscard(deadLetters: Command, cli: Cli): void {
  const command = deadLetters
    .command('discard')
    .description('Give up what was refused')
    .argument('[ids...]', 'ids of dead letters', ids)
    .option('--all', 'all that are kept')
    .option('--code <code>', 'with --all, only what was refused for this reason', parseErrorCode)
    .option('-y, --yes', 'do not ask; scripts are never asked')
    .action((named: string[], options: SettleOptions) => runSettlement(cli, command, VERB, { ids: named, options }))
  addExamples(
    command,
    ['mctrack dead-letters discard 019aa000-0000-7000-8000-000000000000'],
    ['mctrack dead-letters discard --all --code EVENT_IN_FUTURE'],
  )
}
