import type { Role } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/**
 * The role that a person means: by its id, or its name in whatever case.
 *
 * @throws CliError ROLE_NOT_FOUND
 */
export function findRole(roles: readonly Role[], named: string): Role {
  const wanted = named.trim().toLowerCase()
  const role = roles.find(({ id }) => id === wanted) ?? roles.find(({ name }) => name.toLowerCase() === wanted)
  if (role !== undefined) return role
  const known = roles.map(({ name }) => name).join(', ')
  throw new CliError('ROLE_NOT_FOUND', `There is no role "${named}" in this network. There are: ${known}`)
}
