import type { Columns } from '../platform/export/columns.ts'
import type { WriteInstant } from '../platform/zoned-instant.ts'
import type { PlayerJson } from './players.ts'

/** What an export of players has of each. */
export function playerColumns(write: WriteInstant): Columns<PlayerJson> {
  return [
    ['playerId', ({ playerId }) => playerId],
    ['name', ({ name }) => name],
    ['firstSeenAt', ({ firstSeenAtMs }) => write(firstSeenAtMs)],
    ['firstSeenAtMs', ({ firstSeenAtMs }) => firstSeenAtMs],
    ['lastSeenAt', ({ lastSeenAtMs }) => write(lastSeenAtMs)],
    ['lastSeenAtMs', ({ lastSeenAtMs }) => lastSeenAtMs],
    ['isOnline', ({ online }) => online !== null],
    ['sessions', ({ sessions }) => sessions],
    ['playtimeMs', ({ playtimeMs }) => playtimeMs],
    ['afkMs', ({ afkMs }) => afkMs],
    ['platform', ({ platform }) => platform],
    ['device', ({ device }) => device],
    ['country', ({ country }) => country],
    ['domain', ({ domain }) => domain],
  ]
}
