import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'

/** Where a collector that has started can be reached. */
export interface ReadyCollector {
  readonly url: string
  readonly metricsUrl: string
}

/**
 * Runs the collector as a child process on this terminal and hands it the signals that end it.
 *
 * @param onReady told once it takes connections
 * @returns its exit code; 128 and the signal's number when a signal ended it
 */
export async function runCollector(
  env: Readonly<Record<string, string | undefined>>,
  onReady: (collector: ReadyCollector) => void,
): Promise<number> {
  const main = fileURLToPath(import.meta.resolve('@mctrack/collector/main'))
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...env },
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  const signals: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  child.on('message', (message) => {
    if (isReady(message)) onReady(message)
  })
  try {
    return await new Promise<number>((resolve, reject) => {
      child.once('error', reject)
      child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
    })
  } finally {
    for (const signal of signals) process.off(signal, forward)
  }
}

function isReady(message: unknown): message is ReadyCollector {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'ready'
}
