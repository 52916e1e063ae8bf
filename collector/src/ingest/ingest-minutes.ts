import type { Storage } from '../storage/index.ts'
import type { IngestStats } from './stats.ts'

const MINUTE_MS = 60_000
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Stores what became of what arrived, by the minute. */
export interface IngestMinutes {
  /** Writes what was counted since the last call as that of the minute that `atMs` lies in. */
  write(atMs: number): void
}

export function createIngestMinutes({
  stats,
  storage,
  collectorId,
}: {
  readonly stats: IngestStats
  readonly storage: Storage
  readonly collectorId: string
}): IngestMinutes {
  return {
    write(atMs) {
      const minute = Math.floor(atMs / MINUTE_MS) * (MINUTE_MS / 1_000)
      for (const { networkId, outcome, sender, events } of stats.takeDeltas()) {
        storage.add('ingest_minutes', {
          network_id: networkId,
          minute,
          outcome,
          collector_id: collectorId,
          events,
          server_name: sender?.server ?? '',
          key_id: sender?.keyId ?? NO_ID,
        })
      }
    },
  }
}
