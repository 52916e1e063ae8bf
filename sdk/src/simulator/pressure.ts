import { setTimeout as wait } from 'node:timers/promises'
import type { Client } from '../node/client.ts'
import { type ErrorCode, isErrorCode } from '../protocol/index.ts'
import { SimulatorError } from './simulator-error.ts'
import type { Counter } from './tally.ts'

/** Enough to keep the link busy, and far below what the spool holds. */
const PENDING_EVENTS_MAX = 60_000
const PENDING_BYTES_MAX = 24 * 1024 * 1024
/** Once full, it is worth going on when this share is left. */
const RESUME_SHARE = 0.7
const LOOK_EVERY_MS = 4
const LINK_TIMEOUT_MS = 15_000

/** Waits, but not beyond the end of the simulation. */
export async function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  // The wait ends early by rejecting; whoever aborted knows.
  await wait(delayMs, undefined, { signal }).catch(() => undefined)
}

/**
 * Waits until so much is stored that more can be taken. The spool never overflows, so nothing is ever given up.
 *
 * @throws SimulatorError when the collector refuses the key
 */
export async function relievePressure(client: Client, signal: AbortSignal): Promise<void> {
  if (isFuller(client, 1)) {
    while (!signal.aborted && isFuller(client, RESUME_SHARE)) {
      throwIfRefused(client)
      await sleep(LOOK_EVERY_MS, signal)
    }
  }
}

function isFuller(client: Client, share: number): boolean {
  const { pendingEvents, pendingBytes } = client.status()
  return pendingEvents > PENDING_EVENTS_MAX * share || pendingBytes > PENDING_BYTES_MAX * share
}

/**
 * Waits until everything that was sent so far is stored.
 *
 * @throws SimulatorError when the collector refuses the key
 */
export async function waitUntilStored(options: {
  readonly client: Client
  readonly counter: Counter
  readonly signal: AbortSignal
}): Promise<void> {
  const { client, counter, signal } = options
  const events = counter.eventsSent()
  // Telemetry that waits for company is sent at once.
  void client.flush({ timeoutMs: 0 })
  while (!signal.aborted && counter.eventsSent() - client.status().pendingEvents < events) {
    throwIfRefused(client)
    await sleep(LOOK_EVERY_MS, signal)
  }
}

/** @throws SimulatorError when the collector refuses the key, or cannot be reached */
export async function waitForLink(client: Client, signal: AbortSignal): Promise<void> {
  for (let waitedMs = 0; !signal.aborted; waitedMs += LOOK_EVERY_MS) {
    throwIfRefused(client)
    const { link, message } = client.status()
    if (link === 'connected') return
    if (waitedMs > LINK_TIMEOUT_MS) {
      throw new SimulatorError('COLLECTOR_UNREACHABLE', `The collector cannot be reached: ${message ?? 'no answer'}.`)
    }
    await sleep(LOOK_EVERY_MS, signal)
  }
}

/** @throws SimulatorError when the collector refuses the key */
export function throwIfRefused(client: Client): void {
  const { link, code, message } = client.status()
  if (link !== 'refused') return
  const known: ErrorCode = code !== null && isErrorCode(code) ? code : 'FORBIDDEN'
  throw new SimulatorError(known, message ?? undefined)
}
