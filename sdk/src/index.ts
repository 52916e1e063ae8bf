export { type Client, createClient } from './node/client.ts'
export type {
  ClientOptions,
  ClientStatus,
  EventMap,
  LinkStatus,
  Outgoing,
  PastEvent,
  PlayerHistory,
  PlayerJoin,
  Problem,
  Purchase,
  ServerGauges,
  SpoolOptions,
} from './node/options.ts'
export type { Session } from './node/session.ts'
export type { CloseReason, Connection, Transport, TransportHandlers } from './node/transport.ts'
export type { EndReason, Platform, Properties, PropertyValue, ServerKind } from './protocol/events.ts'
