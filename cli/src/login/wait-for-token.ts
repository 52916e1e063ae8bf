import type { ErrorCode } from '@mctrack/sdk/protocol'
import { CliError } from '../cli-error.ts'

/** By how much the wait grows when the collector says that it was asked too often (RFC 8628, section 3.5). */
const SLOWER_MS = 5_000
const INTERVAL_MS_MAX = 60_000
/** What passes by itself: it is asked again, less often. */
const PASSING: readonly ErrorCode[] = ['COLLECTOR_UNREACHABLE', 'STORAGE_UNAVAILABLE', 'RATE_LIMITED']

export interface WaitForTokenDeps<Token> {
  /** @throws CliError DEVICE_PENDING while nobody has approved */
  readonly poll: () => Promise<Token>
  readonly sleep: (delayMs: number) => Promise<void>
  /** Unix milliseconds. */
  readonly now: () => number
}

/**
 * Asks for the token, as often as the collector allows, until somebody approves.
 *
 * @throws CliError DEVICE_DENIED, DEVICE_EXPIRED, or with whatever else ends it
 */
export async function waitForToken<Token>(
  { intervalMs, expiresAtMs }: { readonly intervalMs: number; readonly expiresAtMs: number },
  { poll, sleep, now }: WaitForTokenDeps<Token>,
): Promise<Token> {
  let waitMs = intervalMs
  for (;;) {
    await sleep(waitMs)
    try {
      return await poll()
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      if (error.code === 'DEVICE_TOO_FAST') waitMs = Math.min(INTERVAL_MS_MAX, waitMs + SLOWER_MS)
      else if (PASSING.includes(error.code)) waitMs = Math.min(INTERVAL_MS_MAX, waitMs * 2)
      else if (error.code !== 'DEVICE_PENDING') throw error
      if (now() >= expiresAtMs) throw new CliError('DEVICE_EXPIRED')
    }
  }
}
