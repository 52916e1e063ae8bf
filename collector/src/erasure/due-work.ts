import type { Author } from '../access/index.ts'
import type { AuditStore } from '../audit/index.ts'
import type { Networks } from '../networks/index.ts'
import type { Log } from '../platform/log.ts'
import type { Postgres } from '../platform/postgres/client.ts'
import type { AccountDeletion } from './account-deletion.ts'
import type { DataRetention } from './data-retention.ts'
import type { EraseAgain } from './erase-again.ts'
import type { RemoveNetworkRows } from './network-rows.ts'

/**
 * How long after its removal rows of a network are looked for again: a collector that had not heard of it yet may have
 * written what it held.
 */
const LOOK_AGAIN_MS = 15 * 60_000
/** How long after an erasure a sender that repeats what it had kept is watched for; and how many are at most. */
const ERASED_MS = 30 * 86_400_000
const ERASED_MAX = 100
/** Of either kind in one round; the others follow in the next. */
const DUE_MAX = 100

/** Does what is due: removes networks and accounts whose time has come. Nothing in a collector that is not the worker. */
export interface DueWork {
  /** To be called now and then. */
  run(): Promise<void>
  /** Removes what came late of players who were erased. To be called less often: it reads. */
  eraseAgain(): Promise<void>
  /** Removes what is older than networks keep. To be called now and then, on its own: the first time may take long. */
  removeOld(): Promise<void>
}

export interface DueWorkDeps {
  readonly db: Postgres
  readonly auditStore: Pick<AuditStore, 'load'>
  readonly networks: Pick<Networks, 'removeDue' | 'get'>
  readonly accounts: Pick<AccountDeletion, 'removeDue'>
  readonly removeNetworkRows: RemoveNetworkRows
  readonly eraseAgain: EraseAgain
  readonly dataRetention: DataRetention
  /** Resolves with false in collectors that leave this work to another one. */
  readonly isWorker: () => Promise<boolean>
  /** Resolves when all that this process holds is stored. */
  readonly untilAllStored: () => Promise<void>
  readonly createId: () => string
  readonly log: Log
  readonly now: () => number
}

/** ClickHouse comes first and PostgreSQL last: as long as the network is there, the next round finishes what a crash left. */
export function createDueWork(deps: DueWorkDeps): DueWork {
  const { db, auditStore, networks, removeNetworkRows, log, now } = deps
  const author = (): Author => ({ actor: { kind: 'system' }, address: null, requestId: deps.createId() })

  async function removeNetwork(networkId: string): Promise<void> {
    await deps.untilAllStored()
    const tables = await removeNetworkRows(networkId)
    if (!(await networks.removeDue(networkId, author()))) return
    log.info({ networkId, tables }, 'a network was deleted, with all that was stored of it')
  }

  async function removeNetworks(): Promise<void> {
    const due = await db
      .selectFrom('networks')
      .select('id')
      .where('delete_at_ms', '<=', now())
      .orderBy('delete_at_ms')
      .limit(DUE_MAX)
      .execute()
    for (const { id } of due) await removeNetwork(id)
  }

  async function removeAccounts(): Promise<void> {
    const due = await db
      .selectFrom('users')
      .select('id')
      .where('delete_at_ms', '<=', now())
      .orderBy('delete_at_ms')
      .limit(DUE_MAX)
      .execute()
    for (const { id } of due) {
      if (await deps.accounts.removeDue(id, author())) log.info({ userId: id }, 'an account was deleted')
    }
  }

  /** What came after: the audit log says which networks were removed a moment ago. */
  async function removeLeftovers(): Promise<void> {
    const removed = await auditStore.load({
      action: 'network.deleted',
      fromMs: now() - LOOK_AGAIN_MS,
      limit: DUE_MAX,
    })
    for (const { networkId } of removed) {
      if (networkId === null || networks.get(networkId) !== undefined) continue
      const tables = await removeNetworkRows(networkId)
      if (tables.length > 0) log.info({ networkId, tables }, 'rows that came late of a deleted network were removed')
    }
  }

  return {
    async run() {
      if (!(await deps.isWorker())) return
      await removeAccounts()
      await removeNetworks()
      await removeLeftovers()
    },

    async eraseAgain() {
      if (!(await deps.isWorker())) return
      const erased = await auditStore.load({
        action: 'player.erased',
        fromMs: now() - ERASED_MS,
        limit: ERASED_MAX,
      })
      for (const { networkId, target, atMs: erasedAtMs, failure } of erased) {
        if (networkId === null || target.id === null || failure !== null) continue
        const hadAny = await deps.eraseAgain({ networkId, playerId: target.id, erasedAtMs })
        if (hadAny) log.info({ networkId }, 'rows that came late of an erased player were removed')
      }
    },

    async removeOld() {
      if (await deps.isWorker()) await deps.dataRetention.run()
    },
  }
}
