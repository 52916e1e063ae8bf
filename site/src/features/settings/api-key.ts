import type { ApiOutput } from '../../api/api-types.ts'

/** A key as the API lists it. */
export type ApiKey = ApiOutput<'get', '/networks/:networkId/keys'>[number]
