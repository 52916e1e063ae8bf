import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible'
import type { Limiter, LimitResult } from './shared-state.ts'

/** Counts against several windows at once: the first that is used up says no, the longest wait is what is answered. */
export function createLimiterOf(windows: readonly RateLimiterAbstract[]): Limiter {
  async function longestWaitMs(key: string): Promise<number> {
    const states = await Promise.all(windows.map((window) => window.get(key)))
    const usedUp = states.filter((state) => state !== null && state.remainingPoints <= 0)
    return Math.max(1, ...usedUp.map((state) => state?.msBeforeNext ?? 0))
  }

  return {
    async take(key): Promise<LimitResult> {
      try {
        for (const window of windows) await window.consume(key)
        return { kind: 'allowed' }
      } catch (result) {
        if (!(result instanceof RateLimiterRes)) throw result
        return { kind: 'limited', retryAfterMs: await longestWaitMs(key) }
      }
    },

    async giveBack(key) {
      await Promise.all(windows.map((window) => window.reward(key)))
    },
  }
}
