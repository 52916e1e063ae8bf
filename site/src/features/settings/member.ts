import type { ApiOutput } from '../../api/api-types.ts'

/** A member as the API lists them. */
export type Member = ApiOutput<'get', '/networks/:networkId/members'>[number]
