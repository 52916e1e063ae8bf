import { createRouter } from '../platform/http/router.ts'
import type { Actor } from './access.ts'
import type { Author } from './author.ts'

/** A router of the API, where it is known who asks; `author` is for whatever is written down of it. */
export function createApiRouter() {
  return createRouter<{ actor: Actor; author: Author }>()
}
