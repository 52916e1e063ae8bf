import { type ErrorCode, encode } from '@mctrack/sdk/protocol'
import { type DeadLetter, unnameFields } from '../dead-letters/index.ts'
import type { ApiKey } from '../keys/index.ts'
import type { Registry } from '../live/index.ts'
import type { OptedOut } from '../opt-outs/index.ts'
import { MctrackError } from '../platform/error.ts'
import { type Row, type Storage, type TableName, untilStored } from '../storage/index.ts'
import { createReader } from './decode/reader.ts'
import { decodeSessionEvent } from './decode/session-event.ts'
import type { HttpIngest } from './http/http-ingest.ts'
import { leaseInstanceId } from './http/lease.ts'
import { itemSchema } from './http/schemas.ts'
import type { TelemetryWriter } from './http/telemetry-writer.ts'
import type { Pipeline } from './pipeline.ts'
import type { SourceOf } from './source.ts'

export interface ReplayDeps {
  readonly pipeline: Pipeline
  readonly telemetry: TelemetryWriter
  readonly httpIngest: HttpIngest
  readonly registry: Registry
  readonly storage: Storage
  readonly sourceOf: SourceOf
  readonly optedOutOf: (networkId: string) => OptedOut | undefined
  readonly now: () => number
}

/** Tries dead letters again, by the way they came. */
export function createReplay(deps: ReplayDeps): (letter: DeadLetter) => Promise<ErrorCode | undefined> {
  const { pipeline, telemetry, httpIngest, registry, storage, sourceOf, now } = deps
  const buffers = [storage.buffer('network_sessions'), storage.buffer('gamemode_sessions'), storage.buffer('events')]

  /** An event that came over a socket: its array again, without the address. */
  async function replayEvent(letter: DeadLetter): Promise<ErrorCode | undefined> {
    const event = unnameFields(letter.payload as Parameters<typeof unnameFields>[0])
    if (event === undefined) return 'EVENT_MALFORMED'
    const bytes = Buffer.from(encode(event))
    const decoded = decodeSessionEvent(createReader(bytes), () => '')
    const { networkId, server: name } = letter
    const kind = registry.serverKindOf(networkId, name) ?? 'backend'
    const source = sourceOf(networkId, { name, kind, instanceId: leaseInstanceId(networkId, name) }, null)
    if (decoded?.kind === 'refused') return decoded.code
    const refusal =
      decoded === undefined
        ? telemetry.writeEncoded(bytes, source, { isAgeChecked: false })
        : pipeline.accept(decoded, source, undefined, 'replay', now())
    if (refusal === 'opted_out') return undefined
    if (refusal !== undefined) return refusal.code
    await stored()
    return undefined
  }

  async function replayItem(letter: DeadLetter): Promise<ErrorCode | undefined> {
    const item = itemSchema.safeParse(letter.payload)
    if (!item.success) return 'BODY_INVALID'
    const key = { networkId: letter.networkId, id: letter.keyId ?? '', gamemode: null } as ApiKey
    const [result] = await httpIngest.take(key, [item.data], 'replay')
    return result?.kind === 'refused' ? result.code : undefined
  }

  /** A row that the database refused: written as it was; if it is refused again, a new dead letter says so. */
  async function replayRow(letter: DeadLetter): Promise<ErrorCode | undefined> {
    const { table, row } = letter.payload as { readonly table: TableName; readonly row: Row<TableName> }
    if (!storage.offer(table, row)) throw new MctrackError('BUFFER_FULL')
    await untilStored([storage.buffer(table)])
    return undefined
  }

  async function stored(): Promise<void> {
    const done = untilStored(buffers)
    for (const table of ['network_sessions', 'gamemode_sessions', 'events'] as const) storage.poke(table)
    await done
  }

  return async (letter) => {
    if (letter.payload === null)
      throw new MctrackError('CONFLICT', 'Nothing of this dead letter could be read, so it cannot be replayed.')
    // Of who opted out since nothing is stored, and the letter is dealt with.
    if (deps.optedOutOf(letter.networkId)?.isNamedIn(Buffer.from(JSON.stringify(letter.payload)))) return undefined
    switch (letter.source) {
      case 'socket':
        return replayEvent(letter)
      case 'http':
        return replayItem(letter)
      case 'storage':
        return replayRow(letter)
    }
  }
}
