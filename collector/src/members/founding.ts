import { sql } from 'kysely'
import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { PostgresTransaction } from '../platform/postgres/client.ts'
import { auditJoining } from './member.ts'
import { addMember } from './member-store.ts'
import { renewSignIns } from './renew-sign-ins.ts'
import { builtInRole } from './role.ts'

/** Networks get their first owners here; members.ts sees to it that they keep one. */
export interface Founding {
  /**
   * Gives a new network its owners, in the transaction that creates it: whoever does, and for the operator everybody who
   * owns the installation.
   */
  found(transaction: PostgresTransaction, networkId: string, author: Author): Promise<void>
  /**
   * Makes the first owner of the installation owner of all networks that have none, in the transaction that creates the
   * account.
   */
  adoptNetworks(transaction: PostgresTransaction, userId: string, author: Author): Promise<void>
}

export interface FoundingDeps {
  readonly audit: Pick<AuditLog, 'write'>
  readonly now: () => number
}

/** Any number that no other program uses as an advisory lock on the same database. */
const FOUNDING_LOCK = 7_236_471_912

export function createFounding({ audit, now }: FoundingDeps): Founding {
  async function makeOwner(
    transaction: PostgresTransaction,
    { networkId, userId }: { readonly networkId: string; readonly userId: string },
    author: Author,
  ): Promise<void> {
    await addMember(transaction, { networkId, userId, roleId: 'owner', joinedAtMs: now() })
    await renewSignIns(transaction, [userId])
    await audit.write(transaction, author, [auditJoining(networkId, userId, builtInRole('owner'))])
  }

  return {
    async found(transaction, networkId, author) {
      await lockFounding(transaction)
      for (const userId of await loadFounders(transaction, author)) {
        await makeOwner(transaction, { networkId, userId }, author)
      }
    },

    async adoptNetworks(transaction, userId, author) {
      await lockFounding(transaction)
      const networks = await transaction
        .selectFrom('networks')
        .select('id')
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('members')
                .select('members.user_id')
                .whereRef('members.network_id', '=', 'networks.id')
                .where((of) => of.or([of('members.built_in_role', '=', 'owner'), of('members.user_id', '=', userId)])),
            ),
          ),
        )
        .orderBy('created_at_ms')
        .execute()
      for (const { id } of networks) await makeOwner(transaction, { networkId: id, userId }, author)
    },
  }
}

/** A network that is made while the first owner is must not be missed by both. */
async function lockFounding(transaction: PostgresTransaction): Promise<void> {
  await sql`SELECT pg_advisory_xact_lock(${FOUNDING_LOCK}::bigint)`.execute(transaction)
}

async function loadFounders(transaction: PostgresTransaction, { actor }: Author): Promise<string[]> {
  if (actor.kind === 'user') return [actor.userId]
  const rows = await transaction
    .selectFrom('users')
    .select('id')
    .where('owns_installation', '=', true)
    .where('disabled_at_ms', 'is', null)
    .where('delete_at_ms', 'is', null)
    .orderBy('id')
    .execute()
  return rows.map(({ id }) => id)
}
