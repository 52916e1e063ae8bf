import { InvalidArgumentError } from 'commander'
import type { Role } from '../api/types.ts'

type Permission = Role['permissions'][number]

/** Every permission that a role can have: a record, so that the types say when one is missing here. */
const ALL: Readonly<Record<Permission, true>> = {
  'network.view': true,
  'network.settings': true,
  'network.delete': true,
  'players.view': true,
  'players.erase': true,
  'revenue.view': true,
  export: true,
  'keys.manage': true,
  'ingest.manage': true,
  'members.manage': true,
  'campaigns.manage': true,
  'providers.manage': true,
  'audit.view': true,
}

/** For the choices of a flag. Every role has `network.view`. */
export const ROLE_PERMISSIONS = Object.keys(ALL) as readonly Permission[]

/** For Commander: permissions with commas, or given several times; `network.view` is added. */
export function permissions(value: string, before: readonly Permission[] = ['network.view']): readonly Permission[] {
  const given = value.split(',').map((part) => readPermission(part.trim()))
  return ROLE_PERMISSIONS.filter((permission) => before.includes(permission) || given.includes(permission))
}

function readPermission(text: string): Permission {
  const permission = ROLE_PERMISSIONS.find((known) => known === text)
  if (permission === undefined) throw new InvalidArgumentError(`It must be of: ${ROLE_PERMISSIONS.join(', ')}.`)
  return permission
}
