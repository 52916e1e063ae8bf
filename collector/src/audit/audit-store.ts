import type { ErrorCode } from '@mctrack/sdk/protocol'
import type { Cursor } from '../platform/http/cursor.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import type {
  AuditAction,
  AuditActorKind,
  AuditEntry,
  AuditFields,
  AuditTargetKind,
  ListedEntry,
} from './audit-entry.ts'

/** Which entries are asked for. Times in Unix milliseconds. */
export interface AuditFilter {
  readonly networkId?: string
  readonly action?: AuditAction
  readonly actorKind?: AuditActorKind
  /** Done by this user. */
  readonly userId?: string
  /** Written in [fromMs, beforeMs). */
  readonly fromMs?: number
  readonly beforeMs?: number
  /** Continue below this entry, in the order of the list. */
  readonly below?: Cursor
  readonly limit: number
}

export interface AuditStore {
  /** @param db the transaction of the change, where there is one */
  append(db: Postgres, entries: readonly AuditEntry[]): Promise<void>
  /** The newest first. */
  load(filter: AuditFilter): Promise<ListedEntry[]>
}

/** The audit log in PostgreSQL, which takes new entries and gives up none. */
export function createAuditStore(database: Postgres): AuditStore {
  return {
    async append(db, entries) {
      if (entries.length === 0) return
      await db.insertInto('audit_log').values(entries.map(toRow)).execute()
    },

    async load({ networkId, action, actorKind, userId, fromMs, beforeMs, below, limit }) {
      let query = database
        .selectFrom('audit_log')
        .leftJoin('users', 'users.id', 'audit_log.actor_id')
        .selectAll('audit_log')
        .select('users.name as actor_name')
      if (networkId !== undefined) query = query.where('network_id', '=', networkId)
      if (action !== undefined) query = query.where('action', '=', action)
      if (actorKind !== undefined) query = query.where('actor_kind', '=', actorKind)
      if (userId !== undefined) query = query.where('actor_id', '=', userId)
      if (fromMs !== undefined) query = query.where('at_ms', '>=', fromMs)
      if (beforeMs !== undefined) query = query.where('at_ms', '<', beforeMs)
      if (below !== undefined) {
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('audit_log.at_ms', 'audit_log.id'), '<', tuple(below.atMs, below.id)),
        )
      }
      const rows = await query.orderBy('audit_log.at_ms', 'desc').orderBy('audit_log.id', 'desc').limit(limit).execute()
      // Kinds, actions and codes are of our closed lists, since only we write here.
      return rows.map((row) => ({
        id: row.id,
        atMs: row.at_ms,
        actor: { kind: row.actor_kind as AuditActorKind, id: row.actor_id, name: row.actor_name },
        address: row.address,
        requestId: row.request_id,
        action: row.action as AuditAction,
        networkId: row.network_id,
        target: { kind: row.target_kind as AuditTargetKind, id: row.target_id },
        before: row.before as AuditFields | null,
        after: row.after as AuditFields | null,
        failure: row.failure as ErrorCode | null,
      }))
    },
  }
}

function toRow(entry: AuditEntry) {
  return {
    id: entry.id,
    at_ms: entry.atMs,
    actor_kind: entry.actor.kind,
    actor_id: entry.actor.id,
    address: entry.address,
    request_id: entry.requestId,
    action: entry.action,
    network_id: entry.networkId,
    target_kind: entry.target.kind,
    target_id: entry.target.id,
    before: toJson(entry.before),
    after: toJson(entry.after),
    failure: entry.failure,
  }
}

function toJson(fields: AuditFields | null): string | null {
  return fields === null ? null : JSON.stringify(fields)
}
