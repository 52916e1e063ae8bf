import type { AuditedChange } from '../audit/index.ts'
import { maskEmail } from '../users/index.ts'
import type { NetworkChange } from './change-network.ts'
import type { Invitation } from './invitation.ts'
import { deleteInvitation, loadInvitations } from './invitation-store.ts'

/** What the audit log says of a new invitation. */
export function auditInviting(invitation: Invitation): AuditedChange {
  return { ...of(invitation), action: 'invitation.created', before: null, after: told(invitation) }
}

/** What the audit log says of an invitation that is there no longer. */
export function auditEnd(
  invitation: Invitation,
  action: 'invitation.accepted' | 'invitation.cancelled',
): AuditedChange {
  return { ...of(invitation), action, before: told(invitation), after: null }
}

/** Cancels what is there for somebody, since they are a member now or another invitation takes its place. */
export async function withdrawInvitation(change: NetworkChange, networkId: string, email: string): Promise<void> {
  for (const invitation of await loadInvitations(change.transaction, networkId)) {
    if (invitation.email.toLowerCase() !== email.toLowerCase()) continue
    await deleteInvitation(change.transaction, invitation.id)
    change.note(auditEnd(invitation, 'invitation.cancelled'))
  }
}

function of({ networkId, id }: Invitation): Pick<AuditedChange, 'networkId' | 'target'> {
  return { networkId, target: { kind: 'invitation', id } }
}

function told({ email, role }: Invitation) {
  return { email: maskEmail(email), role: role.name }
}
