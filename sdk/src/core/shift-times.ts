import { EVENT, type SessionFields, type StayFields, type WireEvent } from '../protocol/index.ts'

/** The event with all its times moved by `byMs` milliseconds. */
export function shiftTimes(event: WireEvent, byMs: number): WireEvent {
  switch (event[0]) {
    case EVENT.sessionStart:
      return [event[0], shiftSession(event[1], byMs), shiftStay(event[2], byMs)]
    case EVENT.gamemodeSwitch:
      return [event[0], shiftSession(event[1], byMs), shiftStay(event[2], byMs), shiftStay(event[3], byMs)]
    case EVENT.sessionEnd: {
      const [type, session, ended, endedAtMs, reason, afkMs] = event
      return [type, shiftSession(session, byMs), shiftStay(ended, byMs), shift(endedAtMs, byMs), reason, afkMs]
    }
    case EVENT.purchase: {
      const [type, eventId, atMs, sessionId, player, store, transaction, product, amountMinor, currency] = event
      const at = shift(atMs, byMs)
      return [type, eventId, at, sessionId, player, store, transaction, product, amountMinor, currency]
    }
    case EVENT.custom: {
      const [type, eventId, atMs, sessionId, player, name, properties] = event
      return [type, eventId, shift(atMs, byMs), sessionId, player, name, properties]
    }
    case EVENT.afkSpan: {
      const [type, eventId, startedAtMs, endedAtMs, sessionId, player] = event
      return [type, eventId, shift(startedAtMs, byMs), shift(endedAtMs, byMs), sessionId, player]
    }
  }
}

/** The session as it is named in an event whose times are moved. */
export function shiftSession(session: SessionFields, byMs: number): SessionFields {
  const [sessionId, startedAtMs, player, name, domain, address, platform, device, protocol, version] = session
  return [sessionId, shift(startedAtMs, byMs), player, name, domain, address, platform, device, protocol, version]
}

export function shiftStay<Stay extends StayFields | null>(stay: Stay, byMs: number): Stay
export function shiftStay(stay: StayFields | null, byMs: number): StayFields | null {
  return stay === null ? null : [stay[0], stay[1], shift(stay[2], byMs)]
}

/** The wire takes no times before 1970. */
function shift(atMs: number, byMs: number): number {
  return Math.max(0, atMs + byMs)
}
