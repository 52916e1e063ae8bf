import { setTimeout as wait } from 'node:timers/promises'
import type { Session } from '../cli.ts'
import { cleanValue } from '../terminal/clean-text.ts'
import { followEvents, type StreamItem } from './event-stream.ts'

/**
 * Follows a stream of a network, such as `live/stream`, until the signal aborts. Texts in events are harmless for a
 * terminal unless the command prints JSON.
 */
export async function* follow(
  { place, ask, output }: Pick<Session, 'place' | 'ask' | 'output'>,
  networkId: string,
  stream: 'live/stream' | 'live/events',
  signal: AbortSignal,
): AsyncGenerator<StreamItem> {
  const deps = {
    place,
    ask,
    random: Math.random,
    // The wait ends early by rejecting; whoever aborted knows.
    sleep: (delayMs: number, stop: AbortSignal) => wait(delayMs, undefined, { signal: stop }).catch(() => undefined),
  }
  for await (const item of followEvents(deps, `/api/v1/networks/${networkId}/${stream}`, signal)) {
    yield item.kind === 'event' && !output.isJson ? { ...item, data: cleanValue(item.data) } : item
  }
}
