import { type Actor, can, type Permission } from '../accounts/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Network } from './network.ts'
import type { Networks } from './networks.ts'

/**
 * The network, if the actor may do this on it. A network that the actor may not even see does not exist for them.
 *
 * @throws MctrackError NETWORK_NOT_FOUND or FORBIDDEN
 */
export function requireNetwork(networks: Networks, actor: Actor, permission: Permission, networkId: string): Network {
  const network = networks.get(networkId)
  if (network === undefined || !can(actor, 'network.view', networkId)) throw new MctrackError('NETWORK_NOT_FOUND')
  if (!can(actor, permission, networkId)) throw new MctrackError('FORBIDDEN')
  return network
}
