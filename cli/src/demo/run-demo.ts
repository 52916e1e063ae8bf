import type { RunOptions } from '@mctrack/sdk/simulator'
import type { Cli, Session } from '../cli.ts'
import { CliError } from '../cli-error.ts'
import { watchLive } from '../live/watch-live.ts'
import { reportLosses, reportSummary } from '../simulate/report.ts'
import { type Simulation, startSimulation } from '../simulate/simulate.ts'
import { openTarget, type Target } from '../simulate/target.ts'
import type { System } from '../system.ts'
import { createProgress } from '../terminal/progress.ts'
import { prepareSite } from '../up/prepare-site.ts'
import { removeStaleDemoDirectories } from './demo-directory.ts'
import { showLines } from './show-lines.ts'
import { startThrowAwayCollector, type ThrowAwayCollector } from './throw-away-collector.ts'

export interface DemoOptions {
  readonly players: number
  readonly speed: number
  readonly history?: number
  readonly duration?: number
}

const SEED = 'demo'
const BACKENDS = 5
/** Enough for the screens, and loaded within seconds. */
const HISTORY_MS_DEFAULT = 2 * 86_400_000
/** Where nobody can press a key, the demo must end by itself. */
const DURATION_MS_WITHOUT_TERMINAL = 30_000
/** Settings of this machine's own collector that the demo must not use: its data, and what would lead commands to it. */
const FOREIGN_SETTINGS = [
  'MCTRACK_URL',
  'MCTRACK_TOKEN',
  'MCTRACK_NETWORK',
  'MCTRACK_CLICKHOUSE_URL',
  'MCTRACK_POSTGRES_URL',
  'MCTRACK_REDIS_URL',
  'MCTRACK_ROLES',
] as const

/** Runs a collector, a simulated network and the live screen until the signal aborts, and leaves nothing behind. */
export async function runDemo(
  cli: Cli,
  openSession: (system: System) => Session,
  options: DemoOptions,
  signal: AbortSignal,
): Promise<void> {
  const { system } = cli
  const env: Record<string, string | undefined> = { ...system.env }
  for (const name of FOREIGN_SETTINGS) delete env[name]
  const { output } = openSession({ ...system, env })
  if (!env['MCTRACK_SITE_DIR']) await prepareSite(output, env, system.now)
  const stale = removeStaleDemoDirectories(system.now())
  if (stale.length > 0) output.note(`Removed what a demo that was killed had left: ${stale.join(', ')}`)
  output.note('Starting a collector on a data directory that is thrown away …')
  const collector = await startThrowAwayCollector(env, signal)
  try {
    if (signal.aborted) return
    const session = openSession({ ...system, env: { ...env, MCTRACK_DATA_DIR: collector.dataDirectory } })
    await demonstrate(cli, { session, collector, options, signal })
  } finally {
    output.note('Stopping, and removing the data …')
    await collector.remove()
  }
}

interface Demo {
  readonly session: Session
  readonly collector: ThrowAwayCollector
  readonly options: DemoOptions
  readonly signal: AbortSignal
}

async function demonstrate(cli: Cli, { session, collector, options, signal }: Demo): Promise<void> {
  const { system } = cli
  const { output } = session
  const target: Target = await openTarget(session, 0, undefined)
  // What ends the simulation: the person, the screen, the time, or the collector's death.
  const stop = new AbortController()
  const stopSignal = AbortSignal.any([signal, stop.signal])
  let isCollectorDead = false
  void collector.ended.then(() => {
    isCollectorDead = !stop.signal.aborted
    stop.abort()
  })
  const startedMs = system.now()
  const simulation = startSimulation([target], runOptionsOf(options), {
    now: system.now,
    random: Math.random,
    signal: stopSignal,
    output,
    progress: createProgress(system, output),
    isRedrawn: system.stderr.isTTY === true,
  })
  // However the simulation ends, the screen ends with it; `done` says why.
  simulation.done.then(
    () => stop.abort(),
    () => stop.abort(),
  )
  const [shown] = await Promise.allSettled([
    show(cli, { session, collector, options, simulation, target, signal: stopSignal }),
  ])
  stop.abort()
  const [simulated] = await Promise.allSettled([simulation.done])
  if (isCollectorDead) throw new CliError('START_FAILED', `The collector ended by itself:\n${collector.log()}`)
  if (simulated.status === 'rejected') throw simulated.reason
  if (shown.status === 'rejected') throw shown.reason
  const results = simulated.value
  reportSummary(output, { seed: SEED, results, durationMs: system.now() - startedMs })
  if (!reportLosses(output, results)) cli.exitWith(1)
}

function runOptionsOf({ players, speed, history }: DemoOptions): RunOptions {
  return {
    network: { seed: SEED, players, backends: BACKENDS },
    pace: { kind: 'speed', factor: speed },
    historyMs: history ?? HISTORY_MS_DEFAULT,
    isLive: true,
    durationMs: undefined,
  }
}

/** Shows who is online, on a screen or in lines, until the time is over or the signal aborts. */
async function show(
  cli: Cli,
  demo: Demo & { readonly simulation: Simulation; readonly target: Target },
): Promise<void> {
  const { session, collector, options, simulation, target, signal } = demo
  const { output } = session
  await simulation.live
  simulation.hush()
  if (signal.aborted) return
  const network = await session.network(target.networkId ?? '')
  const hasScreen = output.isTerminal && !output.isJson
  const durationMs = options.duration ?? (hasScreen ? undefined : DURATION_MS_WITHOUT_TERMINAL)
  const until = durationMs === undefined ? signal : AbortSignal.any([signal, AbortSignal.timeout(durationMs)])
  const { url, dataDirectory } = collector
  if (output.isJson) output.record({ kind: 'ready', isSimulated: true, url, dataDirectory, networkId: network.id })
  else output.done(`Simulated data. The site and the API answer at ${url} (token in ${dataDirectory}/operator-token).`)
  if (!hasScreen) return showLines(session, network, until)
  await watchLive(cli, session, network, {
    notice: `Simulated data. Site and API: ${url}. q ends it and removes all of it.`,
    signal: until,
  })
}
