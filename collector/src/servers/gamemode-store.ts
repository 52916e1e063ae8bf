import type { Postgres } from '../platform/postgres/client.ts'

/** Where players play, as servers call it, and the game mode that it counts as. */
export interface Backend {
  readonly networkId: string
  readonly name: string
  readonly gamemode: string
  readonly firstSeenAtMs: number
}

export interface GamemodeStore {
  loadAll(): Promise<Backend[]>
  /** Adds a backend unless it is there. */
  add(backend: Backend): Promise<void>
  map(backend: Backend): Promise<void>
}

export function createGamemodeStore(db: Postgres): GamemodeStore {
  return {
    async loadAll() {
      const rows = await db.selectFrom('backends').selectAll().execute()
      return rows.map((row) => ({
        networkId: row.network_id,
        name: row.name,
        gamemode: row.gamemode,
        firstSeenAtMs: row.first_seen_at_ms,
      }))
    },
    async add(backend) {
      await db
        .insertInto('backends')
        .values({
          network_id: backend.networkId,
          name: backend.name,
          gamemode: backend.gamemode,
          first_seen_at_ms: backend.firstSeenAtMs,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async map({ networkId, name, gamemode }) {
      await db
        .updateTable('backends')
        .set({ gamemode })
        .where('network_id', '=', networkId)
        .where('name', '=', name)
        .execute()
    },
  }
}
