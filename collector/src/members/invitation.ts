import type { Rights } from './rights.ts'
import { mayInvite } from './rights.ts'
import type { Role } from './role.ts'

/** Lets the holder of a link become a member, if the account has this e-mail address. */
export interface Invitation {
  readonly id: string
  readonly networkId: string
  readonly networkName: string
  readonly email: string
  readonly role: Role
  /** Who sent it; null for the operator. */
  readonly sender: Sender | null
  readonly createdAtMs: number
  readonly expiresAtMs: number
}

/** Who sent an invitation, as they are now. */
export interface Sender {
  readonly userId: string
  readonly name: string
  readonly isDisabled: boolean
  /** Undefined for who is no member any more. */
  readonly role: Role | undefined
}

export const INVITATION_LIMITS = {
  lifetimeMs: 48 * 3_600_000,
  /** Open ones of a network. */
  perNetworkMax: 200,
} as const

/** Whether it still works: it has not expired, and who sent it could still send it. */
export function works({ role, sender, expiresAtMs }: Invitation, nowMs: number): boolean {
  if (expiresAtMs <= nowMs) return false
  if (sender === null) return true
  if (sender.isDisabled || sender.role === undefined) return false
  const rights: Rights = { permissions: sender.role.permissions, isOwner: sender.role.id === 'owner' }
  return mayInvite(rights, role)
}
