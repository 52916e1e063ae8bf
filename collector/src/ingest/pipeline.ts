import type { Id } from '@mctrack/sdk/protocol'
import type { Instance, LiveSession, OpenDetails, Registry, SessionRecord, Stay } from '../live/index.ts'
import type { OptedOut } from '../opt-outs/index.ts'
import { beginRow, type Storage } from '../storage/index.ts'
import { checkOnline, checkTimes } from './check-times.ts'
import { type IngestEvent, type NotTaken, type Refusal, refuse } from './event.ts'
import { writePurchaseRow } from './rows/purchase-row.ts'
import {
  type RowOwner,
  type RowVersion,
  SESSION_ROW_BYTES_MAX,
  type SessionEnd,
  writeSessionRow,
  writeStayRow,
} from './rows/session-row.ts'
import type { Source, SourceOf } from './source.ts'

/**
 * - `live`: the event changes who is online
 * - `history`: it is stored only: it is over, or a snapshot knows it already
 * - `replay`: like history, and as old as it likes: a person asked for it
 */
export type Effect = 'live' | 'history' | 'replay'

export interface Pipeline {
  /**
   * Takes one event: checks it, changes the live registry (unless it is history), and writes its rows.
   * The caller has made sure that there is room.
   */
  accept(
    event: IngestEvent,
    source: Source,
    /** Who holds the session while it is open; undefined for what never is. */
    instance: Instance | undefined,
    effect: Effect,
    nowMs: number,
  ): NotTaken | undefined
  gamemodeOf(source: Source, stay: Stay | null): string
  /** Whether a session may be online, as a snapshot names it. */
  checkOpen(details: OpenDetails, source: Source, nowMs: number): NotTaken | undefined
  /** Rows for what the registry decided by itself. */
  writeClosed(session: HeldSession, end: SessionEnd, isSecondary: boolean, nowMs: number): void
  writeReopened(session: HeldSession, isSecondary: boolean, nowMs: number): void
}

/** A session that the collector itself decides about. */
export type HeldSession = Pick<
  LiveSession,
  keyof SessionRecord | 'networkId' | 'serverName' | 'serverKind' | 'stay' | 'gamemode'
> & { readonly instanceId: Id }

export interface PipelineDeps {
  readonly registry: Registry
  readonly storage: Storage
  readonly sourceOf: SourceOf
  /** The game mode that a backend counts as. Also how backends come to be known. */
  readonly gamemodeOf: (networkId: string, backend: string) => string
  readonly optedOutOf: (networkId: string) => OptedOut | undefined
  /** Told about every event that was taken, for those who watch. */
  readonly onEvent: (event: IngestEvent, source: Source, nowMs: number) => void
}

