import type { Author } from '../access/index.ts'
import type { AuditedChange, AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { loadMember, lockNetwork } from './member-store.ts'
import { renewSignIns } from './renew-sign-ins.ts'
import { type Rights, rightsOf } from './rights.ts'

/** A change of who may do what on a network, while it is made. */
export interface NetworkChange {
  readonly transaction: PostgresTransaction
  /** What whoever makes the change may do, as it is stored now. */
  readonly rights: Rights
  /** What goes into the audit log with the change. */
  note(...changes: readonly AuditedChange[]): void
  /** These may do something else from now on. */
  affects(...userIds: readonly string[]): void
}

/** Makes a change, wholly or not at all, with its entries in the audit log. */
export type ChangeNetwork = <Result>(
  networkId: string,
  author: Author,
  make: (change: NetworkChange) => Promise<Result>,
) => Promise<Result>

export interface ChangeNetworkDeps {
  readonly db: Postgres
  readonly audit: Pick<AuditLog, 'write'>
  /** Told after somebody may do something else than before. */
  readonly onRightsChanged: () => void
}

/**
 * Changes of one network are made one after the other, each by what is there then: what was true when the request came
 * may not be any more.
 */
export function createChangeNetwork({ db, audit, onRightsChanged }: ChangeNetworkDeps): ChangeNetwork {
  return async (networkId, author, make) => {
    const affected = new Set<string>()
    const result = await db.transaction().execute(async (transaction) => {
      if (!(await lockNetwork(transaction, networkId))) throw new MctrackError('NETWORK_NOT_FOUND')
      const { actor } = author
      const member = actor.kind === 'user' ? await loadMember(transaction, networkId, actor.userId) : undefined
      const changes: AuditedChange[] = []
      const made = await make({
        transaction,
        rights: rightsOf(actor, member?.role, networkId),
        note: (...more) => void changes.push(...more),
        affects(...userIds) {
          for (const userId of userIds) affected.add(userId)
        },
      })
      await renewSignIns(transaction, Array.from(affected))
      await audit.write(transaction, author, changes)
      return made
    })
    if (affected.size > 0) onRightsChanged()
    return result
  }
}

/** @throws MctrackError FORBIDDEN for who may not manage members any more */
export function requireManaging({ rights }: NetworkChange): void {
  if (!rights.permissions.has('members.manage')) throw new MctrackError('FORBIDDEN')
}
