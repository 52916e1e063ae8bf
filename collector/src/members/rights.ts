import { type Author, can, NETWORK_PERMISSIONS, type NetworkPermission } from '../access/index.ts'
import type { Role } from './role.ts'

/** What whoever makes a change of roles or members may do on the network. */
export interface Rights {
  readonly permissions: ReadonlySet<NetworkPermission>
  /** Owners alone make owners, change and remove them; the operator may as well. */
  readonly isOwner: boolean
}

/**
 * @param role what they have on the network as it is stored now, rather than when the request came; undefined for who is
 *   no member
 */
export function rightsOf(actor: Author['actor'], role: Role | undefined, networkId: string): Rights {
  switch (actor.kind) {
    case 'operator':
      return { permissions: new Set(NETWORK_PERMISSIONS), isOwner: true }
    case 'user': {
      if (role === undefined) return NONE
      const current = { ...actor, grants: new Map([[networkId, role.permissions]]) }
      // A token may allow less than its owner's role.
      const permissions = NETWORK_PERMISSIONS.filter((permission) => can(current, permission, networkId))
      return { permissions: new Set(permissions), isOwner: role.id === 'owner' }
    }
    case 'unknown':
    case 'system':
      return NONE
  }
}

const NONE: Rights = { permissions: new Set(), isOwner: false }

/** Whether they may make, change, give or take the role: nobody does that with permissions beyond their own. */
export function mayGive(rights: Rights, role: Role): boolean {
  if (role.id === 'owner' && !rights.isOwner) return false
  return Array.from(role.permissions).every((permission) => rights.permissions.has(permission))
}

/** Whether they may manage members, and give or take this role. */
export function mayInvite(rights: Rights, role: Role): boolean {
  return rights.permissions.has('members.manage') && mayGive(rights, role)
}
