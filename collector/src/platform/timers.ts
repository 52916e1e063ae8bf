import type { Log } from './log.ts'

/** Repeated work. One round at a time: a slow one delays the next, it never overlaps it. */
export interface Timers {
  every(name: string, intervalMs: number, work: () => void | Promise<void>): void
  /** At every whole multiple of `intervalMs` since 1970, as the clock shows it. */
  everyAligned(name: string, intervalMs: number, work: (nowMs: number) => void | Promise<void>): void
  close(): void
}

export function createTimers(deps: { readonly log: Log; readonly now: () => number }): Timers {
  const { log, now } = deps
  const pending = new Set<NodeJS.Timeout>()
  let closed = false

  function after(delayMs: number, run: () => void): void {
    const timer = setTimeout(() => {
      pending.delete(timer)
      run()
    }, delayMs)
    pending.add(timer)
  }

  function repeat(
    name: string,
    delay: () => number,
    work: (nowMs: number) => void | Promise<void>,
    /** Of the turns before this one; an outage that lasts is told once. */
    failed = { turns: 0, reason: '' },
  ): void {
    if (closed) return
    const delayMs = delay()
    const dueMs = now() + delayMs
    after(delayMs, () => void run())

    async function run(): Promise<void> {
      // Timers do not follow the clock to the millisecond, and may be early by it; the minute has not begun then.
      const earlyMs = dueMs - now()
      if (earlyMs > 0 && earlyMs < delayMs) return after(earlyMs, () => void run())
      try {
        await work(now())
        if (failed.turns > 0) log.info({ timer: name, failedTurns: failed.turns }, 'timed work goes on again')
        repeat(name, delay, work)
      } catch (error) {
        const reason = String(error)
        if (reason !== failed.reason) {
          log.error({ err: error, timer: name }, 'timed work failed; it is tried again at its turns')
        }
        repeat(name, delay, work, { turns: failed.turns + 1, reason })
      }
    }
  }

  return {
    every: (name, intervalMs, work) => repeat(name, () => intervalMs, work),
    everyAligned: (name, intervalMs, work) => repeat(name, () => intervalMs - (now() % intervalMs), work),
    close() {
      closed = true
      for (const timer of pending) clearTimeout(timer)
      pending.clear()
    },
  }
}
