import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
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
  /** Gives a backend its game mode. One that is not stored yet is added. */
  map(backend: Backend, author: Author): Promise<void>
}

export function createGamemodeStore(db: Postgres, audit: Pick<AuditLog, 'write'>): GamemodeStore {
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
        .values(toRow(backend))
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    },
    async map(backend, author) {
      const { networkId, name, gamemode } = backend
      await db.transaction().execute(async (transaction) => {
        const before = await transaction
          .selectFrom('backends')
          .select('gamemode')
          .where('network_id', '=', networkId)
          .where('name', '=', name)
          .forUpdate()
          .executeTakeFirst()
        await transaction
          .insertInto('backends')
          .values(toRow(backend))
          .onConflict((conflict) => conflict.columns(['network_id', 'name']).doUpdateSet({ gamemode }))
          .execute()
        // Also when it is the same as before: what is stored is mapped again.
        await audit.write(transaction, author, [
          {
            action: 'gamemode.mapped',
            networkId,
            target: { kind: 'backend', id: name },
            before: { gamemode: before?.gamemode ?? name },
            after: { gamemode },
          },
        ])
      })
    },
  }
}

function toRow(backend: Backend) {
  return {
    network_id: backend.networkId,
    name: backend.name,
    gamemode: backend.gamemode,
    first_seen_at_ms: backend.firstSeenAtMs,
  }
}
