import type { ServerKind } from '@mctrack/sdk/protocol'

/** One Minecraft process that reports, known by the name that it gives itself. */
export interface Server {
  readonly networkId: string
  readonly name: string
  readonly kind: ServerKind
  readonly software: { readonly name: string; readonly version: string }
  readonly sdk: { readonly name: string; readonly version: string }
  readonly firstSeenAtMs: number
  readonly lastSeenAtMs: number
  /** When it last said that it leaves; before `lastSeenAtMs` when it came back since. */
  readonly leftAtMs: number | null
}

/** A server said that it leaves. */
export interface ServerLeaving {
  readonly networkId: string
  readonly serverName: string
  readonly atMs: number
}

/** One boot of a server, with its last heartbeat. */
export interface SeenInstance {
  readonly networkId: string
  readonly id: string
  readonly serverName: string
  readonly startedAtMs: number
  readonly lastSeenAtMs: number
  /** What the sender adds to its clock to match ours, in milliseconds. */
  readonly clockOffsetMs: number
}
