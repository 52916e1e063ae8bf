import type { AuditedChange } from '../audit/index.ts'
import type { Role } from './role.ts'

/** Somebody who may see a network, and more as their role says. */
export interface Member {
  readonly networkId: string
  readonly userId: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly joinedAtMs: number
}

export const MEMBER_LIMITS = {
  /** A list that people still read, and that is read whole. */
  perNetworkMax: 500,
} as const

/** What the audit log says of somebody who has become a member. */
export function auditJoining(networkId: string, userId: string, role: Role): AuditedChange {
  const target = { kind: 'user', id: userId } as const
  return { action: 'member.added', networkId, target, before: null, after: { role: role.name } }
}

/** What the audit log says of a member who has another role. */
export function auditRoleChange({ networkId, userId, role }: Member, after: Role): AuditedChange {
  const target = { kind: 'user', id: userId } as const
  return { action: 'member.changed', networkId, target, before: { role: role.name }, after: { role: after.name } }
}

/** What the audit log says of somebody who is a member no longer. */
export function auditLeaving({ networkId, userId, role }: Member, isByOneself: boolean): AuditedChange {
  const action = isByOneself ? 'member.left' : 'member.removed'
  return { action, networkId, target: { kind: 'user', id: userId }, before: { role: role.name }, after: null }
}
