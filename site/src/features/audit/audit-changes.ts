import type { AuditEntry } from '../../messages/audit-messages.ts'

/** A field that differs. Undefined where there was nothing, or is nothing. */
export interface AuditChange {
  readonly name: string
  readonly before: string | undefined
  readonly after: string | undefined
}

type Value = string | number | boolean | null

/** What differs since a change, field by field; what is the same or empty on both sides is left out. */
export function listChanges(
  { before, after }: Pick<AuditEntry, 'before' | 'after'>,
  write: (name: string, value: Value) => string,
): readonly AuditChange[] {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  return names.flatMap((name) => {
    const [was, is] = [before?.[name], after?.[name]]
    if (was === is || ((was ?? null) === null && (is ?? null) === null)) return []
    const text = (value: Value | undefined) => (value === undefined || value === null ? undefined : write(name, value))
    const change = { name, before: text(was), after: text(is) }
    // A field that had a value and has none any more.
    return [after !== null && change.after === undefined ? { ...change, after: write(name, null) } : change]
  })
}

/** What the change was made to, by the name that its fields tell; '' where they tell none. */
export function subjectOf({ before, after }: Pick<AuditEntry, 'before' | 'after'>): string {
  for (const name of ['name', 'email', 'backend', 'role']) {
    const value = after?.[name] ?? before?.[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return ''
}
