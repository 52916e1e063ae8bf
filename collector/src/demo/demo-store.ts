import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { DEMO_LIMITS, type DemoPhase, type DemoState } from './demo-state.ts'

/** The demo network as it is stored. */
export interface StoredDemo extends Omit<DemoState, 'networkId' | 'phase'> {
  readonly networkId: string
  readonly phase: DemoPhase
  readonly days: number
  /** When all of the history was there; null before. */
  readonly loadedAtMs: number | null
}

export interface DemoStore {
  /** In the transaction that creates the network. */
  add(transaction: PostgresTransaction, networkId: string, days: number): Promise<void>
  load(networkId: string): Promise<StoredDemo | undefined>
  save(demo: Omit<StoredDemo, 'days'>): Promise<void>
}

/** How far the demo network is, in PostgreSQL, so that every collector can tell. */
export function createDemoStore(db: Postgres): DemoStore {
  return {
    async add(transaction, networkId, days) {
      await transaction
        .insertInto('demo_networks')
        .values({
          network_id: networkId,
          days,
          phase: 'starting',
          history_share: 0,
          sessions: 0,
          events: 0,
          failure: null,
          loaded_at_ms: null,
        })
        .execute()
    },

    async load(networkId) {
      const row = await db
        .selectFrom('demo_networks')
        .selectAll()
        .where('network_id', '=', networkId)
        .executeTakeFirst()
      if (row === undefined) return undefined
      return {
        networkId,
        days: row.days,
        phase: row.phase,
        historyShare: row.history_share,
        sessions: row.sessions,
        events: row.events,
        failure: row.failure,
        loadedAtMs: row.loaded_at_ms,
      }
    },

    async save({ networkId, phase, historyShare, sessions, events, failure, loadedAtMs }) {
      await db
        .updateTable('demo_networks')
        .set({
          phase,
          history_share: historyShare,
          sessions,
          events,
          failure: failure?.slice(0, DEMO_LIMITS.failureCharsMax) ?? null,
          loaded_at_ms: loadedAtMs,
        })
        .where('network_id', '=', networkId)
        .execute()
    },
  }
}
