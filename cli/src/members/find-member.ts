import type { Member } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/**
 * The member that a person means: by e-mail address in whatever case, by id, or by name where one alone has it.
 *
 * @throws CliError MEMBER_NOT_FOUND, or USAGE when several are meant
 */
export function findMember(members: readonly Member[], named: string): Member {
  const wanted = named.trim().toLowerCase()
  const exact = members.find(({ userId, email }) => userId === wanted || email?.toLowerCase() === wanted)
  if (exact !== undefined) return exact
  const [member, second] = members.filter(({ name }) => name.toLowerCase() === wanted)
  if (second !== undefined) {
    throw new CliError('USAGE', `Several members are called "${named}". Name one by e-mail address.`)
  }
  if (member !== undefined) return member
  throw new CliError(
    'MEMBER_NOT_FOUND',
    `There is no member "${named}" in this network. See who there is with: mctrack members list`,
  )
}

/** How a member is called in a message. */
export function nameMember({ name, email }: Member): string {
  return email === null || email === name ? name : `${name} (${email})`
}