/** The way of one event of the sessions lane, whichever edge it came in by. */
export function createPipeline(deps: PipelineDeps): Pipeline {
  const { registry, storage, sourceOf, gamemodeOf, optedOutOf, onEvent } = deps
  const sessions = storage.buffer('network_sessions')
  const stays = storage.buffer('gamemode_sessions')
  const events = storage.buffer('events')

  function gamemode(source: Source, stay: Stay | null): string {
    if (source.onlyGamemode !== null) return source.onlyGamemode
    return stay === null ? '' : gamemodeOf(source.networkId, stay.backend)
  }

  function putSession(
    owner: RowOwner,
    record: SessionRecord,
    row: { readonly end: SessionEnd | null; readonly isSecondary: boolean; readonly version: RowVersion },
    nowMs: number,
  ): void {
    const sink = beginRow(sessions, SESSION_ROW_BYTES_MAX)
    writeSessionRow(sink, owner, record, { ...row, receivedAtMs: nowMs })
    sessions.commit()
  }

  function putStay(
    owner: RowOwner,
    record: SessionRecord,
    row: {
      readonly stay: Stay
      readonly gamemode: string
      readonly endedAtMs: number | undefined
      readonly isSecondary: boolean
      readonly version: RowVersion
    },
    nowMs: number,
  ): void {
    const sink = beginRow(stays, SESSION_ROW_BYTES_MAX)
    writeStayRow(sink, owner, record, { ...row, receivedAtMs: nowMs })
    stays.commit()
  }

  /** For what is not in the registry: where a proxy reports, it is the proxy's sessions that count. */
  function isPastSecondary({ networkId, owner }: Source): boolean {
    return owner.serverKind === 'backend' && registry.hasProxy(networkId)
  }

  /** Changes the registry. Returns whether the session is secondary. */
  function applyLive(
    event: Exclude<IngestEvent, { kind: 'purchase' }>,
    source: Source,
    instance: Instance,
    nowMs: number,
  ): boolean {
    const { presence } = registry.network(source.networkId)
    const known = registry.find(source.networkId, event.record.key)
    if (event.kind === 'start') {
      const { record, stay } = event
      const opened = registry.open(instance, { record, stay, gamemode: gamemode(source, stay) }, nowMs)
      return presence.isSecondary(opened, nowMs)
    }
    if (known === undefined) return isPastSecondary(source)
    if (event.kind === 'switch') registry.switchStay(known, event.begun, gamemode(source, event.begun), nowMs)
    const isSecondary = presence.isSecondary(known, nowMs)
    if (event.kind === 'end') registry.remove(known, nowMs)
    return isSecondary
  }

  function closeHeld(event: Extract<IngestEvent, { kind: 'end' }>, source: Source, nowMs: number): void {
    const known = registry.find(source.networkId, event.record.key)
    if (known !== undefined) registry.close(known, nowMs, event.reason === 'other' ? 'quit' : event.reason, nowMs)
  }

  function putHeld(session: HeldSession, end: SessionEnd | null, isSecondary: boolean, nowMs: number): void {
    const { networkId, serverName: name, serverKind: kind, instanceId, stay } = session
    if (!sessions.hasRoom(SESSION_ROW_BYTES_MAX) || !stays.hasRoom(SESSION_ROW_BYTES_MAX)) {
      storage.lose('network_sessions', networkId)
      if (stay !== null) storage.lose('gamemode_sessions', networkId)
      return
    }
    const { owner } = sourceOf(networkId, { name, kind, instanceId }, null)
    putSession(owner, session, { end, isSecondary, version: nowMs }, nowMs)
    if (stay === null) return
    putStay(
      owner,
      session,
      { stay, gamemode: session.gamemode, endedAtMs: end?.endedAtMs, isSecondary, version: nowMs },
      nowMs,
    )
  }

  return {
    gamemodeOf: gamemode,

    checkOpen({ record, stay }, source, nowMs) {
      if (dropsEvent(record, optedOutOf(source.networkId))) return 'opted_out'
      return checkOnline(record, stay, nowMs) ?? checkScope({ kind: 'start', record, stay }, source, gamemodeOf)
    },

    accept(event, source, instance, effect, nowMs) {
      if (dropsEvent('record' in event ? event.record : event, optedOutOf(source.networkId))) return 'opted_out'
      const { owner } = source
      const wrongTimes = checkTimes(event, nowMs, { isAgeChecked: effect !== 'replay' })
      if (wrongTimes !== undefined) {
        // The player is gone all the same.
        if (event.kind === 'end' && effect === 'live') closeHeld(event, source, nowMs)
        return wrongTimes
      }
      if (event.kind === 'purchase') {
        writePurchaseRow(beginRow(events, SESSION_ROW_BYTES_MAX), owner, event, nowMs)
        events.commit()
        onEvent(event, source, nowMs)
        return undefined
      }
      const wrongScope = checkScope(event, source, gamemodeOf)
      if (wrongScope !== undefined) return wrongScope
      const isSecondary =
        effect === 'live' && instance !== undefined
          ? applyLive(event, source, instance, nowMs)
          : isPastSecondary(source)
      const { record } = event
      if (event.kind === 'start') {
        putSession(owner, record, { end: null, isSecondary, version: 0 }, nowMs)
      } else if (event.kind === 'end') {
        putSession(owner, record, { end: event, isSecondary, version: 'final' }, nowMs)
      }
      const ended = event.kind === 'start' ? null : event.ended
      const endedAtMs = event.kind === 'end' ? event.endedAtMs : event.kind === 'switch' ? event.begun.startedAtMs : 0
      if (ended !== null) {
        const row = {
          stay: ended,
          gamemode: gamemode(source, ended),
          endedAtMs,
          isSecondary,
          version: 'final',
        } as const
        putStay(owner, record, row, nowMs)
      }
      const begun = event.kind === 'start' ? event.stay : event.kind === 'switch' ? event.begun : null
      if (begun !== null) {
        const row = { stay: begun, gamemode: gamemode(source, begun), endedAtMs: undefined, isSecondary, version: 0 }
        putStay(owner, record, row, nowMs)
      }
      onEvent(event, source, nowMs)
      return undefined
    },

    writeClosed(session, end, isSecondary, nowMs) {
      // Without room the sweep closes it later.
      putHeld(session, end, isSecondary, nowMs)
    },

    writeReopened(session, isSecondary, nowMs) {
      // Without room the server's own end of the session outranks the close anyway.
      putHeld(session, null, isSecondary, nowMs)
    },
  }
}

/** Whether an event is dropped, for its player opted out. Its session is noted, so that what names that alone is dropped, too. */
function dropsEvent(
  { playerId, sessionId }: { readonly playerId: Uint8Array; readonly sessionId: Uint8Array | null },
  optedOut: OptedOut | undefined,
): boolean {
  if (!optedOut?.hasPlayer(playerId)) return false
  if (sessionId !== null) optedOut.noteSession(sessionId)
  return true
}

/** A key for one game mode may not report others. A proxy's session has none until the first switch. */
function checkScope(
  event: Exclude<IngestEvent, { kind: 'purchase' }>,
  source: Source,
  gamemodeOf: PipelineDeps['gamemodeOf'],
): Refusal | undefined {
  if (source.onlyGamemode === null) return undefined
  const stay = event.kind === 'start' ? event.stay : event.kind === 'switch' ? event.begun : null
  if (stay === null || gamemodeOf(source.networkId, stay.backend) === source.onlyGamemode) return undefined
  return refuse('KEY_SCOPE', 'the session is in another game mode')
}
