import { NETWORK_PERMISSIONS, type NetworkPermission } from './permissions.ts'

export const BUILT_IN_ROLES = ['owner', 'admin', 'analyst', 'viewer'] as const
/** Roles that every network has. Owners may do everything, and there is always one. */
export type BuiltInRole = (typeof BUILT_IN_ROLES)[number]

const VIEWER: readonly NetworkPermission[] = ['network.view', 'players.view']
const ANALYST: readonly NetworkPermission[] = [...VIEWER, 'revenue.view', 'export', 'campaigns.manage']

/** What each of them allows. */
export const PERMISSIONS_OF_ROLE: Readonly<Record<BuiltInRole, ReadonlySet<NetworkPermission>>> = {
  owner: new Set(NETWORK_PERMISSIONS),
  admin: new Set(NETWORK_PERMISSIONS.filter((permission) => permission !== 'network.delete')),
  analyst: new Set(ANALYST),
  viewer: new Set(VIEWER),
}

export function isBuiltInRole(text: string): text is BuiltInRole {
  return (BUILT_IN_ROLES as readonly string[]).includes(text)
}
