import type { Columns } from '../platform/export/columns.ts'
import type { WriteInstant } from '../platform/zoned-instant.ts'
import type { EventRow } from './event.ts'

export type NamedEvent = EventRow & { readonly playerName: string | null }

/** What an export of events has of each; properties as the text of a JSON object. */
export function eventColumns(write: WriteInstant): Columns<NamedEvent> {
  return [
    ['eventId', ({ eventId }) => eventId],
    ['kind', ({ kind }) => kind],
    ['name', ({ name }) => name],
    ['at', ({ atMs }) => write(atMs)],
    ['atMs', ({ atMs }) => atMs],
    ['playerId', ({ playerId }) => playerId],
    ['playerName', ({ playerName }) => playerName],
    ['sessionId', ({ sessionId }) => sessionId],
    ['server', ({ server }) => server],
    ['properties', ({ properties }) => JSON.stringify(properties)],
  ]
}
