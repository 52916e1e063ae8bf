import { type AuditedChange, type AuditFields, changedFields } from '../audit/index.ts'
import type { Network } from './network.ts'

/** What the audit log says of a new network. */
export function auditCreation(network: Network): AuditedChange {
  return { ...of(network), action: 'network.created', before: null, after: settingsOf(network) }
}

/** What the audit log says of a network that is there no more. */
export function auditRemoval(network: Network): AuditedChange {
  return { ...of(network), action: 'network.deleted', before: settingsOf(network), after: null }
}

/** What the audit log says of a change: of settings, of being archived or to be deleted, of both or of nothing. */
export function auditChange(before: Network, after: Network): AuditedChange[] {
  const settings = changedFields(settingsOf(before), settingsOf(after))
  const state = changedFields(stateOf(before), stateOf(after))
  return [
    ...(settings === undefined ? [] : [{ ...of(after), action: 'network.changed' as const, ...settings }]),
    ...(state === undefined ? [] : [{ ...of(after), action: stateAction(before, after), ...state }]),
  ]
}

/** A deletion archives, and taking it back may restore: that is one step, and one entry. */
function stateAction(before: Network, after: Network): AuditedChange['action'] {
  if (before.deleteAtMs === after.deleteAtMs) {
    return after.archivedAtMs === null ? 'network.restored' : 'network.archived'
  }
  return after.deleteAtMs === null ? 'network.deletion_cancelled' : 'network.deletion_requested'
}

function of({ id }: Network) {
  return { networkId: id, target: { kind: 'network', id } } as const
}

/** Whether it is a demo network is told of those alone. */
function settingsOf({ name, timeZone, currency, resumeWindowMs, isDemo }: Network): AuditFields {
  return { name, timeZone, currency, resumeWindowMs, ...(isDemo ? { isDemo } : {}) }
}

function stateOf({ archivedAtMs, deleteAtMs }: Network) {
  return { archivedAtMs, deleteAtMs }
}
