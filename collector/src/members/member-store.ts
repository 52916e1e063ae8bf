import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Member } from './member.ts'
import { type Role, readRole, toRoleColumns } from './role.ts'

/**
 * Puts changes of who may do what on a network one after the other, until the transaction ends. False when there is no
 * such network. It holds up no rows that only refer to the network.
 */
export async function lockNetwork(transaction: PostgresTransaction, networkId: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('networks')
    .select('id')
    .where('id', '=', networkId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row !== undefined
}

/** Members of a network, who joined first first. */
export async function loadMembers(db: Postgres, networkId: string): Promise<Member[]> {
  const rows = await selectMembers(db, networkId).orderBy('members.joined_at_ms').orderBy('members.user_id').execute()
  return rows.map(toMember)
}

/** Undefined for who is no member. */
export async function loadMember(db: Postgres, networkId: string, userId: string): Promise<Member | undefined> {
  const row = await selectMembers(db, networkId).where('members.user_id', '=', userId).executeTakeFirst()
  return row === undefined ? undefined : toMember(row)
}

/** Owners who are there to act: neither disabled, nor about to be removed with their account. */
export async function loadOwners(db: Postgres, networkId: string): Promise<Member[]> {
  const rows = await selectMembers(db, networkId)
    .where('members.built_in_role', '=', 'owner')
    .where('users.disabled_at_ms', 'is', null)
    .where('users.delete_at_ms', 'is', null)
    .orderBy('members.joined_at_ms')
    .orderBy('members.user_id')
    .execute()
  return rows.map(toMember)
}

/** @returns how many members the network has */
export async function countMembers(db: Postgres, networkId: string): Promise<number> {
  const { count } = await db
    .selectFrom('members')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('network_id', '=', networkId)
    .executeTakeFirstOrThrow()
  return count
}

/** Makes somebody a member, who is none yet. */
export async function addMember(
  transaction: PostgresTransaction,
  member: {
    readonly networkId: string
    readonly userId: string
    readonly roleId: string
    readonly joinedAtMs: number
  },
): Promise<void> {
  await transaction
    .insertInto('members')
    .values({
      network_id: member.networkId,
      user_id: member.userId,
      ...toRoleColumns(member.roleId),
      joined_at_ms: member.joinedAtMs,
    })
    .execute()
}

/** Gives a member another role. */
export async function saveMemberRole(
  transaction: PostgresTransaction,
  { networkId, userId }: Pick<Member, 'networkId' | 'userId'>,
  role: Role,
): Promise<void> {
  await transaction
    .updateTable('members')
    .set(toRoleColumns(role.id))
    .where('network_id', '=', networkId)
    .where('user_id', '=', userId)
    .execute()
}

/** Takes somebody off the network. */
export async function deleteMember(
  transaction: PostgresTransaction,
  { networkId, userId }: Pick<Member, 'networkId' | 'userId'>,
): Promise<void> {
  await transaction.deleteFrom('members').where('network_id', '=', networkId).where('user_id', '=', userId).execute()
}

function selectMembers(db: Postgres, networkId: string) {
  return db
    .selectFrom('members')
    .innerJoin('users', 'users.id', 'members.user_id')
    .leftJoin('roles', 'roles.id', 'members.role_id')
    .select([
      'members.network_id',
      'members.user_id',
      'members.built_in_role',
      'members.role_id',
      'members.joined_at_ms',
      'users.name',
      'users.email',
      'roles.name as role_name',
      'roles.permissions as role_permissions',
    ])
    .where('members.network_id', '=', networkId)
}

type MemberRow = Awaited<ReturnType<ReturnType<typeof selectMembers>['execute']>>[number]

function toMember(row: MemberRow): Member {
  return {
    networkId: row.network_id,
    userId: row.user_id,
    name: row.name,
    email: row.email,
    role: readRole(row),
    joinedAtMs: row.joined_at_ms,
  }
}
