import type { Command } from 'commander'
import type { Cli } from '../../cli.ts'
import { CliError } from '../../cli-error.ts'
import { addExamples } from '../../help.ts'
import { showNetwork } from '../../networks/show-network.ts'
import { daysOrForever, duration } from '../../parse/arguments.ts'

/** As the collector allows. */
const RESUME_WINDOW = { minMs: 5_000, maxMs: 600_000, example: '30s or 2m' }
/** As the collector allows. */
const KEEP_DAYS = { min: 30, max: 3_650 }

interface Options {
  readonly timeZone?: string
  readonly currency?: string
  readonly resumeWindow?: number
  readonly keepDays?: number | 'forever'
}

/** `networks set` */
export function addNetworksSet(networks: Command, cli: Cli): void {
  const command = networks
    .command('set')
    .description('Change the settings of a network')
    .argument('[network]', 'id or name (default: the network that commands are about)')
    .option('--time-zone <zone>', 'IANA time zone; the days of everything stored are counted again')
    .option('--currency <code>', 'currency of its money, ISO 4217')
    .option(
      '--resume-window <time>',
      'how long players stay counted when a server loses its link, such as 30s',
      duration(RESUME_WINDOW),
    )
    .option(
      '--keep-days <days>',
      'for how many days details of players and servers are kept, or "forever"; fewer begin in seven days',
      daysOrForever(KEEP_DAYS),
    )
    .action(async (named: string | undefined, { timeZone, currency, resumeWindow, keepDays }: Options) => {
      const change = {
        ...(timeZone === undefined ? {} : { timeZone }),
        ...(currency === undefined ? {} : { currency: currency.toUpperCase() }),
        ...(resumeWindow === undefined ? {} : { resumeWindowMs: resumeWindow }),
        ...(keepDays === undefined ? {} : { dataRetentionDays: keepDays === 'forever' ? null : keepDays }),
      }
      if (Object.keys(change).length === 0) {
        throw new CliError('USAGE', 'Say what to change: --time-zone, --currency, --resume-window or --keep-days.')
      }
      const { api, read, network, output } = cli.open(command)
      const { id } = await network(named)
      const after = await read(api.networks[':networkId'].$patch({ param: { networkId: id }, json: change }))
      output.done(`Changed ${after.name}.`)
      showNetwork(output, after, cli.system.now())
    })
  addExamples(
    command,
    ['mctrack networks set --time-zone America/New_York'],
    ['mctrack networks set "Example Network" --resume-window 60s'],
    ['mctrack networks set --keep-days 365'],
  )
}
