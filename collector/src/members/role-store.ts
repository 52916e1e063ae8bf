import { isBuiltInRole } from '../access/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { builtInRole, listPermissions, type Role, readPermissions } from './role.ts'

/** The network's own roles, by name. */
export async function loadRoles(db: Postgres, networkId: string): Promise<Role[]> {
  const rows = await db
    .selectFrom('roles')
    .select(['id', 'name', 'permissions'])
    .where('network_id', '=', networkId)
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ ...row, permissions: readPermissions(row.permissions) }))
}

/** A role that every network has, or one of this network's own; undefined when there is none. */
export async function loadRole(db: Postgres, networkId: string, roleId: string): Promise<Role | undefined> {
  if (isBuiltInRole(roleId)) return builtInRole(roleId)
  const row = await db
    .selectFrom('roles')
    .select(['id', 'name', 'permissions'])
    .where('network_id', '=', networkId)
    .where('id', '=', roleId)
    .executeTakeFirst()
  return row === undefined ? undefined : { ...row, permissions: readPermissions(row.permissions) }
}

/** Who has which role: the ids of the members, by the id of the role. */
export async function loadRoleHolders(db: Postgres, networkId: string): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db
    .selectFrom('members')
    .select(['user_id', 'built_in_role', 'role_id'])
    .where('network_id', '=', networkId)
    .execute()
  const holders = new Map<string, string[]>()
  for (const { user_id, built_in_role, role_id } of rows) {
    const roleId = built_in_role ?? role_id ?? ''
    holders.set(roleId, [...(holders.get(roleId) ?? []), user_id])
  }
  return holders
}

/** Stores a new role of a network. */
export async function addRole(
  transaction: PostgresTransaction,
  networkId: string,
  role: Role,
  createdAtMs: number,
): Promise<void> {
  await transaction
    .insertInto('roles')
    .values({ ...toRow(role), id: role.id, network_id: networkId, created_at_ms: createdAtMs })
    .execute()
}

/** Stores the name and the permissions of a role that is there. */
export async function saveRole(transaction: PostgresTransaction, role: Role): Promise<void> {
  await transaction.updateTable('roles').set(toRow(role)).where('id', '=', role.id).execute()
}

/** Removes a role that nobody has. */
export async function deleteRole(transaction: PostgresTransaction, roleId: string): Promise<void> {
  await transaction.deleteFrom('roles').where('id', '=', roleId).execute()
}

function toRow({ name, permissions }: Role) {
  return { name, permissions: listPermissions(permissions) }
}
