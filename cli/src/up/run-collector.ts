import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Where a collector that has started can be reached. */
export interface ReadyCollector {
  readonly url: string
  readonly metricsUrl: string
}

/** A collector as a child process. It also stops when this process ends without a word. */
export interface StartedCollector {
  /** Never resolves when it ends before it is ready. */
  readonly ready: Promise<ReadyCollector>
  /** Its exit code; 128 and the signal's number when a signal ended it. */
  readonly exited: Promise<number>
  signal(signal: NodeJS.Signals): void
}

/**
 * Starts the collector as a child process.
 *
 * @param options.log where it writes: this terminal, or an open file
 * @param options.isJson whether it says as JSON why it could not start
 * @param options.isOwnGroup whether Ctrl-C on this terminal is not for it, because whoever started it ends it
 */
export function startCollector(
  env: Readonly<Record<string, string | undefined>>,
  options: { readonly log: 'inherit' | number; readonly isJson: boolean; readonly isOwnGroup: boolean },
): StartedCollector {
  const { log, isJson, isOwnGroup } = options
  const main = fileURLToPath(import.meta.resolve('@mctrack/collector/main'))
  const args = ['--disable-warning=ExperimentalWarning', main, ...(isJson ? ['--json'] : [])]
  const child = spawn(process.execPath, args, {
    env: { ...env },
    detached: isOwnGroup,
    stdio: [log === 'inherit' ? 'inherit' : 'ignore', log, log, 'ipc'],
  })
  const ready = Promise.withResolvers<ReadyCollector>()
  child.on('message', (message) => {
    if (isReady(message)) ready.resolve(message)
  })
  return {
    ready: ready.promise,
    exited: new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    }),
    signal: (signal) => void child.kill(signal),
  }
}

/**
 * Runs the collector as a child process on this terminal and hands it the signals that end it.
 *
 * @param isJson whether it says as JSON why it could not start
 * @param onReady told once it takes connections
 * @returns its exit code; 128 and the signal's number when a signal ended it
 */
export async function runCollector(
  env: Readonly<Record<string, string | undefined>>,
  isJson: boolean,
  onReady: (collector: ReadyCollector) => void,
): Promise<number> {
  const collector = startCollector(env, { log: 'inherit', isJson, isOwnGroup: false })
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, collector.signal)
  void collector.ready.then(onReady)
  try {
    return await collector.exited
  } finally {
    for (const signal of signals) process.off(signal, collector.signal)
  }
}

function isReady(message: unknown): message is ReadyCollector {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready'
}
