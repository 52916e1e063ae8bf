import { normalizeDomain } from '@mctrack/sdk/core'
import { type Id, parseUuid } from '@mctrack/sdk/protocol'
import type { ApiKey } from '../../keys/index.ts'
import {
  keyOf,
  type LiveSession,
  type Registry,
  type SessionRecord,
  type Stay,
  type StoredSession,
} from '../../live/index.ts'
import type { OptedOut } from '../../opt-outs/index.ts'
import type { CountryOf } from '../../platform/country.ts'
import { MctrackError } from '../../platform/error.ts'
import { type Storage, untilStored } from '../../storage/index.ts'
import { clientVersionOf } from '../client-version.ts'
import { TELEMETRY_ROW_BYTES_MAX } from '../decode/telemetry-event.ts'
import type { IngestEvent, Refusal } from '../event.ts'
import type { Effect, Pipeline } from '../pipeline.ts'
import { SESSION_ROW_BYTES_MAX } from '../rows/session-row.ts'
import type { SourceOf, SourceServer } from '../source.ts'
import type { IngestStats, Outcome } from '../stats.ts'
import { leaseInstanceId } from './lease.ts'
import type { IngestItem } from './schemas.ts'
import type { TelemetryWriter } from './telemetry-writer.ts'

/** What became of one item. */
export type ItemResult =
  | { readonly kind: 'taken'; readonly sessionId: Id | null }
  /** Dropped: the player opted out. The sender need not know. */
  | { readonly kind: 'opted_out'; readonly sessionId: Id | null }
  | Refusal
  | { readonly kind: 'refused'; readonly code: 'SESSION_UNKNOWN'; readonly detail: string }

export interface HttpIngest {
  /**
   * Takes items in their order. The promise resolves once all that was taken is stored.
   *
   * @throws MctrackError BUFFER_FULL when there is no room, STORAGE_UNAVAILABLE when it takes too long to store
   */
  take(key: ApiKey, items: readonly IngestItem[], effect?: Extract<Effect, 'live' | 'replay'>): Promise<ItemResult[]>
  /** Renews the leases of sessions; returns the ids that no open session has. */
  renew(key: ApiKey, sessionIds: readonly Id[]): Id[]
}

export interface HttpIngestDeps {
  readonly registry: Registry
  readonly storage: Storage
  readonly pipeline: Pipeline
  readonly stats: IngestStats
  readonly telemetry: TelemetryWriter
  readonly countryOf: CountryOf
  readonly sourceOf: SourceOf
  readonly optedOutOf: (networkId: string) => OptedOut | undefined
  readonly findStored: (networkId: string, sessionId: Id) => Promise<StoredSession | undefined>
  readonly createId: () => Id
  readonly now: () => number
  /** Told when a server opens its first session here. */
  readonly onServer: (key: ApiKey, server: SourceServer) => void
  /** Something was taken, and whether it was a player who joined. */
  readonly onTaken: (key: ApiKey, hasPlayer: boolean) => void
}

/** What one item can take in any buffer: up to two rows of a session, or one of telemetry. */
const ITEM_BYTES_MAX = 2 * SESSION_ROW_BYTES_MAX + TELEMETRY_ROW_BYTES_MAX
const RETRY_AFTER_MS = 5_000

