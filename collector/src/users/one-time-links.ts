import { randomBytes } from 'node:crypto'
import { hashSecret } from '../access/index.ts'
import type { Postgres } from '../platform/postgres/client.ts'

/** What a link is for. */
export type LinkPurpose =
  | { readonly kind: 'setup' }
  /** Choosing a password. */
  | { readonly kind: 'password'; readonly userId: string }

const VALID_MS = { setup: 60 * 60_000, password: 48 * 60 * 60_000 } as const
const SECRET_BYTES = 32
const PAGES = { setup: 'set-up', password: 'password' } as const

/** A link as it is shown, once. */
export interface OneTimeLink {
  readonly url: string
  readonly expiresAtMs: number
}

/** Links that work once. A new one takes the place of those before it. */
export interface OneTimeLinks {
  create(purpose: LinkPurpose, transaction: Postgres): Promise<OneTimeLink>
  /** What the token of a link is for; undefined when it does not work. */
  look(token: string, kind: LinkPurpose['kind']): Promise<LinkPurpose | undefined>
  /** As `look`, and it does not work again, unless the transaction fails. */
  use(token: string, kind: LinkPurpose['kind'], transaction: Postgres): Promise<LinkPurpose | undefined>
}

export interface OneTimeLinksDeps {
  readonly db: Postgres
  readonly now: () => number
  /** Origin of the site. */
  readonly siteUrl: () => string
}

export function createOneTimeLinks({ db, now, siteUrl }: OneTimeLinksDeps): OneTimeLinks {
  return {
    async create(purpose, transaction) {
      const userId = purpose.kind === 'password' ? purpose.userId : null
      const token = randomBytes(SECRET_BYTES).toString('base64url')
      const createdAtMs = now()
      const expiresAtMs = createdAtMs + VALID_MS[purpose.kind]
      await transaction
        .deleteFrom('one_time_links')
        .where('kind', '=', purpose.kind)
        .where('user_id', userId === null ? 'is' : '=', userId)
        .execute()
      await transaction
        .insertInto('one_time_links')
        .values({
          sha256: hashSecret(token),
          kind: purpose.kind,
          user_id: userId,
          created_at_ms: createdAtMs,
          expires_at_ms: expiresAtMs,
        })
        .execute()
      // Behind the #, so that no server and no log ever sees it.
      return { url: `${siteUrl()}/${PAGES[purpose.kind]}#${token}`, expiresAtMs }
    },

    async look(token, kind) {
      const row = await db
        .selectFrom('one_time_links')
        .select('user_id')
        .where('sha256', '=', hashSecret(token))
        .where('kind', '=', kind)
        .where('expires_at_ms', '>', now())
        .executeTakeFirst()
      return toPurpose(kind, row)
    },

    async use(token, kind, transaction) {
      const row = await transaction
        .deleteFrom('one_time_links')
        .where('sha256', '=', hashSecret(token))
        .where('kind', '=', kind)
        .where('expires_at_ms', '>', now())
        .returning('user_id')
        .executeTakeFirst()
      return toPurpose(kind, row)
    },
  }
}

function toPurpose(
  kind: LinkPurpose['kind'],
  row: { readonly user_id: string | null } | undefined,
): LinkPurpose | undefined {
  if (row === undefined) return undefined
  if (kind === 'setup') return { kind }
  return row.user_id === null ? undefined : { kind, userId: row.user_id }
}
