import {
  END_REASON_CODE,
  type EndReason,
  EVENT,
  type Id,
  LANE,
  type Lane,
  PLATFORM_CODE,
  type SessionFields,
  type StayFields,
  type WireEvent,
} from '../protocol/index.ts'
import { normalizeDomain } from './domain.ts'
import type { FinishedSession, JoinDetails, SessionRef } from './messages.ts'
import { shiftSession, shiftStay } from './shift-times.ts'

interface OpenSession {
  fields: SessionFields
  readonly playerKey: string
  stay: StayFields | null
  /** Time of the latest event of the session; later events never lie before it, even if the clock is set back. */
  latestMs: number
  awaySinceMs: number | null
  afkMs: number
}

export interface Sessions {
  join(atMs: number, ref: SessionRef, details: JoinDetails): void
  switchTo(atMs: number, ref: SessionRef, backend: string): void
  setAway(atMs: number, ref: SessionRef, away: boolean, eventId: Id): void
  leave(atMs: number, ref: SessionRef, reason: EndReason, eventId: Id): void
  addFinished(session: FinishedSession): void
  /** Moves all times of the open sessions: the clock that they came from was off by as much. */
  shift(byMs: number): void
  /** The ids that an event of this session carries, or nulls when it is not open. */
  identify(ref: SessionRef | null): { readonly sessionId: Id | null; readonly player: Id | null }
  snapshot(): Array<readonly [SessionFields, StayFields | null]>
  refs(): SessionRef[]
  count(): number
}

/** Knows the open sessions of this instance and turns what happens to them into events. */
export function createSessions(append: (lane: Lane, event: WireEvent, times: 'stamped' | 'exact') => void): Sessions {
  const open = new Map<SessionRef, OpenSession>()
  const refOfPlayer = new Map<string, SessionRef>()

  const record = (lane: Lane, event: WireEvent): void => append(lane, event, 'stamped')

  function moment(session: OpenSession, atMs: number): number {
    session.latestMs = Math.max(session.latestMs, atMs)
    return session.latestMs
  }

  function endAway(session: OpenSession, atMs: number, eventId: Id): void {
    if (session.awaySinceMs === null) return
    const [sessionId, , player] = session.fields
    session.afkMs += atMs - session.awaySinceMs
    record(LANE.telemetry, [EVENT.afkSpan, eventId, session.awaySinceMs, atMs, sessionId, player])
    session.awaySinceMs = null
  }

  function leave(atMs: number, ref: SessionRef, reason: EndReason, eventId: Id): void {
    const session = open.get(ref)
    if (session === undefined) return
    const endedAtMs = moment(session, atMs)
    endAway(session, endedAtMs, eventId)
    open.delete(ref)
    if (refOfPlayer.get(session.playerKey) === ref) refOfPlayer.delete(session.playerKey)
    record(LANE.sessions, [
      EVENT.sessionEnd,
      session.fields,
      session.stay,
      endedAtMs,
      END_REASON_CODE[reason],
      session.afkMs,
    ])
  }

  return {
    join(atMs, ref, details) {
      const playerKey = details.player.join()
      const earlier = refOfPlayer.get(playerKey)
      // A server holds a player once: a second join means that the first leave was missed.
      if (earlier !== undefined) leave(atMs, earlier, 'timeout', details.sessionId)
      const fields = sessionFields(details, atMs)
      const stay: StayFields | null = details.backend === '' ? null : [0, details.backend, atMs]
      open.set(ref, { fields, playerKey, stay, latestMs: atMs, awaySinceMs: null, afkMs: 0 })
      refOfPlayer.set(playerKey, ref)
      record(LANE.sessions, [EVENT.sessionStart, fields, stay])
    },

    switchTo(atMs, ref, backend) {
      const session = open.get(ref)
      if (session === undefined || session.stay?.[1] === backend) return
      const ended = session.stay
      const begun: StayFields = [ended === null ? 0 : ended[0] + 1, backend, moment(session, atMs)]
      session.stay = begun
      record(LANE.sessions, [EVENT.gamemodeSwitch, session.fields, ended, begun])
    },

    setAway(atMs, ref, away, eventId) {
      const session = open.get(ref)
      if (session === undefined) return
      const at = moment(session, atMs)
      if (!away) endAway(session, at, eventId)
      else if (session.awaySinceMs === null) session.awaySinceMs = at
    },

    leave,

    addFinished(session) {
      const fields = sessionFields(session, session.startedAtMs)
      let stay: StayFields | null = session.backend === '' ? null : [0, session.backend, session.startedAtMs]
      for (const { backend, atMs } of session.switches) {
        const begun: StayFields = [stay === null ? 0 : stay[0] + 1, backend, atMs]
        append(LANE.sessions, [EVENT.gamemodeSwitch, fields, stay, begun], 'exact')
        stay = begun
      }
      const { sessionId, player, purchases = [], events = [] } = session
      for (const { eventId, atMs, store, transactionId, product, amountMinor, currency } of purchases) {
        const bought = [store, transactionId, product, amountMinor, currency] as const
        append(LANE.sessions, [EVENT.purchase, eventId, atMs, sessionId, player, ...bought], 'exact')
      }
      for (const { eventId, atMs, name, properties } of events) {
        append(LANE.telemetry, [EVENT.custom, eventId, atMs, sessionId, player, name, properties], 'exact')
      }
      const reason = END_REASON_CODE[session.reason]
      append(LANE.sessions, [EVENT.sessionEnd, fields, stay, session.endedAtMs, reason, session.afkMs], 'exact')
    },

    shift(byMs) {
      for (const session of Array.from(open.values())) {
        session.fields = shiftSession(session.fields, byMs)
        session.stay = shiftStay(session.stay, byMs)
        session.latestMs += byMs
        if (session.awaySinceMs !== null) session.awaySinceMs += byMs
      }
    },

    identify(ref) {
      const session = ref === null ? undefined : open.get(ref)
      return session === undefined
        ? { sessionId: null, player: null }
        : { sessionId: session.fields[0], player: session.fields[2] }
    },

    snapshot: () => Array.from(open.values(), (session) => [session.fields, session.stay] as const),
    refs: () => Array.from(open.keys()),
    count: () => open.size,
  }
}

function sessionFields(details: JoinDetails, startedAtMs: number): SessionFields {
  return [
    details.sessionId,
    startedAtMs,
    details.player,
    details.name,
    normalizeDomain(details.hostname),
    details.address,
    PLATFORM_CODE[details.platform],
    details.device,
    details.protocolVersion,
    details.clientVersion,
  ]
}
