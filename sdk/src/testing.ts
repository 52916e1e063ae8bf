import type { Connection, Transport, TransportHandlers } from './node/transport.ts'
import {
  decode,
  EVENT,
  encode,
  FRAME,
  formatUuid,
  LIMITS,
  PROTOCOL_VERSION,
  type Properties,
} from './protocol/index.ts'

/** An event as a test wants to see it. Ids are UUIDs, instants Unix milliseconds. */
export type ReceivedEvent =
  | {
      readonly type: 'join'
      readonly sessionId: string
      readonly uuid: string
      readonly name: string
      readonly domain: string
      readonly atMs: number
    }
  | { readonly type: 'switch'; readonly sessionId: string; readonly backend: string; readonly atMs: number }
  | {
      readonly type: 'leave'
      readonly sessionId: string
      readonly reason: number
      readonly afkMs: number
      readonly atMs: number
    }
  | { readonly type: 'afk'; readonly sessionId: string; readonly startedAtMs: number; readonly endedAtMs: number }
  | {
      readonly type: 'track'
      readonly name: string
      readonly properties: Properties
      readonly sessionId: string | null
      readonly uuid: string | null
      readonly atMs: number
    }
  | {
      readonly type: 'purchase'
      readonly sessionId: string | null
      readonly uuid: string
      readonly product: string
      readonly amountMinor: number
      readonly atMs: number
    }

/** A collector in memory, with what it received. */
export interface TestTransport {
  /** For `createClient({ transport })`. */
  readonly transport: Transport
  /** Everything received so far, each event once, in the order in which it came. */
  received(): readonly ReceivedEvent[]
  /** Breaks the link; attempts fail until `goOnline`. */
  goOffline(): void
  goOnline(): void
  /** Refuses every attempt with an error code, such as KEY_REVOKED, until `goOnline`. */
  refuse(code: string): void
  /** From now on events are received but not acknowledged, so that they stay in the spool. */
  holdAcknowledgements(): void
}

/**
 * A collector in memory, for tests of programs that report: it welcomes, receives and acknowledges, without a network.
 *
 * @example
 * const collector = createTestTransport()
 * const mctrack = createClient({ key: 'test', endpoint: 'ws://test', server, spool: { directory: false }, transport: collector.transport })
 */
export function createTestTransport(): TestTransport {
  const seen = new Set<string>()
  const events: ReceivedEvent[] = []
  let current: { readonly handlers: TransportHandlers; open: boolean } | undefined
  let refusal: string | null = null
  let isOnline = true
  let acknowledges = true

  function close(link: NonNullable<typeof current>, code: string | null): void {
    if (!link.open) return
    link.open = false
    link.handlers.onClose({ code, retryAfterMs: null, detail: 'closed by the test' })
  }

  function answer(link: NonNullable<typeof current>, frame: readonly unknown[]): void {
    queueMicrotask(() => link.open && link.handlers.onMessage(encode(frame)))
  }

  function receive(link: NonNullable<typeof current>, frame: readonly unknown[]): void {
    if (frame[0] === FRAME.hello) {
      const limits = [LIMITS.frameBytesMax, LIMITS.batchEventsMax, LIMITS.inFlightBytesMax]
      const lanes = [
        [0, 0],
        [0, 0],
      ]
      const network = [new Uint8Array(16), 'Test']
      answer(link, [
        FRAME.welcome,
        PROTOCOL_VERSION,
        Date.now(),
        false,
        ['test', '0'],
        0,
        30_000,
        limits,
        lanes,
        network,
      ])
    } else if (frame[0] === FRAME.batch) {
      const [, instance, lane, first, , batch] = frame as [number, Uint8Array, number, number, number, unknown[][]]
      batch.forEach((event, place) => {
        const key = `${formatUuid(instance)} ${lane} ${first + place}`
        if (seen.has(key)) return
        seen.add(key)
        const received = describeEvent(event)
        if (received !== undefined) events.push(received)
      })
      if (acknowledges) answer(link, [FRAME.ack, instance, lane, first + batch.length - 1])
    }
  }

  return {
    transport(handlers): Connection {
      const link = { handlers, open: true }
      current = link
      queueMicrotask(() => {
        if (!isOnline || refusal !== null) close(link, refusal)
        else if (link.open) handlers.onOpen()
      })
      return {
        send(message) {
          if (link.open) receive(link, decode(message) as readonly unknown[])
          return link.open
        },
        close: () => close(link, null),
      }
    },
    received: () => events,
    goOffline() {
      isOnline = false
      if (current !== undefined) close(current, null)
    },
    goOnline() {
      isOnline = true
      refusal = null
    },
    refuse(code) {
      refusal = code
      if (current !== undefined) close(current, code)
    },
    holdAcknowledgements() {
      acknowledges = false
    },
  }
}

function describeEvent(event: readonly unknown[]): ReceivedEvent | undefined {
  const uuid = (id: unknown): string => formatUuid(id as Uint8Array)
  const uuidOrNull = (id: unknown): string | null => (id === null ? null : uuid(id))
  const [type] = event
  if (type === EVENT.custom) {
    const [, , atMs, sessionId, player, name, properties] = event
    return {
      type: 'track',
      name: name as string,
      properties: properties as Properties,
      sessionId: uuidOrNull(sessionId),
      uuid: uuidOrNull(player),
      atMs: atMs as number,
    }
  }
  if (type === EVENT.afkSpan) {
    const [, , startedAtMs, endedAtMs, sessionId] = event
    return {
      type: 'afk',
      sessionId: uuid(sessionId),
      startedAtMs: startedAtMs as number,
      endedAtMs: endedAtMs as number,
    }
  }
  if (type === EVENT.purchase) {
    const [, , atMs, sessionId, player, , , product, amountMinor] = event
    return {
      type: 'purchase',
      sessionId: uuidOrNull(sessionId),
      uuid: uuid(player),
      product: product as string,
      amountMinor: amountMinor as number,
      atMs: atMs as number,
    }
  }
  const session = event[1] as readonly unknown[]
  const sessionId = uuid(session[0])
  if (type === EVENT.sessionStart) {
    const [, atMs, player, name, domain] = session as [Uint8Array, number, Uint8Array, string, string]
    return { type: 'join', sessionId, uuid: formatUuid(player), name, domain, atMs }
  }
  if (type === EVENT.gamemodeSwitch) {
    const [, backend, atMs] = event[3] as [number, string, number]
    return { type: 'switch', sessionId, backend, atMs }
  }
  if (type === EVENT.sessionEnd) {
    const [, , , atMs, reason, afkMs] = event as [number, unknown, unknown, number, number, number]
    return { type: 'leave', sessionId, reason, afkMs, atMs }
  }
  return undefined
}
