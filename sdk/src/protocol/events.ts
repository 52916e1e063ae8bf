/**
 * Events: what a batch carries. Each is a MessagePack array with its type first. Readers skip unknown types and
 * unknown trailing fields, so that both ends can grow on their own.
 *
 * Every session event carries the whole session it is about, and the game mode stay that it ends or begins. So each
 * can be stored without knowing the ones before it, whichever collector it reaches and however late.
 */

/** Sessions and purchases outrank telemetry whenever something must wait; each lane is numbered and acknowledged on its own. */
export const LANE = { sessions: 1, telemetry: 2 } as const
export type Lane = (typeof LANE)[keyof typeof LANE]
export const LANES: readonly Lane[] = [LANE.sessions, LANE.telemetry]

export const EVENT = {
  sessionStart: 1,
  gamemodeSwitch: 2,
  sessionEnd: 3,
  purchase: 4,
  custom: 16,
  afkSpan: 17,
} as const
export type EventType = (typeof EVENT)[keyof typeof EVENT]

export const SERVER_KINDS = ['proxy', 'backend'] as const
/** A proxy holds players and hands them to backends; a backend is one Minecraft server where they play. */
export type ServerKind = (typeof SERVER_KINDS)[number]
/** On the wire a kind is its place in this table; 0 is reserved. */
export const SERVER_KIND_CODE: Readonly<Record<ServerKind, number>> = { proxy: 1, backend: 2 }

export const PLATFORMS = ['java', 'bedrock'] as const
/** The edition that a player plays. */
export type Platform = (typeof PLATFORMS)[number]
export const PLATFORM_CODE: Readonly<Record<Platform, number>> = { java: 1, bedrock: 2 }

export const END_REASONS = ['quit', 'kick', 'timeout', 'crash', 'link_lost', 'shutdown'] as const
/**
 * Why a session ended: the player left, was kicked, stopped answering; the server process died; the link was lost
 * and never came back; the server was stopped.
 */
export type EndReason = (typeof END_REASONS)[number]
export const END_REASON_CODE: Readonly<Record<EndReason, number>> = {
  quit: 1,
  kick: 2,
  timeout: 3,
  crash: 4,
  link_lost: 5,
  shutdown: 6,
}

/** An id: 16 bytes. UUIDs of players as Minecraft gives them, UUIDv7 for what we make. */
export type Id = Uint8Array

/** A property of a custom event. */
export type PropertyValue = string | number | boolean | null
/** Properties of a custom event, by their names: at most 32. */
export type Properties = Readonly<Record<string, PropertyValue>>

/**
 * One stay of one player on the network:
 * sessionId, startedAtMs, playerId, playerName, domain ('' unknown), address (textual IP, '' unknown), platform code,
 * device ('' unknown), protocolVersion (0 unknown), clientVersion ('' unknown).
 */
export type SessionFields = readonly [
  sessionId: Id,
  startedAtMs: number,
  playerId: Id,
  playerName: string,
  domain: string,
  address: string,
  platform: number,
  device: string,
  protocolVersion: number,
  clientVersion: string,
]

/** One stay on one backend inside a session: its place in the session from 0, the backend's name, when it began. */
export type StayFields = readonly [ordinal: number, backend: string, startedAtMs: number]

export type SessionStartEvent = readonly [
  type: typeof EVENT.sessionStart,
  session: SessionFields,
  stay: StayFields | null,
]
export type GamemodeSwitchEvent = readonly [
  type: typeof EVENT.gamemodeSwitch,
  session: SessionFields,
  ended: StayFields | null,
  begun: StayFields,
]
export type SessionEndEvent = readonly [
  type: typeof EVENT.sessionEnd,
  session: SessionFields,
  ended: StayFields | null,
  endedAtMs: number,
  reason: number,
  afkMs: number,
]
export type PurchaseEvent = readonly [
  type: typeof EVENT.purchase,
  eventId: Id,
  atMs: number,
  sessionId: Id | null,
  playerId: Id,
  store: string,
  transactionId: string,
  product: string,
  amountMinor: number,
  currency: string,
]
export type CustomEvent = readonly [
  type: typeof EVENT.custom,
  eventId: Id,
  atMs: number,
  sessionId: Id | null,
  playerId: Id | null,
  name: string,
  properties: Properties,
]
export type AfkSpanEvent = readonly [
  type: typeof EVENT.afkSpan,
  eventId: Id,
  startedAtMs: number,
  endedAtMs: number,
  sessionId: Id,
  playerId: Id,
]
export type WireEvent =
  | SessionStartEvent
  | GamemodeSwitchEvent
  | SessionEndEvent
  | PurchaseEvent
  | CustomEvent
  | AfkSpanEvent
