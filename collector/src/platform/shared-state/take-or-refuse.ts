import { MctrackError } from '../error.ts'
import type { Limiter } from './shared-state.ts'

/**
 * Counts one request of `key`, where there is nothing to do but to refuse what is too much.
 *
 * @throws MctrackError RATE_LIMITED with how long to wait
 */
export async function takeOrRefuse(limiter: Limiter, key: string): Promise<void> {
  const result = await limiter.take(key)
  if (result.kind === 'limited') {
    throw new MctrackError('RATE_LIMITED', undefined, { retryAfterMs: result.retryAfterMs })
  }
}
