/** One event as people watch it. Ids are UUIDs, instants Unix milliseconds; without an address. */
export interface TailEvent {
  readonly type: 'session_start' | 'gamemode_switch' | 'session_end' | 'purchase' | 'afk' | 'refused' | (string & {})
  readonly atMs: number
  readonly server: string
  readonly playerId: string | null
  readonly playerName: string | null
  readonly sessionId: string | null
  /** What else there is to say, by type. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}
