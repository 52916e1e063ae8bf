import { setTimeout as sleep } from 'node:timers/promises'
import { MctrackError } from './error.ts'
import type { Log } from './log.ts'

/** What is not ours may still be starting; it is waited for this long. */
const WAIT_MS = 30_000
const RETRY_MS = 500

/**
 * Asks something that this program needs until it answers.
 *
 * @throws MctrackError START_FAILED with a sentence that names it, or as soon as the signal aborts
 */
export async function waitFor(
  name: string,
  attempt: () => Promise<void>,
  { log, signal }: { readonly log: Log; readonly signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + WAIT_MS
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await attempt()
    } catch (error) {
      if (signal.aborted) throw new MctrackError('START_FAILED', `The start was ended while it waited for ${name}.`)
      if (Date.now() > deadline) {
        const seconds = WAIT_MS / 1_000
        const sentence = `${name} did not answer within ${seconds} s. Check its address and that it runs.`
        throw new MctrackError('START_FAILED', sentence, { cause: error })
      }
      if (isFirst) log.info(`waiting for ${name}`)
      await sleep(RETRY_MS)
    }
  }
}
