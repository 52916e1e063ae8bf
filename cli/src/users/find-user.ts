import type { User } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/**
 * The user that a person means: by their e-mail address in whatever case, or by id.
 *
 * @throws CliError USER_NOT_FOUND
 */
export function findUser(users: readonly User[], named: string): User {
  const wanted = named.trim().toLowerCase()
  const user = users.find(({ id, email }) => id === wanted || email.toLowerCase() === wanted)
  if (user !== undefined) return user
  throw new CliError('USER_NOT_FOUND', `There is no user "${named}". See which there are with: mctrack users list`)
}
