import type { ApiKey } from '../api/types.ts'
import { CliError } from '../cli-error.ts'

/**
 * The key that a person means: by its id, its name, or the last four characters of its secret. Revoked keys are meant
 * only when no other is.
 *
 * @throws CliError KEY_NOT_FOUND, or USAGE when several are meant
 */
export function findKey(keys: readonly ApiKey[], named: string): ApiKey {
  const matches: ReadonlyArray<(key: ApiKey) => boolean> = [
    ({ id }) => id === named.toLowerCase(),
    ({ name }) => name === named,
    ({ lastFour }) => lastFour === named.slice(-4) && (named.length === 4 || named.startsWith('mct_')),
  ]
  for (const isMatch of matches) {
    const found = keys.filter(isMatch)
    const valid = found.filter(({ revokedAtMs }) => revokedAtMs === null)
    const [key, second] = valid.length > 0 ? valid : found
    if (key === undefined) continue
    if (second === undefined) return key
    const ids = found.map(({ id }) => id).join(', ')
    throw new CliError('USAGE', `Several keys are called "${named}". Name one by its id: ${ids}`)
  }
  throw new CliError(
    'KEY_NOT_FOUND',
    `There is no key "${named}" in this network. See which there are with: mctrack keys list`,
  )
}

/** A name for a key that nobody named: what it is for, with a number when that is taken. */
export function nameForKey(keys: ReadonlyArray<Pick<ApiKey, 'name'>>, gamemode: string | undefined): string {
  const base = gamemode ?? 'servers'
  const taken = new Set(keys.map(({ name }) => name))
  const nameOf = (number: number): string => (number === 1 ? base : `${base}-${number}`)
  let number = 1
  while (taken.has(nameOf(number))) number += 1
  return nameOf(number)
}
