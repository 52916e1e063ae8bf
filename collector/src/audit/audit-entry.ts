import type { ErrorCode } from '@mctrack/sdk/protocol'
import type { Author } from '../access/index.ts'

/** All that is written down, by what it is done to and what is done. Entries name nothing else. */
export const AUDIT_ACTIONS = [
  'network.created',
  'network.changed',
  'network.archived',
  'network.restored',
  'network.transferred',
  'network.deletion_requested',
  'network.deletion_cancelled',
  'network.deleted',
  'key.created',
  'key.renamed',
  'key.rotated',
  'key.revoked',
  'gamemode.mapped',
  'dead_letters.replayed',
  'dead_letters.discarded',
  'ccu.rebuilt',
  'player.exported',
  'player.erased',
  'player.opted_out',
  'player.opted_in',
  'member.added',
  'member.changed',
  'member.removed',
  'member.left',
  'role.created',
  'role.changed',
  'role.deleted',
  'invitation.created',
  'invitation.cancelled',
  'invitation.accepted',
  'installation.set_up',
  'setup_link.created',
  'user.created',
  'user.changed',
  'user.disabled',
  'user.enabled',
  'user.exported',
  'user.deletion_requested',
  'user.deletion_cancelled',
  'user.deleted',
  'password.changed',
  'password_link.created',
  'token.created',
  'token.revoked',
  'device.approved',
  'device.denied',
  'sign_in.succeeded',
  'sign_in.failed',
  'sign_in.ended',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Who can have done it. `unknown`: whoever is not signed in; `system`: the collector itself. */
export const AUDIT_ACTOR_KINDS = [
  'operator',
  'user',
  'unknown',
  'system',
] as const satisfies readonly Author['actor']['kind'][]
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number]

/** What it can have been done to. */
export const AUDIT_TARGET_KINDS = [
  'network',
  'key',
  'backend',
  'dead_letter',
  'player',
  'user',
  'role',
  'invitation',
  'token',
  'sign_in',
  'device',
  'installation',
  'operator',
] as const
export type AuditTargetKind = (typeof AUDIT_TARGET_KINDS)[number]

/** Fields of something, before or after a change: those that differ, and never a secret. */
export type AuditFields = Readonly<Record<string, string | number | boolean | null>>

/** A change that is to be written down. */
export interface AuditedChange {
  readonly action: AuditAction
  /** Null for what concerns the whole installation. */
  readonly networkId: string | null
  readonly target: { readonly kind: AuditTargetKind; readonly id: string | null }
  /** Null when there was nothing before. */
  readonly before: AuditFields | null
  /** Null when there is nothing after. */
  readonly after: AuditFields | null
}

/** One line of the audit log as it is listed. */
export interface ListedEntry extends AuditEntry {
  /** Its name is null for others than users, and for users who are gone. */
  readonly actor: AuditEntry['actor'] & { readonly name: string | null }
}

/** One line of the audit log. */
export interface AuditEntry extends AuditedChange {
  readonly id: string
  readonly atMs: number
  /** Its id is null for kinds that have no single ones. */
  readonly actor: { readonly kind: AuditActorKind; readonly id: string | null }
  /** The network that the request came from, such as `203.0.113.0/24`; never the whole address. */
  readonly address: string | null
  readonly requestId: string
  /** Why the change that an earlier entry of the same request announced was not made; null for what was. */
  readonly failure: ErrorCode | null
}
