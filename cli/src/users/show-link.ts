import { formatDuration } from '../format/durations.ts'
import type { Output } from '../output.ts'

const MINUTE_MS = 60_000

/**
 * Shows a link that works once, alone on standard output so that scripts can take it.
 *
 * @param told.message what was done
 * @param told.nowMs Unix milliseconds
 */
export function showLink(
  output: Output,
  link: { readonly url: string; readonly expiresAtMs: number },
  told: { readonly message: string; readonly nowMs: number },
): void {
  if (output.isJson) return output.data(link)
  output.done(told.message)
  output.lines(output.palette.strong(link.url))
  const forMs = Math.ceil((link.expiresAtMs - told.nowMs) / MINUTE_MS) * MINUTE_MS
  output.note(`It works once, for ${formatDuration(forMs)}, and is shown this once.`)
}
