import { defineMessages } from './define-messages.ts'

const OF_INSTALLATION: ReadonlySet<string> = new Set(['networks.create', 'users.manage', 'installation.audit'])

const words = defineMessages({
  'network.view': 'See live numbers, charts and servers',
  'network.settings': 'Change the settings of the network',
  'network.delete': 'Delete the network',
  'players.view': 'See players, their sessions and events',
  'players.erase': 'Erase what is stored of players, and stop recording those who opt out',
  'revenue.view': 'See revenue',
  export: 'Export rows as files',
  'keys.manage': 'Make, replace and revoke API keys',
  'ingest.manage': 'Decide about refused data',
  'members.manage': 'Manage members, roles and invitations',
  'campaigns.manage': 'Manage campaigns',
  'providers.manage': 'Manage payment providers',
  'audit.view': 'See who changed what',
  'networks.create': 'Create networks',
  'users.manage': 'Manage everybody’s accounts',
  'installation.audit': 'See who changed what on the whole installation',
})

/** Permissions on one network, in the order in which they are shown; the others are of the installation. */
export const NETWORK_PERMISSIONS = Object.keys(words).filter((name) => !OF_INSTALLATION.has(name))
export const INSTALLATION_PERMISSIONS = [...OF_INSTALLATION]

/** What a permission lets somebody do, in words; its own name for one that a newer collector knows. */
export function permissionWords(permission: string): string {
  return Object.hasOwn(words, permission) ? words[permission as keyof typeof words] : permission
}
