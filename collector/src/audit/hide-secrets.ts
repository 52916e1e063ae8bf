import type { AuditFields } from './audit-entry.ts'

/** Secrets of every kind that we make begin like this: `mct_…`, `mcto_…`, and those that are to come. */
const SECRET = /mct[a-z]?_[A-Za-z0-9_-]{16,}/g
const HIDDEN = '[hidden]'

/** Takes out of a text what looks like a secret of ours: people paste one where a name belongs. */
export function hideSecrets(text: string): string {
  return text.replace(SECRET, HIDDEN)
}

/** The same for every field. */
export function hideSecretsOf(fields: AuditFields | null): AuditFields | null {
  if (fields === null) return null
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? hideSecrets(value) : value]),
  )
}
