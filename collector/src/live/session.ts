import type { Platform, ServerKind } from '@mctrack/sdk/protocol'

/** Everything about a session that does not change while it is open. Without an address: that is dropped before. */
export interface SessionRecord {
  /** The id as a key of maps: 16 characters of one byte each. */
  readonly key: string
  readonly sessionId: Uint8Array
  readonly playerKey: string
  readonly playerId: Uint8Array
  readonly playerName: string
  readonly startedAtMs: number
  readonly domain: string
  readonly platform: Platform
  readonly device: string
  /** ISO 3166-1 alpha-2, or '' when unknown. */
  readonly country: string
  readonly protocolVersion: number
  readonly clientVersion: string
}

/** One stay on one backend inside a session. */
export interface Stay {
  /** Its place in the session, from 0. */
  readonly ordinal: number
  /** The backend as the server called it. */
  readonly backend: string
  readonly startedAtMs: number
}

/** An open session in the live registry. */
export interface LiveSession extends SessionRecord {
  readonly networkId: string
  readonly serverName: string
  readonly serverKind: ServerKind
  readonly instanceKey: string
  stay: Stay | null
  /** Game mode of the stay by the network's mapping, or '' without a stay. */
  gamemode: string
  /** When this very session was last heard of, in Unix milliseconds. */
  lastSeenAtMs: number
  /** When it became the one that its player is counted through, if it was not at first. */
  promotedAtMs: number | null
}

/** The 16 bytes of an id as a key of maps. */
export function keyOf(id: Uint8Array): string {
  return keyAt(id, 0)
}

/** The 16 bytes at `at` as a key of maps; one call with all of them takes a third of what a copy takes. */
export function keyAt(bytes: Uint8Array, at: number): string {
  const byte = (i: number): number => bytes[at + i] as number
  return String.fromCharCode(
    byte(0),
    byte(1),
    byte(2),
    byte(3),
    byte(4),
    byte(5),
    byte(6),
    byte(7),
    byte(8),
    byte(9),
    byte(10),
    byte(11),
    byte(12),
    byte(13),
    byte(14),
    byte(15),
  )
}

export function idOf(key: string): Uint8Array {
  return Buffer.from(key, 'latin1')
}
