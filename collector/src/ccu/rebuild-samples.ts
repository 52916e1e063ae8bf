import type { ClickHouse } from '../platform/clickhouse/client.ts'
import { sqlFile } from '../platform/clickhouse/sql-file.ts'

const MINUTE_MS = 60_000
/** What ClickHouse computes at once: bounds its memory, whatever the range. */
const CHUNK_MS = 86_400_000
const REBUILD_SQL = sqlFile(import.meta.url, 'queries/rebuild-samples.sql')

/**
 * Computes samples of the past from stored sessions. Minutes that were sampled at the time are left alone.
 *
 * @param fromMs first minute, Unix milliseconds, a whole minute
 * @param toMs end of the range, not in it, a whole minute
 */
export type RebuildSamples = (networkId: string, fromMs: number, toMs: number) => Promise<void>

/** Repeating it, also over a part of the range, changes nothing but what newly stored sessions change. */
export function createRebuildSamples(clickhouse: ClickHouse): RebuildSamples {
  return async (networkId, fromMs, toMs) => {
    if (fromMs % MINUTE_MS !== 0 || toMs % MINUTE_MS !== 0) throw new Error('a range that is not of whole minutes')
    for (let chunkMs = fromMs; chunkMs < toMs; chunkMs += CHUNK_MS) {
      await clickhouse.command(REBUILD_SQL, { networkId, fromMs: chunkMs, toMs: Math.min(chunkMs + CHUNK_MS, toMs) })
    }
  }
}
