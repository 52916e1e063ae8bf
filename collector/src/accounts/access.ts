import { createHash, timingSafeEqual } from 'node:crypto'

/** Who makes a request. So far there is the machine's operator alone, who may do everything. */
export interface Actor {
  readonly kind: 'operator'
}

/** What can be allowed or not, one by one. */
export const PERMISSIONS = [
  'networks.create',
  'network.view',
  'network.settings',
  'players.view',
  'keys.manage',
  'ingest.manage',
  'audit.view',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** Finds who a bearer token belongs to, in the same time for any wrong token. */
export function authenticate(token: string, operatorToken: string): Actor | undefined {
  const given = createHash('sha256').update(token).digest()
  const wanted = createHash('sha256').update(operatorToken).digest()
  return timingSafeEqual(given, wanted) ? { kind: 'operator' } : undefined
}

/** Whether the actor may do it, on the network or, without one, on the whole installation. */
export function can(actor: Actor, permission: Permission, networkId?: string): boolean {
  switch (actor.kind) {
    case 'operator':
      return PERMISSIONS.includes(permission) && networkId !== ''
  }
}
