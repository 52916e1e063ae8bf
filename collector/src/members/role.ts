import {
  BUILT_IN_ROLES,
  type BuiltInRole,
  isBuiltInRole,
  isNetworkPermission,
  NETWORK_PERMISSIONS,
  type NetworkPermission,
  PERMISSIONS_OF_ROLE,
} from '../access/index.ts'

/** What somebody may do on a network, under one name. */
export interface Role {
  /** `owner`, `admin`, `analyst` or `viewer`, which every network has; else the UUID of one of its own. */
  readonly id: string
  readonly name: string
  readonly permissions: ReadonlySet<NetworkPermission>
}

const NAMES: Readonly<Record<BuiltInRole, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  analyst: 'Analyst',
  viewer: 'Viewer',
}

/** Which role a row names: one of two columns. */
export interface RoleColumns {
  readonly built_in_role: BuiltInRole | null
  readonly role_id: string | null
}

/** A role that every network has. */
export function builtInRole(id: BuiltInRole): Role {
  return { id, name: NAMES[id], permissions: PERMISSIONS_OF_ROLE[id] }
}

/** The roles that every network has, the one that may do most first. */
export const BUILT_IN: readonly Role[] = BUILT_IN_ROLES.map(builtInRole)

/** How a row names the role. */
export function toRoleColumns(roleId: string): RoleColumns {
  return isBuiltInRole(roleId) ? { built_in_role: roleId, role_id: null } : { built_in_role: null, role_id: roleId }
}

/** The role of a row that was joined with that of its own role, where it has one. */
export function readRole(row: {
  readonly built_in_role: BuiltInRole | null
  readonly role_id: string | null
  readonly role_name: string | null
  readonly role_permissions: readonly string[] | null
}): Role {
  if (row.built_in_role !== null) return builtInRole(row.built_in_role)
  return {
    id: row.role_id ?? '',
    name: row.role_name ?? '',
    permissions: readPermissions(row.role_permissions ?? []),
  }
}

/** The permissions of a stored role; one that is not known here, since another version wrote it, allows nothing. */
export function readPermissions(stored: readonly string[]): ReadonlySet<NetworkPermission> {
  return new Set(stored.filter(isNetworkPermission))
}

/** Once each, in the order in which they are declared. */
export function listPermissions(permissions: ReadonlySet<NetworkPermission>): NetworkPermission[] {
  return NETWORK_PERMISSIONS.filter((permission) => permissions.has(permission))
}

/** Whether a role that every network has is called so. */
export function isBuiltInName(name: string): boolean {
  return BUILT_IN.some((role) => role.name.toLowerCase() === name.toLowerCase())
}

export const ROLE_LIMITS = {
  nameCharsMax: 64,
  /** A list that people still read, and that is read whole. */
  perNetworkMax: 50,
} as const
