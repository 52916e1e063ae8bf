import type { NetworkSession } from '../api/types.ts'

/** As many as the collector gives at once. */
const PAGE_SESSIONS_MAX = 500

export interface SessionPage {
  readonly sessions: readonly NetworkSession[]
  /** Where the next page begins; null on the last. */
  readonly nextCursor: string | null
}

/**
 * Sessions page by page until there are `limit` of them or no more.
 *
 * @param load asks for the page that begins at the cursor
 */
export async function* loadSessionPages(
  load: (page: { readonly limit: number; readonly cursor: string | undefined }) => Promise<SessionPage>,
  { limit, cursor: firstCursor }: { readonly limit: number; readonly cursor: string | undefined },
): AsyncGenerator<SessionPage> {
  let cursor = firstCursor
  let left = limit
  do {
    const page = await load({ limit: Math.min(left, PAGE_SESSIONS_MAX), cursor })
    yield page
    left -= page.sessions.length
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined && left > 0)
}
