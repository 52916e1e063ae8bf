import type { AuditEntry } from '../api/types.ts'
import { type Clock, createClock } from '../format/clock.ts'
import { formatDuration } from '../format/durations.ts'
import type { Palette } from '../terminal/palette.ts'
import type { Column } from '../terminal/table.ts'

/**
 * The columns of a table of the audit log.
 *
 * @param nameOf names a network by its id; undefined when all entries are of one
 */
export function auditColumns({
  timeZone,
  palette,
  nameOf,
}: {
  readonly timeZone: string
  readonly palette: Palette
  readonly nameOf: ((networkId: string) => string) | undefined
}): ReadonlyArray<Column<AuditEntry>> {
  const clock = createClock(timeZone)
  const network: Column<AuditEntry> = {
    title: 'Network',
    text: ({ networkId }) => (networkId === null ? '' : (nameOf?.(networkId) ?? '')),
  }
  return [
    { title: 'When', text: ({ atMs }) => clock.dateTime(atMs), isWhole: true },
    { title: 'Who', text: ({ actor }) => actor.name ?? (actor.id === null ? actor.kind : `${actor.kind} ${actor.id}`) },
    { title: 'From', text: ({ address }) => address ?? '' },
    {
      title: 'What',
      text: ({ action }) => action,
      isWhole: true,
      style: (text, { failure, action }) =>
        failure !== null || action === 'sign_in.failed' ? palette.bad(text) : text,
    },
    ...(nameOf === undefined ? [] : [network]),
    { title: 'Change', text: (entry) => describeChange(entry, clock) },
    { title: 'On', text: describeTarget },
  ]
}

/** `key 019aa…`; nothing for a network, which is told apart. */
function describeTarget({ target: { kind, id } }: AuditEntry): string {
  if (kind === 'network') return ''
  return id === null ? kind : `${kind} ${id}`
}

/** `name: Old → New, currency: EUR → USD`; of what is new its fields alone. */
export function describeChange({ before, after, failure }: AuditEntry, clock: Clock): string {
  if (failure !== null) return `failed: ${failure}`
  const value = (name: string, given: string | number | boolean | null | undefined): string => {
    if (given === null || given === undefined) return 'none'
    if (typeof given !== 'number' || !name.endsWith('Ms')) return String(given)
    return /(?:At|[Ff]rom|^to)Ms$/.test(name) ? clock.dateTime(given) : formatDuration(given)
  }
  return Object.entries(after ?? {})
    .map(([name, is]) => {
      const label = name.replace(/(?:At)?Ms$/, '')
      const was = before?.[name]
      const isKept = was === undefined || was === is
      return `${label}: ${isKept ? value(name, is) : `${value(name, was)} → ${value(name, is)}`}`
    })
    .join(', ')
}
