import type { Account } from '../api/types.ts'

/** Who somebody is to a collector: `Alex (alex@example.net)`, or the operator. */
export function nameAccount({ user, credential }: Account): string {
  if (user !== null) return `${user.name} (${user.email})`
  return credential === 'operator' ? 'the operator' : 'somebody without an account'
}

/** What they may do there, by name and value, for people. @param nameOf names a network by its id */
export function describeAccount(
  account: Account,
  nameOf: (networkId: string) => string,
): ReadonlyArray<readonly [name: string, value: string]> {
  const { credential, permissions, networks } = account
  if (credential === 'operator') return [['May', 'do everything, on every network']]
  const onNetworks = networks.map(
    ({ networkId, permissions: allowed }) => [nameOf(networkId), allowed.join(', ')] as const,
  )
  return [
    ['Installation', permissions.length === 0 ? 'nothing' : permissions.join(', ')],
    ...(onNetworks.length === 0 ? [['Networks', 'none'] as const] : onNetworks),
  ]
}
