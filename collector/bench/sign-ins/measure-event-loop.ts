/**
 * Measures the event loop of the process that imports it: every number in a message `measure` ends a stretch and answers
 * with its delays. To be given to Node with `--import`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** In milliseconds, beyond the resolution of the clock that measures. */
export interface LoopDelay {
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
}

const RESOLUTION_MS = 1

const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
histogram.enable()
const toMs = (nanoseconds: number): number => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)

process.on('message', (message) => {
  if (message === 'measure-begin') histogram.reset()
  if (message !== 'measure-end') return
  const delay: LoopDelay = {
    p50Ms: toMs(histogram.percentile(50)),
    p99Ms: toMs(histogram.percentile(99)),
    maxMs: toMs(histogram.max),
  }
  process.send?.({ kind: 'loop-delay', delay })
})
process.channel?.unref()
