import { isLinkErrorCode, LINK_ERROR_CODES } from '../protocol/index.ts'

const BASE_MS = 500
/** Well below the resume window of 30 s, so that players never leave the count when a collector restarts. */
const CAP_MS = 12_000
/** A refusal that only a person can mend is asked about rarely. */
const REFUSED_MS = 5 * 60_000
/** Longest that a collector can send a client away for. */
const RETRY_AFTER_MS_MAX = 10 * 60_000

/**
 * How long to wait before the next attempt: exponential with full jitter, so that a thousand servers that lost the same
 * collector do not return together.
 *
 * @param attempt failed attempts since the last welcome, from 0
 * @param random in [0, 1)
 * @param code error code of the refusal, if the collector gave one
 * @param retryAfterMs what the collector asked for, if it did
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
export function backoffMs(options: {
  readonly attempt: number
  readonly random: number
  readonly code: string | null
  readonly retryAfterMs: number | null
}): number {
  const { attempt, random, code, retryAfterMs } = options
  if (retryAfterMs !== null) return Math.min(Math.max(0, retryAfterMs), RETRY_AFTER_MS_MAX) * (1 + random * 0.25)
  if (code !== null && isLinkErrorCode(code) && LINK_ERROR_CODES[code].retry === 'never')
    return REFUSED_MS * (0.75 + random / 2)
  return random * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 16))
}
