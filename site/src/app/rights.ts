import type { ApiOutput } from '../api/api-types.ts'

/** What the collector says of who asks. */
type Account = ApiOutput<'get', '/account'>

/** One thing that somebody may do, on a network or on the installation. */
export type Permission = Account['permissions'][number]

/** What somebody may do on the installation and on each of their networks. */
export interface Rights {
  /** @param networkId for what concerns one network */
  may(permission: Permission, networkId: string | undefined): boolean
}

const OF_INSTALLATION: ReadonlySet<Permission> = new Set(['networks.create', 'users.manage', 'installation.audit'])

/** Rights as the collector tells them. They decide what is offered; what is asked for is decided there. */
export function readRights(account: Pick<Account, 'permissions' | 'networks' | 'credential'>): Rights {
  const ofNetworks = new Map(account.networks.map(({ networkId, permissions }) => [networkId, new Set(permissions)]))
  return {
    may(permission, networkId) {
      if (account.credential === 'operator') return true
      if (OF_INSTALLATION.has(permission)) return account.permissions.includes(permission)
      return networkId !== undefined && ofNetworks.get(networkId)?.has(permission) === true
    },
  }
}
