import type { Storage } from '../storage/index.ts'
import type { Watch } from './watch-store.ts'

/** A time without a collector that is longer than this is a gap. */
const GAP_MS_MIN = 150_000

const REASON_CODE = { collector_down: 1, spool_full: 2, buffer_full: 3 } as const

/** Writes down when and why numbers are missing, so that screens can say so. */
export interface Gaps {
  /** After a start: the time without a collector, for every network that was followed when the last one stopped. */
  noteDowntime(nowMs: number): Promise<void>
  /** A server gave up events because its spool was full. */
  noteDropped(networkId: string, serverName: string, span: { fromMs: number; toMs: number; events: number }): void
  /**
   * What found no room in the buffers, once there is room again.
   *
   * @param isLast this process ends: it is told now or never
   */
  noteLosses(isLast?: boolean): void
}

export function createGaps({
  storage,
  loadWatch,
}: {
  readonly storage: Storage
  /** The networks that a worker followed last, and when that was. */
  readonly loadWatch: () => Promise<Watch | undefined>
}): Gaps {
  return {
    async noteDowntime(nowMs) {
      const watch = await loadWatch()
      // A network without a server when the collector went down misses nothing.
      if (watch === undefined || nowMs - watch.atMs < GAP_MS_MIN) return
      for (const networkId of watch.networkIds) {
        storage.add('gaps', {
          network_id: networkId,
          server_name: '',
          started_at: watch.atMs,
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
    noteLosses(isLast) {
      for (const { networkId, fromMs, toMs, rows } of storage.takeLosses(isLast)) {
        storage.add('gaps', {
          network_id: networkId,
          server_name: '',
          started_at: fromMs,
          ended_at: toMs,
          reason: REASON_CODE.buffer_full,
          lost_events: rows,
        })
      }
    },
  }
}
