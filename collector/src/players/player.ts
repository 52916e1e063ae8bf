/** Orders of the list of players. */
export const PLAYER_SORTS = ['lastSeen', 'firstSeen', 'name', 'playtime', 'sessions'] as const
export type PlayerSort = (typeof PLAYER_SORTS)[number]

/** Of one page, at most. */
export const PAGE_PLAYERS_MAX = 500

/** A player as the list has them, as of a few seconds ago. Instants in Unix milliseconds. */
export interface PlayerRow {
  readonly playerId: string
  readonly name: string
  readonly firstSeenAtMs: number
  /** End of the last session, or the beginning of the open one. */
  readonly lastSeenAtMs: number
  /** Of the first session. */
  readonly domain: string
  readonly country: string
  readonly platform: 'java' | 'bedrock'
  /** Of the last session. */
  readonly device: string
  readonly sessions: number
  /** Of sessions that ended. */
  readonly playtimeMs: number
  readonly afkMs: number
  readonly isOnline: boolean
  /** What the list is sorted by. */
  readonly rank: number | string
}
