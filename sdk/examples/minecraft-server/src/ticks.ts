const TICK_MS = 50
const TPS_MAX = 1000 / TICK_MS
/** Ten seconds: what one report of the gauges covers. */
const TICKS_REMEMBERED = 200
/** Like Minecraft's own loop: further behind than this, the missed ticks are skipped. */
const BEHIND_MS_MAX = 2_000

/** How the loop did lately. */
export interface TickStats {
  /** Ticks a second, 20 when all is well. */
  readonly tps: number
  /** Milliseconds of work a tick. */
  readonly msptMean: number
  readonly msptP95: number
}

export interface TickLoop {
  stats(): TickStats
  stop(): void
}

/** Calls `tick` 20 times a second and measures it. A late tick is made up for, so that the rate holds. */
export function startTickLoop(tick: (nowMs: number) => void): TickLoop {
  const ticks: { startedAtMs: number; workMs: number }[] = []
  let dueAtMs = performance.now()
  let timer = setTimeout(run, 0)

  function run(): void {
    const startedAtMs = performance.now()
    tick(Date.now())
    ticks.push({ startedAtMs, workMs: performance.now() - startedAtMs })
    if (ticks.length > TICKS_REMEMBERED) ticks.shift()
    dueAtMs = Math.max(dueAtMs + TICK_MS, performance.now() - BEHIND_MS_MAX)
    timer = setTimeout(run, Math.max(0, dueAtMs - performance.now()))
  }

  return {
    stats() {
      const first = ticks.at(0)?.startedAtMs ?? 0
      const elapsedMs = (ticks.at(-1)?.startedAtMs ?? 0) - first
      const work = ticks.map(({ workMs }) => workMs).sort((a, b) => a - b)
      return {
        tps: elapsedMs === 0 ? TPS_MAX : Math.min(TPS_MAX, ((ticks.length - 1) * 1000) / elapsedMs),
        msptMean: work.reduce((sum, ms) => sum + ms, 0) / Math.max(1, work.length),
        msptP95: work[Math.floor(work.length * 0.95)] ?? 0,
      }
    },
    stop: () => clearTimeout(timer),
  }
}
