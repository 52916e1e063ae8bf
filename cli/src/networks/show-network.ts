import type { Network } from '../api/types.ts'
import { type Clock, createClock } from '../format/clock.ts'
import { formatDuration } from '../format/durations.ts'
import type { Output } from '../output.ts'
import { layoutFields } from '../terminal/fields.ts'

/** Shows one network: as JSON for scripts, as a list of its fields for people. */
export function showNetwork(output: Output, network: Network, nowMs: number): void {
  if (output.isJson) return output.data(network)
  const { id, name, timeZone, currency, resumeWindowMs, createdAtMs, archivedAtMs, deleteAtMs, isDemo } = network
  const clock = createClock(timeZone)
  const fields: ReadonlyArray<readonly [string, string]> = [
    ['Id', id],
    ...(isDemo ? [['Demo', 'simulated: nothing on it is real'] as const] : []),
    ['Time zone', timeZone],
    ['Currency', currency],
    ['Resume window', formatDuration(resumeWindowMs)],
    ['Details kept', describeRetention(network, nowMs, clock)],
    ['Created', clock.dateTime(createdAtMs)],
    ...(archivedAtMs === null ? [] : [['Archived', clock.dateTime(archivedAtMs)] as const]),
    ...(deleteAtMs === null ? [] : [['Gone on', clock.dateTime(deleteAtMs)] as const]),
  ]
  output.lines(output.palette.strong(name), ...layoutFields(fields, output.palette.faint))
}

function describeRetention(network: Network, nowMs: number, clock: Clock): string {
  const { dataRetentionDays: days, dataRetentionFromMs: fromMs } = network
  if (days === null || fromMs === null) return 'forever'
  return fromMs > nowMs ? `${days} days, from ${clock.dateTime(fromMs)}` : `${days} days`
}
