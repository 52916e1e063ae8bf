import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { Invitation } from './invitation.ts'
import { readRole, toRoleColumns } from './role.ts'

/** An invitation as it is stored: of who sent it, the id. */
export interface StoredInvitation extends Omit<Invitation, 'networkName' | 'sender'> {
  /** Null for the operator. */
  readonly sentBy: string | null
}

/** Open invitations of a network, and those that have expired since, the newest first. */
export async function loadInvitations(db: Postgres, networkId: string): Promise<Invitation[]> {
  const rows = await selectInvitations(db)
    .where('invitations.network_id', '=', networkId)
    .orderBy('invitations.created_at_ms', 'desc')
    .orderBy('invitations.id')
    .execute()
  return rows.map(toInvitation)
}

/** The invitation of a link; undefined when it was used, cancelled or replaced. */
export async function findInvitation(db: Postgres, sha256: Buffer): Promise<Invitation | undefined> {
  const row = await selectInvitations(db).where('invitations.sha256', '=', sha256).executeTakeFirst()
  return row === undefined ? undefined : toInvitation(row)
}

/** How many invitations the network has, or how many give one of its roles. */
export async function countInvitations(db: Postgres, networkId: string, roleId?: string): Promise<number> {
  let query = db
    .selectFrom('invitations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('network_id', '=', networkId)
  if (roleId !== undefined) query = query.where('role_id', '=', roleId)
  return (await query.executeTakeFirstOrThrow()).count
}

/** Stores an invitation, of whose secret only the hash is kept. */
export async function addInvitation(
  transaction: PostgresTransaction,
  invitation: StoredInvitation,
  sha256: Buffer,
): Promise<void> {
  await transaction
    .insertInto('invitations')
    .values({
      id: invitation.id,
      network_id: invitation.networkId,
      email: invitation.email,
      ...toRoleColumns(invitation.role.id),
      sha256,
      sent_by: invitation.sentBy,
      created_at_ms: invitation.createdAtMs,
      expires_at_ms: invitation.expiresAtMs,
    })
    .execute()
}

/** Whether it was there: who removes it has used it, and nobody else has. */
export async function deleteInvitation(transaction: PostgresTransaction, id: string): Promise<boolean> {
  const rows = await transaction.deleteFrom('invitations').where('id', '=', id).returning('id').execute()
  return rows.length > 0
}

/** Removes what has expired: of one network, or of all. */
export async function deleteExpired(db: Postgres, nowMs: number, networkId?: string): Promise<void> {
  const query = db.deleteFrom('invitations').where('expires_at_ms', '<=', nowMs)
  await (networkId === undefined ? query : query.where('network_id', '=', networkId)).execute()
}

function selectInvitations(db: Postgres) {
  return db
    .selectFrom('invitations')
    .innerJoin('networks', 'networks.id', 'invitations.network_id')
    .leftJoin('roles', 'roles.id', 'invitations.role_id')
    .leftJoin('users', 'users.id', 'invitations.sent_by')
    .leftJoin('members', (join) =>
      join
        .onRef('members.user_id', '=', 'invitations.sent_by')
        .onRef('members.network_id', '=', 'invitations.network_id'),
    )
    .leftJoin('roles as sender_roles', 'sender_roles.id', 'members.role_id')
    .select([
      'invitations.id',
      'invitations.network_id',
      'invitations.email',
      'invitations.built_in_role',
      'invitations.role_id',
      'invitations.sent_by',
      'invitations.created_at_ms',
      'invitations.expires_at_ms',
      'networks.name as network_name',
      'roles.name as role_name',
      'roles.permissions as role_permissions',
      'users.name as sender_name',
      'users.disabled_at_ms as sender_disabled_at_ms',
      'members.joined_at_ms as sender_joined_at_ms',
      'members.built_in_role as sender_built_in_role',
      'members.role_id as sender_role_id',
      'sender_roles.name as sender_role_name',
      'sender_roles.permissions as sender_role_permissions',
    ])
}

type InvitationRow = Awaited<ReturnType<ReturnType<typeof selectInvitations>['execute']>>[number]

function toInvitation(row: InvitationRow): Invitation {
  return {
    id: row.id,
    networkId: row.network_id,
    networkName: row.network_name,
    email: row.email,
    role: readRole(row),
    sender: row.sent_by === null ? null : readSender(row, row.sent_by),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
  }
}

function readSender(row: InvitationRow, userId: string): NonNullable<Invitation['sender']> {
  const role = readRole({
    built_in_role: row.sender_built_in_role,
    role_id: row.sender_role_id,
    role_name: row.sender_role_name,
    role_permissions: row.sender_role_permissions,
  })
  return {
    userId,
    name: row.sender_name ?? '',
    isDisabled: row.sender_disabled_at_ms !== null,
    role: row.sender_joined_at_ms === null ? undefined : role,
  }
}
