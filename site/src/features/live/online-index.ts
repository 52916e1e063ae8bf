import type { ApiOutput } from '../../api/api-types.ts'

/** One player who is online. */
export type OnlinePlayer = ApiOutput<'get', '/networks/:networkId/live/players'>['players'][number]

/** An event as the collector sends it to those who watch. */
export interface LiveEvent {
  readonly type: string
  readonly atMs: number
  readonly server: string
  readonly playerId: string | null
  readonly playerName: string | null
  readonly sessionId: string | null
  readonly details: Readonly<Record<string, string | number | boolean | null>>
}

/** Who is online, kept current by joins and leaves. */
export interface OnlineIndex {
  /** What the collector listed, and the events since it was asked. */
  replace(players: Iterable<OnlinePlayer>, since: readonly LiveEvent[]): void
  /** Returns whether anything changed. */
  apply(event: LiveEvent): boolean
  readonly size: number
  players(): Iterable<OnlinePlayer>
}

/** A player is there once, whatever number of sessions reports them: a proxy's and the server's behind it. */
export function createOnlineIndex(): OnlineIndex {
  const players = new Map<string, OnlinePlayer>()
  /** Further open sessions of players who are in the list already. */
  const others = new Map<string, OnlinePlayer[]>()

  function join(player: OnlinePlayer): boolean {
    const known = players.get(player.playerId)
    if (known?.sessionId === player.sessionId) return false
    if (known === undefined) {
      players.set(player.playerId, player)
      return true
    }
    others.set(player.playerId, [...(others.get(player.playerId) ?? []), player])
    if (known.gamemode !== '' || player.gamemode === '') return false
    players.set(player.playerId, { ...known, gamemode: player.gamemode })
    return true
  }
  function leave(playerId: string, sessionId: string): boolean {
    const rest = (others.get(playerId) ?? []).filter((other) => other.sessionId !== sessionId)
    if (players.get(playerId)?.sessionId !== sessionId) {
      others.set(playerId, rest)
      return false
    }
    const next = rest.shift()
    if (rest.length === 0) others.delete(playerId)
    else others.set(playerId, rest)
    if (next === undefined) players.delete(playerId)
    else players.set(playerId, next)
    return true
  }
  function switchTo(playerId: string, gamemode: string): boolean {
    const known = players.get(playerId)
    if (known === undefined || known.gamemode === gamemode) return false
    players.set(playerId, { ...known, gamemode })
    return true
  }
  function apply(event: LiveEvent): boolean {
    const { type, playerId, sessionId, details } = event
    if (playerId === null || sessionId === null) return false
    if (type === 'session_start') return join(toPlayer(event, playerId, sessionId))
    if (type === 'session_end') return leave(playerId, sessionId)
    return type === 'gamemode_switch' ? switchTo(playerId, textOf(details['toGamemode'] ?? details['to'])) : false
  }

  return {
    apply,
    replace(listed, since) {
      players.clear()
      others.clear()
      for (const player of listed) players.set(player.playerId, player)
      for (const event of since) apply(event)
    },
    get size() {
      return players.size
    },
    players: () => players.values(),
  }
}

/** Whether what came over the stream is an event; the collector's own shape, of which nothing is taken on trust. */
export function isLiveEvent(data: unknown): data is LiveEvent {
  if (typeof data !== 'object' || data === null) return false
  const { type, atMs, details } = data as Partial<LiveEvent>
  return typeof type === 'string' && typeof atMs === 'number' && typeof details === 'object' && details !== null
}

function toPlayer({ atMs, server, playerName, details }: LiveEvent, playerId: string, sessionId: string): OnlinePlayer {
  return {
    playerId,
    sessionId,
    server,
    playerName: playerName ?? '',
    startedAtMs: atMs,
    gamemode: textOf(details['gamemode']),
    platform: details['platform'] === 'bedrock' ? 'bedrock' : 'java',
    device: textOf(details['device']),
    country: textOf(details['country']),
    domain: textOf(details['domain']),
    version: textOf(details['version']),
  }
}

/** A value of an event as text; '' stands for unknown. */
export function textOf(value: string | number | boolean | null | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
