import { randomBytes } from 'node:crypto'
import { createUuidV7, encode, FRAME, type Id, LANE } from '@mctrack/sdk/protocol'

export function makeId(): Id {
  return createUuidV7(Date.now(), randomBytes(10))
}

/** An ordinary custom event: ten values. */
export function customEvent(): readonly unknown[] {
  return [16, makeId(), Date.now(), makeId(), makeId(), 'crate_opened', { crate: 'legendary', keys: 3 }]
}

/** A join: what the SDK says of it. */
export function joinEvent(number: number): readonly unknown[] {
  const nowMs = Date.now()
  const session = [makeId(), nowMs, makeId(), `Player${number}`, 'play.example.net', '203.0.113.7', 1, '', 774, '']
  return [1, session, [0, 'lobby', nowMs]]
}

export type Kind = 'telemetry' | 'sessions'

/** A `batch` frame's bytes. */
export function batchFrame(kind: Kind, instance: Id, first: number, events: number): Uint8Array {
  const list = Array.from({ length: events }, (_, i) => (kind === 'telemetry' ? customEvent() : joinEvent(first + i)))
  return encode([FRAME.batch, instance, LANE[kind], first, first - 1, list] as never)
}

/** The same events as a sender of JSON over HTTP or WebSocket would put them. */
export function jsonBatch(events: number): Uint8Array {
  const hex = (): string => {
    const text = Buffer.from(makeId()).toString('hex')
    return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-')
  }
  const list = Array.from({ length: events }, () => ({
    type: 'event',
    eventId: hex(),
    atMs: Date.now(),
    sessionId: hex(),
    playerId: hex(),
    name: 'crate_opened',
    properties: { crate: 'legendary', keys: 3 },
  }))
  return Buffer.from(JSON.stringify(list))
}
