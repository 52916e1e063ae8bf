import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Ends a command that would go on for ever, in order and with the exit code that shells expect of a signal. */
export interface Stopper {
  readonly signal: AbortSignal
  /** 0, or 128 and the number of the signal that ended it. */
  exitCode(): number
  stop(exitCode: number): void
  /** Gives the signals back. */
  close(): void
}

/** Exit code of a command that Ctrl-C ended. */
export const INTERRUPTED_EXIT = 128 + constants.signals.SIGINT

export function createStopper(): Stopper {
  const controller = new AbortController()
  let code = 0
  function stop(exitCode: number): void {
    if (controller.signal.aborted) return
    code = exitCode
    controller.abort()
  }
  const onSignal = (signal: NodeJS.Signals): void => stop(128 + constants.signals[signal])
  for (const signal of SIGNALS) process.on(signal, onSignal)
  return {
    signal: controller.signal,
    exitCode: () => code,
    stop,
    close() {
      for (const signal of SIGNALS) process.off(signal, onSignal)
    },
  }
}
