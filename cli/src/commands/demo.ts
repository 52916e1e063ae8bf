import type { Command } from 'commander'
import { type Cli, createCli, type GlobalOptions } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { type DemoOptions, runDemo } from '../demo/run-demo.ts'
import { addExamples } from '../help.ts'
import { duration, wholeNumber } from '../parse/arguments.ts'
import { createStopper } from '../stopper.ts'

const DAY_MS = 86_400_000
const PLAYERS_MAX = 5_000
const SPEED_MAX = 3_600

/** `demo` */
export function addDemo(program: Command, cli: Cli): void {
  const command = program
    .command('demo')
    .description('Show it all with a simulated network, on a data directory that is thrown away')
    .option('--players <count>', 'most players online in a usual week', wholeNumber({ min: 1, max: PLAYERS_MAX }), 200)
    .option('--speed <factor>', 'simulated time against real time', wholeNumber({ min: 1, max: SPEED_MAX }), 1)
    .option(
      '--history <span>',
      'past that is loaded first (default: 2d)',
      duration({ minMs: 3_600_000, maxMs: 89 * DAY_MS, example: '2d' }),
    )
    .option(
      '--duration <span>',
      'ends by itself after so long (default: q or Ctrl-C ends it; 30s without a terminal)',
      duration({ minMs: 1, maxMs: 20 * DAY_MS, example: '20s' }),
    )
    .action(async (options: DemoOptions) => {
      refuseForeignOptions(command.optsWithGlobals<GlobalOptions>())
      const stopper = createStopper()
      try {
        await runDemo(cli, (demo) => createCli(demo, cli.exitWith).open(command), options, stopper.signal)
        if (stopper.exitCode() !== 0) cli.exitWith(stopper.exitCode())
      } finally {
        stopper.close()
      }
    })
  addExamples(
    command,
    ['mctrack demo'],
    ['mctrack demo --players 1000 --speed 60', 'a simulated hour a minute'],
    ['mctrack demo --duration 20s --json', 'for scripts: one document a line'],
  )
}

/** The demo has its own collector and its own network, so that no real one is touched. */
function refuseForeignOptions({ url, token, network, dataDir }: GlobalOptions): void {
  const given = Object.entries({ '--url': url, '--token': token, '--network': network, '--data-dir': dataDir })
  for (const [flag, value] of given) {
    if (value === undefined) continue
    throw new CliError('USAGE', `${flag} is not for the demo, which runs a collector of its own. See: mctrack simulate`)
  }
}
