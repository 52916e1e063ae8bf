import type { AlignedRange } from '../platform/aligned-range.ts'
import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'

export const GAP_REASONS = ['collector_down', 'spool_full', 'buffer_full'] as const

/** A time in which numbers are missing. Instants in Unix milliseconds. */
export interface Gap {
  /** '' for the whole network. */
  readonly server: string
  readonly fromMs: number
  readonly toMs: number
  readonly reason: (typeof GAP_REASONS)[number]
  readonly lostEvents: number
}

export interface OutcomeRow {
  readonly outcome: string
  readonly atMs: number
  readonly events: number
}

/** What one server sent with one key. */
export interface SenderRow {
  readonly server: string
  readonly keyId: string | null
  readonly outcomes: Readonly<Record<string, number>>
  readonly lastAtMs: number
  readonly lastRefusedAtMs: number | null
}

export interface HealthStore {
  loadGaps(networkId: string, range: { readonly fromMs: number; readonly toMs: number }): Promise<Gap[]>
  /** By outcome, then by step. */
  loadOutcomes(networkId: string, range: AlignedRange): Promise<OutcomeRow[]>
  /** Those with most refusals first. */
  loadSenders(networkId: string, range: AlignedRange): Promise<SenderRow[]>
}

const GAPS = sqlFile(import.meta.url, 'queries/gaps.sql')
const OUTCOMES = sqlFile(import.meta.url, 'queries/outcomes.sql')
const SENDERS = sqlFile(import.meta.url, 'queries/senders.sql')
const GAPS_MAX = 1_000
const SENDERS_MAX = 200
const NO_ID = /^[0-]*$/

export function createHealthStore(clickhouse: ClickHouse): HealthStore {
  return {
    loadGaps: (networkId, { fromMs, toMs }) =>
      clickhouse.select<Gap>(GAPS, { networkId, fromMs, toMs, most: GAPS_MAX }),
    loadOutcomes: (networkId, range) => clickhouse.select<OutcomeRow>(OUTCOMES, { networkId, ...range }),
    async loadSenders(networkId, { fromMs, toMs }) {
      const rows = await clickhouse.select<SenderRow & { readonly keyId: string; readonly lastRefusedAtMs: number }>(
        SENDERS,
        { networkId, fromMs, toMs, most: SENDERS_MAX },
      )
      return rows.map(({ server, keyId, outcomes, lastAtMs, lastRefusedAtMs }) => ({
        server,
        keyId: NO_ID.test(keyId) ? null : keyId,
        outcomes,
        lastAtMs,
        lastRefusedAtMs: lastRefusedAtMs === 0 ? null : lastRefusedAtMs,
      }))
    },
  }
}
