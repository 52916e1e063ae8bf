import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter, LimitResult } from './shared-state.ts'

/** Counts against several windows at once: the first that is used up says no. */
export function createLimiterOf(windows: readonly RateLimiterAbstract[]): Limiter {
  return {
    async take(key): Promise<LimitResult> {
      try {
        for (const window of windows) await window.consume(key)
        return { kind: 'allowed' }
      } catch (result) {
        if (!(result instanceof RateLimiterRes)) throw result
        return { kind: 'limited', retryAfterMs: Math.max(1, result.msBeforeNext) }
      }
    },
  }
}
