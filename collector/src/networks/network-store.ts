import type { Postgres } from '../platform/postgres/client.ts'
import type { Network } from './network.ts'

export interface NetworkStore {
  loadAll(): Promise<Network[]>
  save(network: Network): Promise<void>
}

/** Networks in PostgreSQL. There are few, so they are read all at once. */
export function createNetworkStore(db: Postgres): NetworkStore {
  return {
    async loadAll() {
      const rows = await db.selectFrom('networks').selectAll().orderBy('created_at_ms').orderBy('id').execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        timeZone: row.time_zone,
        currency: row.currency,
        resumeWindowMs: row.resume_window_ms,
        createdAtMs: row.created_at_ms,
        archivedAtMs: row.archived_at_ms,
      }))
    },

    async save(network) {
      const row = {
        id: network.id,
        name: network.name,
        time_zone: network.timeZone,
        currency: network.currency,
        resume_window_ms: network.resumeWindowMs,
        created_at_ms: network.createdAtMs,
        archived_at_ms: network.archivedAtMs,
      }
      const { id: _, created_at_ms: __, ...changeable } = row
      await db
        .insertInto('networks')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(changeable))
        .execute()
    },
  }
}
