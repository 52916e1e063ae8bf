import type { Postgres } from '../platform/postgres/client.ts'

/** The networks that were followed at one moment: those with a server that reports, or did a moment ago. */
export interface Watch {
  readonly atMs: number
  readonly networkIds: readonly string[]
}

/** What the worker saw last, kept for the time after a restart. */
export interface WatchStore {
  save(watch: Watch): Promise<void>
  load(): Promise<Watch | undefined>
}

const ROW_ID = 1

export function createWatchStore(db: Postgres): WatchStore {
  return {
    async save({ atMs, networkIds }) {
      const row = { at_ms: atMs, network_ids: Array.from(networkIds) }
      await db
        .insertInto('last_watch')
        .values({ id: ROW_ID, ...row })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
        .execute()
    },
    async load() {
      const row = await db.selectFrom('last_watch').selectAll().executeTakeFirst()
      return row === undefined ? undefined : { atMs: row.at_ms, networkIds: row.network_ids }
    },
  }
}