/** Takes what senders without a socket report: the same events, by ids, on leases instead of a link. */
export function createHttpIngest(deps: HttpIngestDeps): HttpIngest {
  const { registry, storage, pipeline, stats, now } = deps
  const buffers = [storage.buffer('network_sessions'), storage.buffer('gamemode_sessions'), storage.buffer('events')]

  function accept(key: ApiKey, server: SourceServer, event: IngestEvent, effect: Effect): ItemResult {
    const identity = {
      key: keyOf(server.instanceId),
      networkId: key.networkId,
      serverName: server.name,
      serverKind: server.kind,
      startedAtMs: 0,
    }
    const nowMs = now()
    const instance = registry.lease(identity, nowMs)
    const sessionId = 'record' in event ? event.record.sessionId : null
    const notTaken = pipeline.accept(event, deps.sourceOf(key.networkId, server, key.gamemode), instance, effect, nowMs)
    if (notTaken === 'opted_out') return { kind: 'opted_out', sessionId }
    return notTaken ?? { kind: 'taken', sessionId }
  }

  async function start(
    key: ApiKey,
    item: Extract<IngestItem, { type: 'session_start' }>,
    effect: Effect,
  ): Promise<ItemResult> {
    const given = item.sessionId === undefined ? undefined : toId(item.sessionId)
    const playerId = toId(item.uuid)
    if (given !== undefined) {
      const open = registry.find(key.networkId, keyOf(given))
      if (open !== undefined) {
        open.lastSeenAtMs = now()
        return { kind: 'taken', sessionId: given }
      }
      if ((await deps.findStored(key.networkId, given)) !== undefined) return { kind: 'taken', sessionId: given }
      // The same request, sent twice at once: the other one was first.
      if (registry.find(key.networkId, keyOf(given)) !== undefined) return { kind: 'taken', sessionId: given }
    }
    const sessionId = given ?? deps.createId()
    const startedAtMs = item.startedAtMs ?? now()
    const server = { ...item.server, instanceId: leaseInstanceId(key.networkId, item.server.name) }
    const backend = item.backend ?? (server.kind === 'backend' ? server.name : '')
    const record: SessionRecord = {
      key: keyOf(sessionId),
      sessionId,
      playerKey: keyOf(playerId),
      playerId,
      playerName: item.name,
      startedAtMs,
      domain: normalizeDomain(item.hostname),
      platform: item.platform,
      device: item.device.toLowerCase(),
      country: item.address === '' ? '' : deps.countryOf(item.address),
      protocolVersion: item.protocolVersion,
      clientVersion: clientVersionOf(item.platform, item.protocolVersion, item.clientVersion),
    }
    const stay: Stay | null = backend === '' ? null : { ordinal: 0, backend, startedAtMs }
    deps.onServer(key, server)
    return accept(key, server, { kind: 'start', record, stay }, effect)
  }

  /** An open session by its id: from the registry, or from the database after a restart. */
  async function findOpen(networkId: string, sessionId: Id): Promise<OpenSession | 'ended' | undefined> {
    const live = registry.find(networkId, keyOf(sessionId))
    if (live !== undefined) return fromLive(live)
    const stored = await deps.findStored(networkId, sessionId)
    if (stored === undefined) return undefined
    return stored.isEnded ? 'ended' : fromStored(stored)
  }

  /** A session that is not open: also one of a player who opted out, which never was. */
  function answerUnknown({ networkId }: ApiKey, sessionId: Id): ItemResult {
    return deps.optedOutOf(networkId)?.hasSession(sessionId) ? { kind: 'opted_out', sessionId } : unknownSession
  }

  async function end(
    key: ApiKey,
    item: Extract<IngestItem, { type: 'session_end' }>,
    effect: Effect,
  ): Promise<ItemResult> {
    const sessionId = toId(item.sessionId)
    const session = await findOpen(key.networkId, sessionId)
    if (session === 'ended') return { kind: 'taken', sessionId }
    if (session === undefined) return answerUnknown(key, sessionId)
    const { record, stay, server } = session
    const { endedAtMs = now(), reason, afkMs } = item
    return accept(key, server, { kind: 'end', record, ended: stay, endedAtMs, reason, afkMs }, effect)
  }

  async function switchGamemode(
    key: ApiKey,
    item: Extract<IngestItem, { type: 'gamemode' }>,
    effect: Effect,
  ): Promise<ItemResult> {
    const sessionId = toId(item.sessionId)
    const session = await findOpen(key.networkId, sessionId)
    if (session === undefined || session === 'ended') return answerUnknown(key, sessionId)
    const { record, stay, server } = session
    const live = registry.find(key.networkId, record.key)
    if (live !== undefined) live.lastSeenAtMs = now()
    if (stay?.backend === item.gamemode) return { kind: 'taken', sessionId }
    const begun = { ordinal: (stay?.ordinal ?? -1) + 1, backend: item.gamemode, startedAtMs: item.atMs ?? now() }
    return accept(key, server, { kind: 'switch', record, ended: stay, begun }, effect)
  }

  function custom(key: ApiKey, item: Extract<IngestItem, { type: 'custom' }>, effect: Effect): ItemResult {
    const sessionId = item.sessionId === undefined ? null : toId(item.sessionId)
    const live = sessionId === null ? undefined : registry.find(key.networkId, keyOf(sessionId))
    if (live !== undefined) live.lastSeenAtMs = now()
    const instanceId = leaseInstanceId(key.networkId, item.server.name)
    deps.onServer(key, { ...item.server, instanceId })
    const notTaken = deps.telemetry.write(
      {
        eventId: item.eventId === undefined ? deps.createId() : toId(item.eventId),
        atMs: item.atMs ?? now(),
        sessionId,
        playerId: item.uuid === undefined ? (live?.playerId ?? null) : toId(item.uuid),
        name: item.name,
        properties: item.properties,
      },
      deps.sourceOf(key.networkId, { ...item.server, instanceId }, key.gamemode),
      { isAgeChecked: effect !== 'replay' },
    )
    if (notTaken === 'opted_out') return { kind: 'opted_out', sessionId: null }
    return notTaken ?? { kind: 'taken', sessionId: null }
  }

  function takeOne(key: ApiKey, item: IngestItem, effect: Effect): Promise<ItemResult> | ItemResult {
    switch (item.type) {
      case 'session_start':
        return start(key, item, effect)
      case 'session_end':
        return end(key, item, effect)
      case 'gamemode':
        return switchGamemode(key, item, effect)
      case 'custom':
        return custom(key, item, effect)
    }
  }

  return {
    async take(key, items, effect = 'live') {
      const results: ItemResult[] = []
      try {
        for (const item of items) {
          if (!buffers.every((buffer) => buffer.hasRoom(ITEM_BYTES_MAX))) {
            stats.count(key.networkId, 'BUFFER_FULL', items.length - results.length, { server: '', keyId: key.id })
            throw new MctrackError('BUFFER_FULL', undefined, { retryAfterMs: RETRY_AFTER_MS })
          }
          const result = await takeOne(key, item, effect)
          const sender = { server: 'server' in item ? item.server.name : '', keyId: key.id }
          stats.count(key.networkId, outcomeOf(result), 1, sender)
          if (result.kind === 'taken' && effect === 'live') deps.onTaken(key, item.type === 'session_start')
          results.push(result)
        }
      } finally {
        for (const table of ['network_sessions', 'gamemode_sessions', 'events'] as const) storage.poke(table)
      }
      if (results.some(({ kind }) => kind === 'taken')) await untilStored(buffers)
      return results
    },

    renew(key, sessionIds) {
      const nowMs = now()
      return sessionIds.filter((sessionId) => {
        const session = registry.find(key.networkId, keyOf(sessionId))
        if (session !== undefined) session.lastSeenAtMs = nowMs
        return session === undefined && !deps.optedOutOf(key.networkId)?.hasSession(sessionId)
      })
    },
  }
}

function outcomeOf(result: ItemResult): Outcome {
  if (result.kind === 'refused') return result.code
  return result.kind === 'taken' ? 'accepted' : 'opted_out'
}

const unknownSession = {
  kind: 'refused',
  code: 'SESSION_UNKNOWN',
  detail: 'sessionId: no session with this id is open',
} as const

interface OpenSession {
  readonly record: SessionRecord
  readonly stay: Stay | null
  readonly server: SourceServer
}

function fromLive(session: LiveSession): OpenSession {
  const { serverName: name, serverKind: kind, instanceKey } = session
  return { record: session, stay: session.stay, server: { name, kind, instanceId: Buffer.from(instanceKey, 'latin1') } }
}

function fromStored({ record, stay, serverName: name, serverKind: kind, instanceId }: StoredSession): OpenSession {
  return { record, stay, server: { name, kind, instanceId } }
}

/** The schema has checked that it is one. */
function toId(text: string): Id {
  const id = parseUuid(text)
  if (id === undefined) throw new Error('an id passed the schema and is none')
  return id
}
