import { type Command, Option } from 'commander'
import type { DeadLetter } from '../../api/types.ts'
import type { Cli } from '../../cli.ts'
import { createClock } from '../../format/clock.ts'
import { formatCountOf } from '../../format/numbers.ts'
import { addExamples } from '../../help.ts'
import { wholeNumber } from '../../parse/arguments.ts'
import { parseErrorCode } from '../../parse/parse-error-code.ts'
import type { Column } from '../../terminal/table.ts'

const LIMIT_DEFAULT = 50
/** As many as the collector gives at once. */
const LIMIT_MAX = 500

interface Options {
  readonly state: DeadLetter['state'] | 'all'
  readonly code?: string
  readonly limit: number
}

/** `dead-letters list` */
export function addDeadLettersList(deadLetters: Command, cli: Cli): void {
  const command = deadLetters
    .command('list')
    .description('List what was refused and kept, the newest first')
    .addOption(
      new Option('--state <state>', 'what became of it')
        .choices(['kept', 'replayed', 'discarded', 'all'])
        .default('kept'),
    )
    .option('--code <code>', 'only what was refused for this reason', parseErrorCode)
    .option('--limit <count>', 'how many', wholeNumber({ min: 1, max: LIMIT_MAX }), LIMIT_DEFAULT)
    .action(async ({ state, code, limit }: Options) => {
      const { api, read, network, output } = cli.open(command)
      const { id, name, timeZone } = await network()
      const list = await read(
        api.networks[':networkId']['dead-letters'].$get({
          param: { networkId: id },
          query: { state, limit: String(limit), ...(code === undefined ? {} : { code }) },
        }),
      )
      if (output.isJson) return output.data(list)
      if (list.length === 0) {
        const which = state === 'kept' ? 'that waits for a decision' : state === 'all' ? 'at all' : `that was ${state}`
        return output.note(`${name} has no dead letter ${code === undefined ? '' : `of ${code} `}${which}.`)
      }
      output.table(columnsIn(timeZone, state === 'all'), list)
      output.note(`${formatCountOf(list.length, 'dead letter')}; times in ${timeZone}; --json shows what was sent.`)
    })
  addExamples(
    command,
    ['mctrack dead-letters list'],
    ['mctrack dead-letters list --code EVENT_IN_FUTURE --json', 'with what was sent'],
  )
}

function columnsIn(timeZone: string, isStateShown: boolean): ReadonlyArray<Column<DeadLetter>> {
  const clock = createClock(timeZone)
  const state: Column<DeadLetter> = { title: 'State', text: ({ state: text }) => text }
  return [
    { title: 'Id', text: ({ id }) => id, isWhole: true },
    { title: 'Received', text: ({ receivedAtMs }) => clock.dateTime(receivedAtMs), isWhole: true },
    ...(isStateShown ? [state] : []),
    { title: 'Code', text: ({ code }) => code },
    { title: 'Reason', text: ({ reason }) => reason },
    { title: 'Server', text: ({ server }) => server },
    { title: 'By', text: ({ source }) => source },
  ]
}
