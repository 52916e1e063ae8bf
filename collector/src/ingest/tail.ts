import { decode, formatUuid, parseUuid } from '@mctrack/sdk/protocol'
import { nameFields } from '../dead-letters/index.ts'
import type { TailEvent } from '../live/index.ts'
import type { OptedOut } from '../opt-outs/index.ts'
import type { IngestEvent } from './event.ts'

/** Telemetry events of one frame that are shown. */
const PER_FRAME_MAX = 200
type Details = TailEvent['details']

/** A sessions event as people watch it; `gamemodeOf` says which game mode a backend counts as. */
export function toTailEvent(event: IngestEvent, server: string, gamemodeOf: (backend: string) => string): TailEvent {
  const modeOf = (backend: string | undefined): string | null => (backend === undefined ? null : gamemodeOf(backend))
  if (event.kind === 'purchase') {
    const { atMs, playerId, sessionId, store, product, amountMinor, currency } = event
    return {
      type: 'purchase',
      atMs,
      server,
      playerId: formatUuid(playerId),
      playerName: null,
      sessionId: sessionId === null ? null : formatUuid(sessionId),
      details: { store, product, amountMinor, currency },
    }
  }
  const { record } = event
  const common = {
    server,
    playerId: formatUuid(record.playerId),
    playerName: record.playerName,
    sessionId: formatUuid(record.sessionId),
  }
  switch (event.kind) {
    case 'start': {
      const { domain, platform, device, country, clientVersion: version, startedAtMs } = record
      const details: Details = { domain, platform, device, country, version, backend: event.stay?.backend ?? null }
      const gamemode = modeOf(event.stay?.backend)
      return { type: 'session_start', atMs: startedAtMs, ...common, details: { ...details, gamemode } }
    }
    case 'switch': {
      const details: Details = {
        from: event.ended?.backend ?? null,
        to: event.begun.backend,
        fromGamemode: modeOf(event.ended?.backend),
        toGamemode: modeOf(event.begun.backend),
      }
      return { type: 'gamemode_switch', atMs: event.begun.startedAtMs, ...common, details }
    }
    case 'end': {
      const { endedAtMs, reason, afkMs } = event
      const details: Details = { reason, afkMs, durationMs: endedAtMs - record.startedAtMs }
      return { type: 'session_end', atMs: endedAtMs, ...common, details }
    }
  }
}

/** A frame with anything in it that we do not read is not shown, though its other events are taken. */
function decodeEvents(frame: Buffer): readonly unknown[] {
  try {
    const value = decode(frame)
    const events: unknown = Array.isArray(value) ? value[5] : undefined
    return Array.isArray(events) ? events : []
  } catch {
    return []
  }
}

/** The events of a telemetry frame as people watch them. Reads the frame once more: only for those who do watch. */
export function toTelemetryTail(frame: Buffer, server: string, optedOut: OptedOut | undefined): TailEvent[] {
  const events = decodeEvents(frame)
  const shown = events.slice(0, PER_FRAME_MAX).flatMap((event): TailEvent[] => {
    const named = nameFields(event)
    if (named === undefined) return []
    const { type, name, atMs, startedAtMs, playerId, sessionId, properties } = named
    const text = (field: unknown): string | null => (typeof field === 'string' ? field : null)
    const at = typeof atMs === 'number' ? atMs : typeof startedAtMs === 'number' ? startedAtMs : 0
    const details = (typeof properties === 'object' && properties !== null ? properties : {}) as Details
    return [
      {
        type: type === 'custom' ? (text(name) ?? 'custom') : type,
        atMs: at,
        server,
        playerId: text(playerId),
        playerName: null,
        sessionId: text(sessionId),
        details,
      },
    ]
  })
  return optedOut === undefined ? shown : shown.filter((event) => !isOf(event, optedOut))
}

function isOf({ playerId, sessionId }: TailEvent, optedOut: OptedOut): boolean {
  const player = parseUuid(playerId ?? '')
  const session = parseUuid(sessionId ?? '')
  return (player !== undefined && optedOut.hasPlayer(player)) || (session !== undefined && optedOut.hasSession(session))
}
