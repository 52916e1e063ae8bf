import { type AuditedChange, changedFields } from '../audit/index.ts'
import type { Network } from './network.ts'

/** What the audit log says of a new network. */
export function auditCreation(network: Network): AuditedChange {
  return { ...of(network), action: 'network.created', before: null, after: settingsOf(network) }
}

/** What the audit log says of a change: of settings, of being archived, of both or of nothing. */
export function auditChange(before: Network, after: Network): AuditedChange[] {
  const settings = changedFields(settingsOf(before), settingsOf(after))
  const archive = changedFields({ archivedAtMs: before.archivedAtMs }, { archivedAtMs: after.archivedAtMs })
  const archiveAction = after.archivedAtMs === null ? 'network.restored' : 'network.archived'
  return [
    ...(settings === undefined ? [] : [{ ...of(after), action: 'network.changed' as const, ...settings }]),
    ...(archive === undefined ? [] : [{ ...of(after), action: archiveAction, ...archive } as const]),
  ]
}

function of({ id }: Network) {
  return { networkId: id, target: { kind: 'network', id } } as const
}

function settingsOf({ name, timeZone, currency, resumeWindowMs }: Network) {
  return { name, timeZone, currency, resumeWindowMs }
}
