import type { Columns } from '../platform/export/columns.ts'
import type { WriteInstant } from '../platform/zoned-instant.ts'
import type { SessionRow } from './build-sessions-query.ts'

/** What an export of sessions has of each. */
export function sessionColumns(write: WriteInstant): Columns<SessionRow> {
  return [
    ['sessionId', ({ sessionId }) => sessionId],
    ['playerId', ({ playerId }) => playerId],
    ['playerName', ({ playerName }) => playerName],
    ['server', ({ server }) => server],
    ['serverKind', ({ serverKind }) => serverKind],
    ['startedAt', ({ startedAtMs }) => write(startedAtMs)],
    ['startedAtMs', ({ startedAtMs }) => startedAtMs],
    ['endedAt', ({ endedAtMs }) => (endedAtMs === null ? null : write(endedAtMs))],
    ['endedAtMs', ({ endedAtMs }) => endedAtMs],
    ['endReason', ({ endedAtMs, endReason }) => (endedAtMs === null ? null : endReason)],
    ['durationMs', ({ startedAtMs, endedAtMs }) => (endedAtMs === null ? null : endedAtMs - startedAtMs)],
    ['afkMs', ({ afkMs }) => afkMs],
    ['domain', ({ domain }) => domain],
    ['platform', ({ platform }) => platform],
    ['device', ({ device }) => device],
    ['country', ({ country }) => country],
    ['version', ({ version }) => version],
    ['isSecondary', ({ isSecondary }) => isSecondary],
  ]
}
