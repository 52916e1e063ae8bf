import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { NetworksTable } from '../platform/postgres/tables.ts'
import { auditChange, auditCreation, auditRemoval } from './audit-changes.ts'
import type { Network } from './network.ts'

export interface NetworkStore {
  loadAll(): Promise<Network[]>
  add(network: Network, author: Author): Promise<void>
  /**
   * Changes a network as it is stored, one change after the other. Undefined when it is not there; with the same network
   * twice when nothing differs.
   */
  change(
    id: string,
    change: (before: Network) => Network,
    author: Author,
  ): Promise<{ readonly before: Network; readonly after: Network } | undefined>
  /** Removes a network whose time has come, with all that belongs to it here. Resolves with whether it was there and due. */
  removeDue(id: string, nowMs: number, author: Author): Promise<boolean>
}

/** Networks in PostgreSQL. There are few, so they are read all at once. */
export function createNetworkStore(
  db: Postgres,
  audit: Pick<AuditLog, 'write'>,
  /** Gives a new network its owners, in the transaction that creates it. */
  found: (transaction: PostgresTransaction, networkId: string, author: Author) => Promise<void>,
): NetworkStore {
  return {
    async loadAll() {
      const rows = await db.selectFrom('networks').selectAll().orderBy('created_at_ms').orderBy('id').execute()
      return rows.map(toNetwork)
    },

    async add(network, author) {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('networks').values(toRow(network)).execute()
        await audit.write(transaction, author, [auditCreation(network)])
        await found(transaction, network.id, author)
      })
    },

    async change(id, change, author) {
      return db.transaction().execute(async (transaction) => {
        const row = await transaction
          .selectFrom('networks')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst()
        if (row === undefined) return undefined
        const before = toNetwork(row)
        const after = change(before)
        const changes = auditChange(before, after)
        if (changes.length === 0) return { before, after: before }
        const { id: _, created_at_ms: __, ...changeable } = toRow(after)
        await transaction.updateTable('networks').set(changeable).where('id', '=', id).execute()
        await audit.write(transaction, author, changes)
        return { before, after }
      })
    },

    async removeDue(id, nowMs, author) {
      return db.transaction().execute(async (transaction) => {
        const row = await transaction
          .deleteFrom('networks')
          .where('id', '=', id)
          .where('delete_at_ms', '<=', nowMs)
          .returningAll()
          .executeTakeFirst()
        if (row === undefined) return false
        await audit.write(transaction, author, [auditRemoval(toNetwork(row))])
        return true
      })
    },
  }
}

function toNetwork(row: NetworksTable): Network {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    resumeWindowMs: row.resume_window_ms,
    createdAtMs: row.created_at_ms,
    archivedAtMs: row.archived_at_ms,
    deleteAtMs: row.delete_at_ms,
  }
}

function toRow(network: Network): NetworksTable {
  return {
    id: network.id,
    name: network.name,
    time_zone: network.timeZone,
    currency: network.currency,
    resume_window_ms: network.resumeWindowMs,
    created_at_ms: network.createdAtMs,
    archived_at_ms: network.archivedAtMs,
    delete_at_ms: network.deleteAtMs,
  }
}
