import { sql } from 'kysely'
import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import { toUser } from '../users/index.ts'

/** Entries of the audit log that are in memory at once. */
const PAGE_ENTRIES = 1_000

/** Gives out all that is stored of a person, as pieces of one JSON document; secrets and their hashes are not in it. */
export type ExportAccount = (userId: string, author: Author) => Promise<AsyncGenerator<string>>

export function createExportAccount(deps: {
  readonly db: Postgres
  readonly audit: Pick<AuditLog, 'note'>
  readonly now: () => number
}): ExportAccount {
  const { db, audit, now } = deps

  /** Everything but the audit log, which may be long. */
  async function load(userId: string) {
    const row = await db.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
    if (row === undefined) throw new MctrackError('USER_NOT_FOUND')
    const password = await db
      .selectFrom('passwords')
      .select('changed_at_ms as changedAtMs')
      .where('user_id', '=', userId)
      .executeTakeFirst()
    const memberships = await db
      .selectFrom('members')
      .innerJoin('networks', 'networks.id', 'members.network_id')
      .leftJoin('roles', 'roles.id', 'members.role_id')
      .select([
        'networks.id as networkId',
        'networks.name as network',
        sql<string>`coalesce(members.built_in_role, roles.name)`.as('role'),
        'members.joined_at_ms as joinedAtMs',
      ])
      .where('members.user_id', '=', userId)
      .orderBy('members.joined_at_ms')
      .execute()
    const signIns = await db
      .selectFrom('sign_in_sessions')
      .select([
        'id',
        'created_at_ms as createdAtMs',
        'last_seen_at_ms as lastSeenAtMs',
        'expires_at_ms as expiresAtMs',
        'user_agent as userAgent',
        'address',
        'country',
      ])
      .where('user_id', '=', userId)
      .orderBy('created_at_ms')
      .execute()
    const tokens = await db
      .selectFrom('tokens')
      .select([
        'id',
        'name',
        'last_four as lastFour',
        'permissions',
        'network_id as networkId',
        'created_at_ms as createdAtMs',
        'expires_at_ms as expiresAtMs',
        'revoked_at_ms as revokedAtMs',
        'last_used_at_ms as lastUsedAtMs',
      ])
      .where('user_id', '=', userId)
      .orderBy('created_at_ms')
      .execute()
    const invitations = (of: 'sent' | 'received') => {
      const query = db
        .selectFrom('invitations')
        .innerJoin('networks', 'networks.id', 'invitations.network_id')
        .select([
          'networks.id as networkId',
          'networks.name as network',
          'invitations.email',
          'invitations.created_at_ms as createdAtMs',
          'invitations.expires_at_ms as expiresAtMs',
        ])
        .orderBy('invitations.created_at_ms')
      if (of === 'sent') return query.where('invitations.sent_by', '=', userId).execute()
      return query.where(sql<string>`lower(invitations.email)`, '=', row.email.toLowerCase()).execute()
    }
    return {
      exportedAtMs: now(),
      user: toUser(row),
      passwordChangedAtMs: password?.changedAtMs ?? null,
      memberships,
      signIns,
      tokens,
      invitationsSent: await invitations('sent'),
      invitationsReceived: await invitations('received'),
    }
  }

  /** By the person, and about them; of others who did something, no more is told than what they are. */
  async function* entries(userId: string): AsyncGenerator<object> {
    const isBy = sql<boolean>`actor_kind = 'user' AND actor_id = ${userId}::uuid`
    const isAbout = sql<boolean>`(target_kind = 'user' AND target_id = ${userId})
      OR before->>'userId' = ${userId} OR after->>'userId' = ${userId}`
    let below: { readonly atMs: number; readonly id: string } | undefined
    for (;;) {
      let query = db
        .selectFrom('audit_log')
        .select([
          'id',
          'at_ms as atMs',
          'action',
          'network_id as networkId',
          'target_kind as targetKind',
          'target_id as targetId',
          'before',
          'after',
          'failure',
          'request_id as requestId',
          'actor_kind as actorKind',
          sql<boolean>`coalesce(${isBy}, false)`.as('isByYou'),
          sql<string | null>`CASE WHEN ${isBy} THEN address::text END`.as('address'),
        ])
        .where(sql<boolean>`(${isBy}) OR ${isAbout}`)
        .orderBy('at_ms', 'desc')
        .orderBy('id', 'desc')
        .limit(PAGE_ENTRIES)
      if (below !== undefined) {
        const { atMs, id } = below
        query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at_ms', 'id'), '<', tuple(atMs, id)))
      }
      const page = await query.execute()
      yield* page
      below = page.at(-1)
      if (page.length < PAGE_ENTRIES) return
    }
  }

  async function* write(userId: string, head: object): AsyncGenerator<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"auditEntries":[`
    let separator = ''
    for await (const entry of entries(userId)) {
      yield `${separator}\n${JSON.stringify(entry)}`
      separator = ','
    }
    yield ']}'
  }

  return async (userId, author) => {
    const head = await load(userId)
    const target = { kind: 'user', id: userId } as const
    await audit.note(author, { action: 'user.exported', networkId: null, target, before: null, after: null })
    return write(userId, head)
  }
}
