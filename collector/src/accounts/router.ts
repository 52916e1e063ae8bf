import { createRouter } from '../platform/http/router.ts'
import type { Actor } from './access.ts'

/** A router of the API, where it is known who asks. */
export function createApiRouter() {
  return createRouter<{ actor: Actor }>()
}
