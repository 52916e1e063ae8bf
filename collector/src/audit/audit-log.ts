import type { ErrorCode } from '@mctrack/sdk/protocol'
import type { Author } from '../access/index.ts'
import type { Log } from '../platform/log.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import { toMctrackError } from '../platform/to-mctrack-error.ts'
import type { AuditEntry, AuditedChange } from './audit-entry.ts'
import type { AuditStore } from './audit-store.ts'
import { hideSecrets, hideSecretsOf } from './hide-secrets.ts'

/** Writes down who changed what. No change is made without its entry. */
export interface AuditLog {
  /** For a change in PostgreSQL: the entries are there when the transaction is, and else neither is. */
  write(transaction: PostgresTransaction, author: Author, changes: readonly AuditedChange[]): Promise<void>
  /**
   * For a change anywhere else: the entry is stored before `make` begins. When `make` fails, another one says why; when
   * the process dies meanwhile, the first one stands alone, whatever became of the change.
   */
  around<Result>(author: Author, change: AuditedChange, make: () => Promise<Result>): Promise<Result>
  /** For what is no change of anything, such as what somebody tried. */
  note(author: Author, change: AuditedChange): Promise<void>
}

export interface AuditLogDeps {
  readonly db: Postgres
  readonly store: AuditStore
  readonly createId: () => string
  readonly now: () => number
  readonly log: Log
}

/** Entries that would share a millisecond are put one after the other; a clock that was set back further is believed. */
const AHEAD_MS_MAX = 1_000

export function createAuditLog({ db, store, createId, now, log }: AuditLogDeps): AuditLog {
  let lastAtMs = Number.NEGATIVE_INFINITY

  /** Now, but after the entry before: the list is in the order of these instants. */
  function nextInstant(): number {
    const nowMs = now()
    const isTooEarly = nowMs <= lastAtMs && lastAtMs - nowMs < AHEAD_MS_MAX
    lastAtMs = isTooEarly ? lastAtMs + 1 : nowMs
    return lastAtMs
  }

  function toEntry(
    { actor, address, requestId }: Author,
    { action, networkId, target, before, after }: AuditedChange,
    failure: ErrorCode | null = null,
  ): AuditEntry {
    return {
      id: createId(),
      atMs: nextInstant(),
      actor: { kind: actor.kind, id: actor.kind === 'user' ? actor.userId : null },
      address,
      requestId,
      action,
      networkId,
      target: { kind: target.kind, id: target.id === null ? null : hideSecrets(target.id) },
      before: hideSecretsOf(before),
      after: hideSecretsOf(after),
      failure,
    }
  }

  async function noteFailure(author: Author, change: AuditedChange, error: unknown): Promise<void> {
    try {
      const { code } = toMctrackError(error)
      const nothing = { ...change, before: null, after: null }
      await store.append(db, [toEntry(author, nothing, code)])
    } catch (failed) {
      // The change was announced, and is taken for made: too much in the log rather than too little.
      log.error({ err: failed, action: change.action }, 'it could not be written down that a change failed')
    }
  }

  return {
    write: (transaction, author, changes) =>
      store.append(
        transaction,
        changes.map((change) => toEntry(author, change)),
      ),

    async around(author, change, make) {
      await store.append(db, [toEntry(author, change)])
      try {
        return await make()
      } catch (error) {
        await noteFailure(author, change, error)
        throw error
      }
    },

    note: (author, change) => store.append(db, [toEntry(author, change)]),
  }
}
