import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'
import type { Storage } from '../storage/index.ts'

/** A pause longer than this between two samples is a gap. */
const GAP_MS_MIN = 150_000
/** Gaps are looked for this far back. */
const LOOK_BACK_MS = 30 * 86_400_000

const REASON_CODE = { collector_down: 1, spool_full: 2, buffer_full: 3 } as const

const LAST_SAMPLES = sqlFile(import.meta.url, 'queries/last-samples.sql')

/** Writes down when and why numbers are missing, so that screens can say so. */
export interface Gaps {
  /** After a start: the time without a collector, for every network that was being sampled when it stopped. */
  noteDowntime(nowMs: number): Promise<void>
  /** A server gave up events because its spool was full. */
  noteDropped(networkId: string, serverName: string, span: { fromMs: number; toMs: number; events: number }): void
}

export function createGaps({
  clickhouse,
  storage,
}: {
  readonly clickhouse: ClickHouse
  readonly storage: Storage
}): Gaps {
  return {
    async noteDowntime(nowMs) {
      const sinceSeconds = Math.floor((nowMs - LOOK_BACK_MS) / 1_000)
      const rows = await clickhouse.select<{ networkId: string; atMs: number }>(LAST_SAMPLES, { sinceSeconds })
      for (const { networkId, atMs } of rows) {
        if (nowMs - atMs < GAP_MS_MIN) continue
        storage.add('gaps', {
          network_id: networkId,
          server_name: '',
          started_at: atMs,
          ended_at: nowMs,
          reason: REASON_CODE.collector_down,
          lost_events: 0,
        })
      }
    },
    noteDropped(networkId, serverName, { fromMs, toMs, events }) {
      storage.add('gaps', {
        network_id: networkId,
        server_name: serverName,
        started_at: fromMs,
        ended_at: toMs,
        reason: REASON_CODE.spool_full,
        lost_events: events,
      })
    },
  }
}
