import type { AppState } from '../../url/app-state.ts'
import type { Filter } from '../../url/filters.ts'

/** Times that the log can be looked at; each reaches to now. */
export const AUDIT_SINCE = ['24h', '7d', '28d', '91d', '12mo'] as const
export type AuditSince = (typeof AUDIT_SINCE)[number]

const DAY_MS = 86_400_000
const LENGTHS_MS: Readonly<Record<AuditSince, number>> = {
  '24h': DAY_MS,
  '7d': 7 * DAY_MS,
  '28d': 28 * DAY_MS,
  '91d': 91 * DAY_MS,
  '12mo': 366 * DAY_MS,
}
const DEFAULT_SINCE: AuditSince = '28d'

/** What of the log somebody wants to see. */
export interface AuditQuery {
  readonly since: AuditSince
  readonly action: string | undefined
  readonly user: string | undefined
  readonly cursor: string | undefined
}

/** Reads what is wanted from the URL. */
export function readAuditQuery({ range, filters, cursor }: Pick<AppState, 'range' | 'filters' | 'cursor'>): AuditQuery {
  const preset = range.kind === 'preset' ? range.preset : undefined
  return {
    since: AUDIT_SINCE.find((known) => known === preset) ?? DEFAULT_SINCE,
    action: chosenValue(filters, 'type'),
    user: chosenValue(filters, 'person'),
    cursor,
  }
}

/** When the wanted time begins. Whole minutes, so that the question stays the same while somebody reads. */
export function sinceMs(since: AuditSince, nowMs: number): number {
  return Math.floor((nowMs - LENGTHS_MS[since]) / 60_000) * 60_000
}

/** The filters with one value of a dimension, or without any. */
export function chooseFilter(
  filters: readonly Filter[],
  dimension: 'type' | 'person',
  value: string,
): readonly Filter[] {
  const others = filters.filter((filter) => filter.dimension !== dimension)
  return value === '' ? others : [...others, { dimension, operator: 'is', values: [value] }]
}

function chosenValue(filters: readonly Filter[], dimension: Filter['dimension']): string | undefined {
  return filters.find((filter) => filter.dimension === dimension && filter.operator === 'is')?.values[0]
}
