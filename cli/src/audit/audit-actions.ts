import type { AuditEntry } from '../api/types.ts'

/** Every action that the collector writes down: a record, so that the types say when one is missing here. */
const ACTIONS: Readonly<Record<AuditEntry['action'], true>> = {
  'network.created': true,
  'network.changed': true,
  'network.archived': true,
  'network.restored': true,
  'key.created': true,
  'key.renamed': true,
  'key.rotated': true,
  'key.revoked': true,
  'gamemode.mapped': true,
  'dead_letters.replayed': true,
  'dead_letters.discarded': true,
  'ccu.rebuilt': true,
  'sign_in.failed': true,
}

/** For the choices of a flag. */
export const AUDIT_ACTIONS = Object.keys(ACTIONS) as readonly AuditEntry['action'][]
