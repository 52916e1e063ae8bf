import { type AuditedChange, type AuditFields, changedFields } from '../audit/index.ts'
import type { Network } from './network.ts'

/** What the audit log says of a new network. */
export function auditCreation(network: Network): AuditedChange {
  return { ...of(network), action: 'network.created', before: null, after: whatIsSet(network) }
}

/** What the audit log says of a network that is there no more. */
export function auditRemoval(network: Network): AuditedChange {
  return { ...of(network), action: 'network.deleted', before: whatIsSet(network), after: null }
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

/** Settings without those that are not set. */
function whatIsSet(network: Network): AuditFields {
  return Object.fromEntries(Object.entries(settingsOf(network)).filter(([, value]) => value !== null))
}

/** Whether it is a demo network is told of those alone. */
function settingsOf(network: Network): AuditFields {
  const { name, timeZone, currency, resumeWindowMs, dataRetentionDays, dataRetentionFromMs, isDemo } = network
  const fields = { name, timeZone, currency, resumeWindowMs, dataRetentionDays, dataRetentionFromMs }
  return { ...fields, ...(isDemo ? { isDemo } : {}) }
}

function stateOf({ archivedAtMs, deleteAtMs }: Network) {
  return { archivedAtMs, deleteAtMs }
}
