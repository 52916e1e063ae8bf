/** What may be done on a network, one by one. Roles and tokens are made of these. */
export const NETWORK_PERMISSIONS = [
  /** Live numbers, past CCU, servers and the state of ingest. */
  'network.view',
  'network.settings',
  /** Deleting it, and taking that back. */
  'network.delete',
  /** Single players: names, sessions, events. */
  'players.view',
  /** Erasing all that is stored of a player. */
  'players.erase',
  'revenue.view',
  /** Rows in bulk, as files. */
  'export',
  'keys.manage',
  /** Deciding about dead letters. */
  'ingest.manage',
  /** Members, roles and invitations. */
  'members.manage',
  'campaigns.manage',
  'providers.manage',
  'audit.view',
] as const
export type NetworkPermission = (typeof NETWORK_PERMISSIONS)[number]

/** What may be done on the whole installation. Its owners may do all of it, other people nothing. */
export const INSTALLATION_PERMISSIONS = ['networks.create', 'users.manage', 'installation.audit'] as const
export type InstallationPermission = (typeof INSTALLATION_PERMISSIONS)[number]

export const PERMISSIONS = [...NETWORK_PERMISSIONS, ...INSTALLATION_PERMISSIONS] as const
export type Permission = NetworkPermission | InstallationPermission

export function isNetworkPermission(text: string): text is NetworkPermission {
  return (NETWORK_PERMISSIONS as readonly string[]).includes(text)
}
