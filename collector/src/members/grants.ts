import { type NetworkPermission, PERMISSIONS_OF_ROLE } from '../access/index.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import { readPermissions } from './role.ts'

/** What somebody may do on each network that they are a member of. */
export type Grants = ReadonlyMap<string, ReadonlySet<NetworkPermission>>

/** Reads what people may do, as it is stored now; in one query, since every request asks. */
export function createGrants(db: Postgres): (userId: string) => Promise<Grants> {
  return async (userId) => {
    const rows = await db
      .selectFrom('members')
      .leftJoin('roles', 'roles.id', 'members.role_id')
      .select(['members.network_id', 'members.built_in_role', 'roles.permissions'])
      .where('members.user_id', '=', userId)
      .execute()
    return new Map(
      rows.map(({ network_id, built_in_role, permissions }) => [
        network_id,
        built_in_role === null ? readPermissions(permissions ?? []) : PERMISSIONS_OF_ROLE[built_in_role],
      ]),
    )
  }
}
