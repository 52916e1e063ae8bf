import { sql } from 'kysely'
import type { Postgres } from '../platform/postgres/client.ts'

/** When sessions that were opened over HTTP were last mentioned, kept for the time after a restart. */
export interface LeaseStore {
  save(
    leases: ReadonlyArray<{ readonly networkId: string; readonly sessionId: string; readonly lastSeenAtMs: number }>,
  ): Promise<void>
  load(networkId: string): Promise<ReadonlyMap<string, number>>
  forget(beforeMs: number): Promise<void>
}

/** Rows of one statement; PostgreSQL takes 65,535 values. */
const ROWS_MAX = 5_000

export function createLeaseStore(db: Postgres): LeaseStore {
  return {
    async save(leases) {
      for (let from = 0; from < leases.length; from += ROWS_MAX) {
        const rows = leases.slice(from, from + ROWS_MAX).map((lease) => ({
          network_id: lease.networkId,
          session_id: lease.sessionId,
          last_seen_at_ms: lease.lastSeenAtMs,
        }))
        await db
          .insertInto('session_leases')
          .values(rows)
          .onConflict((conflict) =>
            conflict
              .columns(['network_id', 'session_id'])
              .doUpdateSet({ last_seen_at_ms: sql`excluded.last_seen_at_ms` }),
          )
          .execute()
      }
    },
    async load(networkId) {
      const rows = await db
        .selectFrom('session_leases')
        .select(['session_id', 'last_seen_at_ms'])
        .where('network_id', '=', networkId)
        .execute()
      return new Map(rows.map((row) => [row.session_id, row.last_seen_at_ms]))
    },
    async forget(beforeMs) {
      await db.deleteFrom('session_leases').where('last_seen_at_ms', '<', beforeMs).execute()
    },
  }
}
