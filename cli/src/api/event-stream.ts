import { ERROR_CODES } from '@mctrack/sdk/protocol'
import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { CliError } from '../cli-error.ts'
import { notACollector, toUnreachable } from './api-error.ts'
import type { Ask } from './client.ts'
import type { CollectorPlace } from './find-collector.ts'

/** The collector says something every 15 s at least; silence twice as long means that the line is dead. */
const SILENCE_MS_MAX = 35_000
const CONNECT_TIMEOUT_MS = 10_000
const RETRY_MS_MIN = 1_000
const RETRY_MS_MAX = 15_000
/** An event is a few hundred bytes; something that sends this much without an end is no event stream. */
const EVENT_CHARS_MAX = 1_000_000

/** What happens on a stream that is kept open. */
export type StreamItem =
  | { readonly kind: 'connected' }
  | { readonly kind: 'event'; readonly name: string; readonly data: unknown }
  | { readonly kind: 'lost'; readonly error: CliError; readonly retryInMs: number }

export interface EventStreamDeps {
  readonly place: CollectorPlace
  readonly ask: Ask
  /** Waits, and returns early when the signal aborts. */
  readonly sleep: (delayMs: number, signal: AbortSignal) => Promise<void>
  /** From 0 to 1. */
  readonly random: () => number
}

/**
 * Follows server-sent events until the signal aborts, and connects again whenever the connection is lost. A first
 * connection that fails, and a failure that waiting does not mend, end it.
 *
 * @throws CliError
 */
export async function* followEvents(
  deps: EventStreamDeps,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<StreamItem> {
  let wasConnected = false
  let attempts = 0
  while (!signal.aborted) {
    try {
      for await (const item of followOnce(deps, path, signal)) {
        wasConnected = true
        attempts = 0
        yield item
      }
    } catch (error) {
      if (signal.aborted) return
      const lost = error instanceof CliError ? error : toUnreachable(error, deps.place)
      if (!wasConnected || ERROR_CODES[lost.code].retry === 'never') throw lost
      const retryInMs = Math.min(RETRY_MS_MAX, RETRY_MS_MIN * 2 ** attempts) * (0.75 + deps.random() / 2)
      attempts += 1
      yield { kind: 'lost', error: lost, retryInMs }
      await deps.sleep(retryInMs, signal)
    }
  }
}

async function* followOnce(deps: EventStreamDeps, path: string, signal: AbortSignal): AsyncGenerator<StreamItem> {
  const watchdog = createWatchdog()
  try {
    watchdog.expectWithin(CONNECT_TIMEOUT_MS)
    const response = await deps.ask(deps.place.url + path, {
      headers: { accept: 'text/event-stream' },
      signal: AbortSignal.any([signal, watchdog.signal]),
    })
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      throw notACollector(deps.place, 'it sends no events')
    }
    yield { kind: 'connected' }
    const received: EventSourceMessage[] = []
    const parser = createParser({ onEvent: (event) => received.push(event), maxBufferSize: EVENT_CHARS_MAX })
    const decoder = new TextDecoder()
    watchdog.expectWithin(SILENCE_MS_MAX)
    for await (const chunk of response.body ?? []) {
      watchdog.expectWithin(SILENCE_MS_MAX)
      parser.feed(decoder.decode(chunk, { stream: true }))
      for (const { event = 'message', data } of received.splice(0)) {
        yield { kind: 'event', name: event, data: JSON.parse(data) }
      }
    }
    throw new CliError('COLLECTOR_UNREACHABLE', `${deps.place.url} ended the connection.`)
  } catch (error) {
    if (!watchdog.signal.aborted) throw error
    throw new CliError('COLLECTOR_UNREACHABLE', `${deps.place.url} has fallen silent.`, { cause: error })
  } finally {
    watchdog.close()
  }
}

interface Watchdog {
  readonly signal: AbortSignal
  /** Aborts unless it is called again in time. */
  expectWithin(timeoutMs: number): void
  close(): void
}

function createWatchdog(): Watchdog {
  const controller = new AbortController()
  let timer: NodeJS.Timeout | undefined
  return {
    signal: controller.signal,
    expectWithin(timeoutMs) {
      clearTimeout(timer)
      timer = setTimeout(() => controller.abort(), timeoutMs)
    },
    close: () => clearTimeout(timer),
  }
}
