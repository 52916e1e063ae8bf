import { type NetworkResult, type RunDeps, type RunOptions, SimulatorError, startNetwork } from '@mctrack/sdk/simulator'
import { CliError } from '../cli-error.ts'
import type { Output } from '../output.ts'
import type { Progress } from '../terminal/progress.ts'
import { describeProgress, toProgressRecord } from './report.ts'
import type { Target } from './target.ts'

const SHOW_EVERY_MS = 500
/** Where nothing can be redrawn, a line is worth its place only so often. */
const LINE_EVERY_MS = 5_000

/** Simulated networks that run, and what they say while they do. */
export interface Simulation {
  /** Resolves once all networks are live. */
  readonly live: Promise<void>
  /** @throws CliError when the collector refuses a key, or cannot be reached at the start */
  readonly done: Promise<readonly NetworkResult[]>
  /** Says no more how far it is, because something else is on the terminal. */
  hush(): void
}

/**
 * Starts networks side by side and says how far they are: a line that is redrawn on a terminal, lines elsewhere, and
 * NDJSON with `--json`.
 */
export function startSimulation(
  targets: readonly Target[],
  options: RunOptions,
  deps: RunDeps & { readonly output: Output; readonly progress: Progress; readonly isRedrawn: boolean },
): Simulation {
  const { now, output, progress, isRedrawn } = deps
  // One that fails ends them all: together they were asked for.
  const failed = new AbortController()
  const signal = AbortSignal.any([deps.signal, failed.signal])
  const runs = targets.map((target) => startNetwork(target, options, { ...deps, signal }))
  let before = { atMs: now(), acknowledged: 0 }
  let isHushed = false

  const timer = setInterval(
    () => {
      if (isHushed) return
      const networks = runs.map((run) => run.progress())
      const acknowledged = networks.reduce((sum, { tally }) => sum + tally.eventsAcknowledged, 0)
      const eventsPerSecond = ((acknowledged - before.acknowledged) * 1_000) / Math.max(1, now() - before.atMs)
      before = { atMs: now(), acknowledged }
      if (output.isJson) output.record(toProgressRecord(networks, { atMs: now(), eventsPerSecond }))
      else if (isRedrawn) progress.show(describeProgress(networks, eventsPerSecond))
      else output.note(describeProgress(networks, eventsPerSecond))
    },
    isRedrawn && !output.isJson ? SHOW_EVERY_MS : LINE_EVERY_MS,
  )

  async function finish(): Promise<readonly NetworkResult[]> {
    try {
      for (const run of runs) run.done.catch((error: unknown) => failed.abort(error))
      const settled = await Promise.allSettled(runs.map((run) => run.done))
      const failure = settled.find((result) => result.status === 'rejected')
      if (failure !== undefined) throw toCliError(failure.reason)
      return settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    } finally {
      clearInterval(timer)
      if (!isHushed) progress.clear()
    }
  }

  const live = Promise.all(runs.map((run) => run.live)).then(
    () => undefined,
    (error: unknown) => {
      throw toCliError(error)
    },
  )
  // Whoever only waits for the end hears of a failure there.
  live.catch(() => undefined)
  return {
    live,
    done: finish(),
    hush() {
      isHushed = true
      progress.clear()
    },
  }
}

function toCliError(error: unknown): unknown {
  return error instanceof SimulatorError ? new CliError(error.code, error.message, { cause: error }) : error
}
