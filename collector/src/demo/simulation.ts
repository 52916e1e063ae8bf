import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Log } from '../platform/log.ts'
import type { DemoProgress } from './demo-state.ts'
import type { FromSimulator, ToSimulator } from './process-messages.ts'

const SIMULATOR = fileURLToPath(new URL('./simulator-process.ts', import.meta.url))
const MINUTE_MS = 60_000
const MEMORY_MB_MAX = 512
const LOG_LINE_CHARS_MAX = 500

/** The simulator's process, while it plays. */
export interface Simulation {
  readonly pid: number | undefined
  /** The last that it told of itself. */
  progress(): DemoProgress | undefined
  /** Set once it is over without having been asked to be. */
  failure(): SimulationFailure | undefined
  /** Ends what is played in order, or after `timeoutMs` at once. Resolves when the process is gone. */
  stop(timeoutMs: number): Promise<void>
}

export interface SimulationFailure {
  /** Of the table of error codes. */
  readonly code: string
  readonly message: string
}

export interface SimulationOptions {
  readonly networkId: string
  readonly endpoint: string
  readonly key: string
  readonly historyMs: number | null
}

/** Starts the simulator's process. What becomes of it is asked for, never thrown. */
export type StartSimulation = (options: SimulationOptions) => Simulation

export function createStartSimulation(deps: {
  /** Computes past CCU of whole minutes. */
  readonly rebuildSamples: (networkId: string, fromMs: number, toMs: number) => Promise<void>
  readonly log: Log
}): StartSimulation {
  const { rebuildSamples, log } = deps
  return (options) => {
    let progress: DemoProgress | undefined
    let failure: SimulationFailure | undefined
    let isOver = false
    const child = fork(SIMULATOR, [], {
      // Ctrl-C in a terminal goes to the collector alone, which ends this in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning', `--max-old-space-size=${MEMORY_MB_MAX}`],
      env: { PATH: process.env['PATH'] ?? '' },
    })
    const send = (message: ToSimulator): void => {
      if (child.connected) child.send(message, () => undefined)
    }
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        log.warn({ process: 'simulator' }, chunk.toString().trim().slice(0, LOG_LINE_CHARS_MAX))
      })
    }
    function fail(code: string, message: string): void {
      failure ??= { code, message }
    }
    child.on('message', (message: FromSimulator) => {
      if (message.kind === 'progress') progress = message
      else if (message.kind === 'failed') fail(message.code, message.message)
      else void answerRebuild(message)
    })
    child.once('error', (error) => {
      isOver = true
      fail('START_FAILED', `The simulator could not be started: ${error.message}`)
    })
    child.once('exit', (code, signal) => {
      isOver = true
      fail('INTERNAL', `The simulator ended (${signal ?? `exit code ${code}`}).`)
    })
    send({ kind: 'start', ...options })

    async function answerRebuild(range: { readonly fromMs: number; readonly toMs: number }): Promise<void> {
      const [fromMs, toMs] = [toMinute(range.fromMs), toMinute(range.toMs)]
      try {
        await rebuildSamples(options.networkId, fromMs, toMs)
        send({ kind: 'rebuilt', minutes: (toMs - fromMs) / MINUTE_MS })
      } catch (error) {
        log.error({ err: error }, 'past players online of the demo network could not be computed')
        send({ kind: 'rebuilt', minutes: null })
      }
    }

    return {
      pid: child.pid,
      progress: () => progress,
      failure: () => (isOver ? failure : undefined),
      async stop(timeoutMs) {
        if (isOver) return
        const exited = once(child, 'exit')
        const kill = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
        send({ kind: 'stop' })
        await exited
        clearTimeout(kill)
      },
    }
  }
}

function toMinute(atMs: number): number {
  return Math.floor(atMs / MINUTE_MS) * MINUTE_MS
}
