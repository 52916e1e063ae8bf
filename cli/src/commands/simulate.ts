import { BACKENDS_MAX, BACKENDS_MIN, NETWORKS_MAX, type Pace, type RunOptions } from '@mctrack/sdk/simulator'
import type { Command } from 'commander'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { addExamples } from '../help.ts'
import { duration, text, wholeNumber } from '../parse/arguments.ts'
import { reportLosses, reportSummary } from '../simulate/report.ts'
import { startSimulation } from '../simulate/simulate.ts'
import { openTarget, type Target, targetByKey } from '../simulate/target.ts'
import { createStopper } from '../stopper.ts'
import { createProgress } from '../terminal/progress.ts'

interface Options {
  readonly players: number
  readonly servers: number
  readonly networks: number
  readonly seed: string
  readonly speed?: number
  readonly rate?: number
  readonly duration?: number
  readonly history?: number
  readonly live?: true
  readonly key?: string
  readonly endpoint?: string
}

const DAY_MS = 86_400_000
const PLAYERS_MAX = 50_000
const SPEED_MAX = 100_000
const RATE_MAX = 1_000_000
const SEED_CHARS_MAX = 64
/** The collector takes nothing that lies further back than 90 days; a visit may begin before the span does. */
const HISTORY_MS_MAX = 89 * DAY_MS
const DURATION_MS_MAX = 20 * DAY_MS

/** `simulate` */
export function addSimulate(program: Command, cli: Cli): void {
  const command = program
    .command('simulate')
    .description('Play whole networks with believable players against the collector, through the SDK')
    .option('--players <count>', 'most players online in a usual week', wholeNumber({ min: 1, max: PLAYERS_MAX }), 200)
    .option(
      '--servers <count>',
      'backends behind the proxy, the first a lobby',
      wholeNumber({ min: BACKENDS_MIN, max: BACKENDS_MAX }),
      5,
    )
    .option('--networks <count>', 'networks side by side', wholeNumber({ min: 1, max: NETWORKS_MAX }), 1)
    .option('--seed <text>', 'the same seed gives the same players', text(SEED_CHARS_MAX), 'mctrack')
    .option(
      '--speed <factor>',
      'simulated time against real time; above 120 no server crashes (default: 1)',
      wholeNumber({ min: 1, max: SPEED_MAX }),
    )
    .option(
      '--rate <events>',
      'events a second instead, or "max" for all that the collector takes; simulated time runs as it must',
      readRate,
    )
    .option(
      '--duration <span>',
      'how long it is live (default: until Ctrl-C)',
      duration({ minMs: 1, maxMs: DURATION_MS_MAX, example: '10m' }),
    )
    .option(
      '--history <span>',
      'load so much of the past first, then end',
      duration({ minMs: 60_000, maxMs: HISTORY_MS_MAX, example: '60d' }),
    )
    .option('--live', 'go on live after --history; --duration says so as well')
    .option(
      '--key <key>',
      'report with this key, instead of a network and a key made for it [MCTRACK_KEY, beside --endpoint]',
    )
    .option('--endpoint <url>', "the collector's address for --key (default: like --url)")
    .action((options: Options) => runSimulate(cli, command, options))
  addExamples(
    command,
    ['mctrack simulate'],
    ['mctrack simulate --players 1000 --servers 12 --duration 10m'],
    ['mctrack simulate --history 60d', 'two months of sessions, in about a minute'],
    ['mctrack simulate --history 2d --live --speed 60', 'a simulated hour a minute'],
    ['mctrack simulate --rate max --networks 3 --duration 30s --json', 'for measuring; the last line is the summary'],
  )
}

function readRate(value: string): number {
  return value === 'max' ? RATE_MAX : wholeNumber({ min: 1, max: RATE_MAX })(value)
}

async function runSimulate(cli: Cli, command: Command, options: Options): Promise<void> {
  const runOptions = readRunOptions(options)
  const { system } = cli
  const session = cli.open(command)
  const { output } = session
  const stopper = createStopper()
  const startedMs = system.now()
  const targets: Target[] = []
  try {
    for (let number = 0; number < options.networks; number++) {
      targets.push(await openOne({ cli, command, session, options, number }))
    }
    if (options.history !== undefined) await warnOfOverlap(session, targets, options.history, startedMs)
    const simulation = startSimulation(targets, runOptions, {
      now: system.now,
      random: Math.random,
      signal: stopper.signal,
      output,
      progress: createProgress(system, output),
      isRedrawn: system.stderr.isTTY === true,
    })
    const results = await simulation.done
    reportSummary(output, { seed: options.seed, results, durationMs: system.now() - startedMs })
    const isAllStored = reportLosses(output, results)
    cli.exitWith(stopper.exitCode() || (isAllStored ? 0 : 1))
  } finally {
    for (const target of targets) await target.release()
    stopper.close()
  }
}

/** @throws CliError USAGE for options that contradict each other */
function readRunOptions(options: Options): RunOptions {
  const { players, servers, seed, speed, rate, duration: durationMs, history: historyMs } = options
  if (speed !== undefined && rate !== undefined) {
    throw new CliError('USAGE', '--speed and --rate exclude each other: each says how fast time runs.')
  }
  const pace: Pace =
    rate === undefined ? { kind: 'speed', factor: speed ?? 1 } : { kind: 'rate', eventsPerSecond: rate }
  return {
    network: { seed, players, backends: servers },
    pace,
    historyMs,
    isLive: historyMs === undefined || options.live === true || durationMs !== undefined,
    durationMs,
  }
}

async function openOne(given: {
  readonly cli: Cli
  readonly command: Command
  readonly session: Session
  readonly options: Options
  readonly number: number
}): Promise<Target> {
  const { cli, command, session, options, number } = given
  const key = options.key ?? (options.endpoint === undefined ? undefined : cli.system.env['MCTRACK_KEY'])
  const named = command.optsWithGlobals<{ readonly network?: string }>().network
  if (key === undefined) {
    if (options.endpoint !== undefined) {
      throw new CliError('USAGE', '--endpoint goes with --key; without a key, --url says where the collector is.')
    }
    // Only the flag counts: simulated players must not get into the network that is the default.
    const chosen = named === undefined ? undefined : await session.network(named)
    if (chosen !== undefined && options.networks > 1) {
      throw new CliError('USAGE', '--network names one network, so --networks cannot be given beside it.')
    }
    return openTarget(session, number, chosen)
  }
  if (options.networks > 1) throw new CliError('USAGE', 'A key belongs to one network, so --networks cannot be given.')
  if (named !== undefined) throw new CliError('USAGE', 'A key belongs to one network, so --network cannot be given.')
  return targetByKey(key, options.endpoint ?? session.place.url)
}

/** The same span loaded twice has the same players on the network twice. */
async function warnOfOverlap(
  { output }: Session,
  targets: readonly Target[],
  historyMs: number,
  nowMs: number,
): Promise<void> {
  for (const { name, hasSessions } of targets) {
    if ((await hasSessions?.({ fromMs: nowMs - historyMs, toMs: nowMs })) !== true) continue
    output.warn(
      `${name} has sessions of that time already, so its numbers add up. To begin anew: mctrack networks archive "${name}"`,
    )
  }
}
