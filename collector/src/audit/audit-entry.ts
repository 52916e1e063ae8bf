import type { ErrorCode } from '@mctrack/sdk/protocol'
import type { Actor } from '../accounts/index.ts'

/** All that is written down, by what it is done to and what is done. Entries name nothing else. */
export const AUDIT_ACTIONS = [
  'network.created',
  'network.changed',
  'network.archived',
  'network.restored',
  'key.created',
  'key.renamed',
  'key.rotated',
  'key.revoked',
  'gamemode.mapped',
  'dead_letters.replayed',
  'dead_letters.discarded',
  'ccu.rebuilt',
  'sign_in.failed',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

/** Who can have done it. `unknown`: whoever showed a token that is nobody's. */
export const AUDIT_ACTOR_KINDS = ['operator', 'unknown'] as const satisfies readonly (Actor['kind'] | 'unknown')[]
export type AuditActorKind = (typeof AUDIT_ACTOR_KINDS)[number]

/** What it can have been done to. */
export const AUDIT_TARGET_KINDS = ['network', 'key', 'backend', 'dead_letter', 'operator'] as const
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
