import type { ApiOutput } from '../../api/api-types.ts'

/** An event as the collector's list has it. */
export type PlayerEvent = ApiOutput<'get', '/networks/:networkId/events'>['events'][number]
