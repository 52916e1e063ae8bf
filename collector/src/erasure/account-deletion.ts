import type { Author } from '../access/index.ts'
import type { AuditedChange, AuditLog } from '../audit/index.ts'
import { requireOtherOwners } from '../members/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { cutOff, type User, type UserStore } from '../users/index.ts'
import { DELETION_WAIT_MS } from './network-deletion.ts'

/** Deleting an account: asked for, waited for, and meanwhile taken back. */
export interface AccountDeletion {
  /**
   * Signs out everywhere, ends all tokens, and lets the account be removed in seven days. When it waits already, that
   * stays as it is.
   *
   * @throws MctrackError USER_NOT_FOUND, or OWNER_NEEDED with what would have no owner left
   */
  request(userId: string, author: Author): Promise<User>
  /**
   * Takes it back; without effect when nothing waits. What was signed out stays so.
   *
   * @throws MctrackError USER_NOT_FOUND, or CONFLICT when the time is over
   */
  cancel(userId: string, author: Author): Promise<User>
  /** Removes an account whose time has come, with all that belongs to it. Resolves with whether it was there and due. */
  removeDue(userId: string, author: Author): Promise<boolean>
}

export interface AccountDeletionDeps {
  readonly db: Postgres
  readonly users: Pick<UserStore, 'lock' | 'lockOwners' | 'change'>
  readonly audit: Pick<AuditLog, 'write'>
  readonly now: () => number
  /** Told after somebody was signed out. */
  readonly onRightsChanged: () => void
}

export function createAccountDeletion(deps: AccountDeletionDeps): AccountDeletion {
  const { db, users, audit, now, onRightsChanged } = deps

  async function lock(userId: string, transaction: PostgresTransaction): Promise<User> {
    const user = await users.lock(userId, transaction)
    if (user === undefined) throw new MctrackError('USER_NOT_FOUND')
    return user
  }

  /** Networks first, then owners, then the account: nobody waits for another in a circle. */
  async function requireOwners(userId: string, transaction: PostgresTransaction): Promise<User> {
    await requireOtherOwners(transaction, userId)
    const owners = await users.lockOwners(transaction)
    const user = await lock(userId, transaction)
    const isNeeded = owners.length === 1 && owners[0]?.id === userId
    if (isNeeded) {
      throw new MctrackError('OWNER_NEEDED', 'The installation must keep an owner. Make somebody else one first.')
    }
    return user
  }

  async function wait(before: User, deleteAtMs: number | null, author: Author, transaction: PostgresTransaction) {
    await users.change(before.id, { deleteAtMs }, transaction)
    const action = deleteAtMs === null ? 'user.deletion_cancelled' : 'user.deletion_requested'
    const fields = { before: { deleteAtMs: before.deleteAtMs }, after: { deleteAtMs } }
    await audit.write(transaction, author, [{ ...of(before.id), action, ...fields }])
    return { ...before, deleteAtMs }
  }

  return {
    async request(userId, author) {
      const waiting = await db.transaction().execute(async (transaction) => {
        const user = await requireOwners(userId, transaction)
        if (user.deleteAtMs !== null) return user
        const atMs = now()
        await cutOff(transaction, userId, { atMs })
        return wait(user, atMs + DELETION_WAIT_MS, author, transaction)
      })
      onRightsChanged()
      return waiting
    },

    cancel: (userId, author) =>
      db.transaction().execute(async (transaction) => {
        const user = await lock(userId, transaction)
        if (user.deleteAtMs === null) return user
        if (user.deleteAtMs <= now()) {
          throw new MctrackError('CONFLICT', 'The time to take it back is over: the account is being removed.')
        }
        return wait(user, null, author, transaction)
      }),

    async removeDue(userId, author) {
      const isRemoved = await db.transaction().execute(async (transaction) => {
        const row = await transaction
          .deleteFrom('users')
          .where('id', '=', userId)
          .where('delete_at_ms', '<=', now())
          .returning('id')
          .executeTakeFirst()
        if (row === undefined) return false
        const removed: AuditedChange = { ...of(userId), action: 'user.deleted', before: null, after: null }
        await audit.write(transaction, author, [removed])
        return true
      })
      if (isRemoved) onRightsChanged()
      return isRemoved
    },
  }
}

function of(userId: string) {
  return { networkId: null, target: { kind: 'user', id: userId } } as const
}
