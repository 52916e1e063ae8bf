import { EVENT, encode, type Id, type Properties } from '@mctrack/sdk/protocol'
import type { OptedOut } from '../../opt-outs/index.ts'
import { beginRow, type WriteBuffer } from '../../storage/index.ts'
import { createReader, openReader } from '../decode/reader.ts'
import { decodeTelemetryEvent, isOfOptedOut, TELEMETRY_ROW_BYTES_MAX } from '../decode/telemetry-event.ts'
import { type NotTaken, refuse } from '../event.ts'
import { prepareEventPrefix } from '../rows/event-row.ts'
import type { Source } from '../source.ts'

export interface CustomEventFields {
  readonly eventId: Id
  readonly atMs: number
  readonly sessionId: Id | null
  readonly playerId: Id | null
  readonly name: string
  readonly properties: Properties
}

export interface TelemetryOptions {
  /** False when a person asked for the event again, however old it is. */
  readonly isAgeChecked: boolean
}

/** Writes telemetry that did not come as a frame, by the same path: encoded, then decoded into its row. */
export interface TelemetryWriter {
  write(event: CustomEventFields, source: Source, options: TelemetryOptions): NotTaken | undefined
  /** @param event the event's array, as in a batch */
  writeEncoded(event: Uint8Array, source: Source, options: TelemetryOptions): NotTaken | undefined
}

export function createTelemetryWriter(deps: {
  readonly buffer: WriteBuffer
  readonly optedOutOf: (networkId: string) => OptedOut | undefined
  readonly now: () => number
}): TelemetryWriter {
  const { buffer, optedOutOf, now } = deps
  const reader = createReader()

  function writeEncoded(event: Uint8Array, source: Source, options: TelemetryOptions): NotTaken | undefined {
    const { networkId, owner } = source
    openReader(reader, Buffer.from(event.buffer, event.byteOffset, event.byteLength))
    const optedOut = optedOutOf(networkId)
    if (optedOut !== undefined && isOfOptedOut(reader, optedOut)) return 'opted_out'
    const sink = beginRow(buffer, TELEMETRY_ROW_BYTES_MAX)
    const nowMs = now()
    const context = { prefix: prepareEventPrefix(owner, nowMs), nowMs, isAgeChecked: options.isAgeChecked }
    const result = decodeTelemetryEvent(reader, context, sink)
    if (result === 'written') {
      buffer.commit()
      return undefined
    }
    return result === 'unknown' ? refuse('EVENT_MALFORMED', 'type') : result
  }

  return {
    writeEncoded,
    write({ eventId, atMs, sessionId, playerId, name, properties }, source, options) {
      return writeEncoded(encode([EVENT.custom, eventId, atMs, sessionId, playerId, name, properties]), source, options)
    },
  }
}
