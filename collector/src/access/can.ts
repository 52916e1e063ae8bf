import type { Actor, PersonCredential } from './actor.ts'
import { INSTALLATION_PERMISSIONS, isNetworkPermission, type Permission } from './permissions.ts'

/** Whether the actor may do it: on the network, or on the installation for what concerns no single network. */
export function can(actor: Actor, permission: Permission, networkId?: string): boolean {
  if (isNetworkPermission(permission) !== (networkId !== undefined)) return false
  switch (actor.kind) {
    case 'operator':
      return true
    case 'user': {
      if (!allows(actor.credential, permission, networkId)) return false
      if (networkId === undefined) return actor.ownsInstallation && isOfInstallation(permission)
      return isNetworkPermission(permission) && actor.grants.get(networkId)?.has(permission) === true
    }
  }
}

/** What a token was made for is a limit of its own. */
function allows(credential: PersonCredential, permission: Permission, networkId: string | undefined): boolean {
  if (credential.kind === 'session') return true
  if (credential.networkId !== null && credential.networkId !== networkId) return false
  return credential.permissions.has(permission)
}

function isOfInstallation(permission: Permission): boolean {
  return (INSTALLATION_PERMISSIONS as readonly string[]).includes(permission)
}
