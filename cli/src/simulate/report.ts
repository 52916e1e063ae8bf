import { addTallies, type NetworkProgress, type NetworkResult } from '@mctrack/sdk/simulator'
import { formatDuration } from '../format/durations.ts'
import { formatCount, formatCountOf } from '../format/numbers.ts'
import type { Output } from '../output.ts'
import { layoutFields } from '../terminal/fields.ts'

const PHASE_WORDS: Readonly<Record<NetworkProgress['phase'], string>> = {
  connecting: 'Connecting',
  history: 'Loading history',
  storing: 'Waiting until the history is stored',
  rebuilding: 'Filling in past players online',
  live: 'Simulating',
  closing: 'Ending sessions',
  done: 'Done',
}

/** One line on how far the networks are. They are told of together, in the words of the one that is behind. */
export function describeProgress(networks: readonly NetworkProgress[], eventsPerSecond: number): string {
  const tally = addTallies(networks.map((network) => network.tally))
  const behind = networks.toSorted((a, b) => placeOf(a) - placeOf(b))[0]
  const phase = behind?.phase ?? 'done'
  const share = phase === 'history' ? ` ${Math.floor((behind?.historyShare ?? 0) * 100)} %` : ''
  const online = phase === 'live' ? `${formatCountOf(tally.playersOnline, 'player')} online` : ''
  return [
    `${PHASE_WORDS[phase]}${share}`,
    online,
    `${formatCountOf(tally.sessions, 'session')}`,
    `${formatCountOf(tally.eventsSent, 'event')} sent`,
    `${formatCount(tally.eventsAcknowledged)} acknowledged`,
    `${formatCount(eventsPerSecond)}/s`,
    tally.eventsRefused === 0 ? '' : `${formatCount(tally.eventsRefused)} refused`,
  ]
    .filter((part) => part !== '')
    .join('  ')
}

function placeOf({ phase }: NetworkProgress): number {
  return Object.keys(PHASE_WORDS).indexOf(phase)
}

/** The same for scripts. */
export function toProgressRecord(
  networks: readonly NetworkProgress[],
  { atMs, eventsPerSecond }: { readonly atMs: number; readonly eventsPerSecond: number },
): Readonly<Record<string, unknown>> {
  const phase = networks.toSorted((a, b) => placeOf(a) - placeOf(b))[0]?.phase ?? 'done'
  return {
    kind: 'progress',
    atMs,
    phase,
    ...addTallies(networks.map(({ tally }) => tally)),
    eventsPerSecond: Math.round(eventsPerSecond),
  }
}

/** What became of it all. */
export interface Summary {
  readonly seed: string
  readonly results: readonly NetworkResult[]
  readonly durationMs: number
}

export function reportSummary(output: Output, { seed, results, durationMs }: Summary): void {
  const tally = addTallies(results.map((result) => result.tally))
  const eventsWaiting = results.reduce((sum, result) => sum + result.eventsWaiting, 0)
  const eventsPerSecond = Math.round((tally.eventsAcknowledged * 1_000) / Math.max(1, durationMs))
  const { playersOnline: _, ...counts } = tally
  if (output.isJson) {
    return output.record({
      kind: 'summary',
      seed,
      networks: results.map(({ id, name, history }) => ({ id, name, history })),
      ...counts,
      eventsWaiting,
      durationMs,
      eventsPerSecond,
    })
  }
  for (const { name, history } of results) {
    if (history === null) continue
    const { sessions, events, durationMs: tookMs, fromMs, toMs, ccuMinutes } = history
    const speed = formatCount((events * 1_000) / Math.max(1, tookMs))
    output.done(
      `Loaded ${formatDuration(toMs - fromMs)} of ${name}: ${formatCount(sessions)} sessions, ${formatCount(events)} events in ${formatDuration(tookMs)} (${speed} events a second).`,
    )
    if (ccuMinutes !== null) output.done(`Filled in ${formatCount(ccuMinutes)} minutes of past players online.`)
  }
  output.lines(
    ...layoutFields(
      [
        ['Sessions', formatCount(tally.sessions)],
        ['Events sent', formatCount(tally.eventsSent)],
        ['Acknowledged', formatCount(tally.eventsAcknowledged)],
        ['Refused', formatCount(tally.eventsRefused)],
        ['Took', `${formatDuration(durationMs)} (${formatCount(eventsPerSecond)} events a second)`],
      ],
      output.palette.faint,
    ),
  )
}

/** Says what did not arrive, if anything. Returns whether all did. */
export function reportLosses(output: Output, results: readonly NetworkResult[]): boolean {
  const { eventsRefused, eventsDropped } = addTallies(results.map((result) => result.tally))
  const eventsWaiting = results.reduce((sum, result) => sum + result.eventsWaiting, 0)
  const refusal = results.find((result) => result.firstRefusal !== undefined)?.firstRefusal
  if (eventsRefused > 0)
    output.warn(`${formatCountOf(eventsRefused, 'event')} refused, the first with: ${refusal ?? ''}`)
  if (eventsDropped > 0) output.warn(`${formatCountOf(eventsDropped, 'event')} given up, because too many waited.`)
  if (eventsWaiting > 0) output.warn(`${formatCountOf(eventsWaiting, 'event')} not stored: the collector took no more.`)
  return eventsRefused + eventsDropped + eventsWaiting === 0
}
