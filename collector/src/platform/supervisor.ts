import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'

const RESTART_DELAY_MS_MIN = 200
const RESTART_DELAY_MS_MAX = 10_000
/** A child that lived this long starts again at once. */
const STABLE_MS = 60_000
const FIRST_ATTEMPTS = 3
const FIRST_ATTEMPT_PAUSE_MS = 500

export interface Supervised {
  /** Process id of the present child, or undefined while it is down. */
  pid(): number | undefined
  isUp(): boolean
  /** How often the child had to be started again. */
  restarts(): number
  /** Asks the child to stop, and ends it when it does not within `timeoutMs`. */
  stop(timeoutMs: number): Promise<void>
}

/**
 * Starts a child and starts it again whenever it dies, with growing pauses.
 *
 * @param options.start spawns the child; the promise resolves when the child is ready, and rejects if it cannot start
 * @param options.askToStop asks a running child to end by itself
 * @throws when the first start fails, several times over
 */
export async function supervise(options: {
  readonly name: string
  readonly start: () => Promise<ChildProcess>
  readonly askToStop: (child: ChildProcess) => void
  readonly log: Log
}): Promise<Supervised> {
  const { name, start, askToStop, log } = options
  let child: ChildProcess | undefined = await startFirst(start)
  let stopping = false
  let restarts = 0
  let delayMs = RESTART_DELAY_MS_MIN
  let timer: NodeJS.Timeout | undefined
  let startedMs = Date.now()

  function watch(running: ChildProcess): void {
    const onExit = (code: number | null, signal: string | null): void => {
      if (child !== running) return
      child = undefined
      if (stopping) return
      if (Date.now() - startedMs > STABLE_MS) delayMs = RESTART_DELAY_MS_MIN
      log.error({ engine: name, code, signal, delayMs }, 'an embedded engine died and is started again')
      timer = setTimeout(restart, delayMs)
      delayMs = Math.min(RESTART_DELAY_MS_MAX, delayMs * 2)
    }
    running.once('exit', onExit)
    if (running.exitCode !== null || running.signalCode !== null) onExit(running.exitCode, running.signalCode)
  }

  async function restart(): Promise<void> {
    restarts += 1
    startedMs = Date.now()
    try {
      const next = await start()
      if (stopping) {
        askToStop(next)
        return
      }
      child = next
      watch(next)
      log.info({ engine: name, restarts }, 'an embedded engine is up again')
    } catch (error) {
      log.error({ engine: name, err: error, delayMs }, 'an embedded engine could not be started')
      if (!stopping) timer = setTimeout(restart, delayMs)
      delayMs = Math.min(RESTART_DELAY_MS_MAX, delayMs * 2)
    }
  }

  watch(child)
  return {
    pid: () => child?.pid,
    isUp: () => child !== undefined,
    restarts: () => restarts,
    async stop(timeoutMs) {
      stopping = true
      clearTimeout(timer)
      const running = child
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return
      const exited = once(running, 'exit')
      const kill = setTimeout(() => running.kill('SIGKILL'), timeoutMs)
      askToStop(running)
      await exited
      clearTimeout(kill)
    },
  }
}

/** What a killed run left (a lock, a socket) may take a moment to go, so the first start has a few tries. */
async function startFirst(start: () => Promise<ChildProcess>): Promise<ChildProcess> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start()
    } catch (error) {
      if (attempt === FIRST_ATTEMPTS) throw error
      await sleep(FIRST_ATTEMPT_PAUSE_MS)
    }
  }
}
