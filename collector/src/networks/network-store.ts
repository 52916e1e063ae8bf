import { type Selectable, sql } from 'kysely'
import type { Author } from '../access/index.ts'
import type { AuditLog } from '../audit/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { NetworksTable } from '../platform/postgres/tables.ts'
import { auditChange, auditCreation, auditRemoval } from './audit-changes.ts'
import type { Network } from './network.ts'

export interface NetworkStore {
  loadAll(): Promise<Network[]>
  /**
   * @param within done in the same transaction, once the network is there
   * @throws MctrackError CONFLICT for a second demo network
   */
  add(network: Network, author: Author, within?: WithinCreation): Promise<void>
  /**
   * Changes a network as it is stored, one change after the other. Undefined when it is not there; with the same network
   * twice when nothing differs.
   */
  change(
    id: string,
    change: (before: Network) => Network,
    author: Author,
  ): Promise<{ readonly before: Network; readonly after: Network } | undefined>
  /**
   * Notes that rows before an instant are being removed, which is never taken back. Resolves with the network, or undefined
   * when its data retention does not say so any more.
   */
  noteRemovedRows(
    id: string,
    options: { readonly days: number; readonly beforeMs: number; readonly nowMs: number },
  ): Promise<Network | undefined>
  /** Removes a network whose time has come, with all that belongs to it here. Resolves with whether it was there and due. */
  removeDue(id: string, nowMs: number, author: Author): Promise<boolean>
  /** The same at once, for a demo network alone. Resolves with whether it was there. */
  removeDemo(id: string, author: Author): Promise<boolean>
}

/** What belongs to the creation of a network. */
export type WithinCreation = (transaction: PostgresTransaction, networkId: string) => Promise<void>

/** Networks in PostgreSQL. There are few, so they are read all at once. */
export function createNetworkStore(
  db: Postgres,
  audit: Pick<AuditLog, 'write'>,
  /** Gives a new network its owners, in the transaction that creates it. */
  found: (transaction: PostgresTransaction, networkId: string, author: Author) => Promise<void>,
): NetworkStore {
  /** With all that belongs to it: the tables say so. */
  async function remove(
    author: Author,
    select: (transaction: PostgresTransaction) => { execute(): Promise<Selectable<NetworksTable>[]> },
  ): Promise<boolean> {
    return db.transaction().execute(async (transaction) => {
      const [row] = await select(transaction).execute()
      if (row === undefined) return false
      await audit.write(transaction, author, [auditRemoval(toNetwork(row))])
      return true
    })
  }

  return {
    async loadAll() {
      const rows = await db.selectFrom('networks').selectAll().orderBy('created_at_ms').orderBy('id').execute()
      return rows.map(toNetwork)
    },

    async add(network, author, within) {
      await db.transaction().execute(async (transaction) => {
        await transaction.insertInto('networks').values(toRow(network)).execute().catch(toOneDemo)
        await audit.write(transaction, author, [auditCreation(network)])
        await found(transaction, network.id, author)
        await within?.(transaction, network.id)
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

    async noteRemovedRows(id, { days, beforeMs, nowMs }) {
      const row = await db
        .updateTable('networks')
        .set({ data_removed_before_ms: sql`greatest(data_removed_before_ms, ${beforeMs}::bigint)` })
        .where('id', '=', id)
        .where('data_retention_days', '=', days)
        .where('data_retention_from_ms', '<=', nowMs)
        .returningAll()
        .executeTakeFirst()
      return row && toNetwork(row)
    },

    removeDue: (id, nowMs, author) =>
      remove(author, (transaction) =>
        transaction.deleteFrom('networks').where('id', '=', id).where('delete_at_ms', '<=', nowMs).returningAll(),
      ),

    removeDemo: (id, author) =>
      remove(author, (transaction) =>
        transaction.deleteFrom('networks').where('id', '=', id).where('is_demo', '=', true).returningAll(),
      ),
  }
}

const UNIQUE_VIOLATION = '23505'

function toOneDemo(error: unknown): never {
  const isSecond =
    error instanceof Error &&
    'code' in error &&
    error.code === UNIQUE_VIOLATION &&
    'constraint' in error &&
    error.constraint === 'networks_demo'
  throw isSecond ? new MctrackError('CONFLICT', 'There is a demo network already. Remove it first.') : error
}

function toNetwork(row: Selectable<NetworksTable>): Network {
  return {
    id: row.id,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    resumeWindowMs: row.resume_window_ms,
    createdAtMs: row.created_at_ms,
    archivedAtMs: row.archived_at_ms,
    deleteAtMs: row.delete_at_ms,
    dataRetentionDays: row.data_retention_days,
    dataRetentionFromMs: row.data_retention_from_ms,
    dataRemovedBeforeMs: row.data_removed_before_ms,
    isDemo: row.is_demo,
  }
}

function toRow(network: Network): Selectable<NetworksTable> {
  return {
    id: network.id,
    name: network.name,
    time_zone: network.timeZone,
    currency: network.currency,
    resume_window_ms: network.resumeWindowMs,
    created_at_ms: network.createdAtMs,
    archived_at_ms: network.archivedAtMs,
    delete_at_ms: network.deleteAtMs,
    data_retention_days: network.dataRetentionDays,
    data_retention_from_ms: network.dataRetentionFromMs,
    data_removed_before_ms: network.dataRemovedBeforeMs,
    is_demo: network.isDemo,
  }
}
