import type { ApiOutput } from '../../api/api-types.ts'

/** A player as the collector tells of one. */
export type PlayerDetails = ApiOutput<'get', '/networks/:networkId/players/:playerId'>
