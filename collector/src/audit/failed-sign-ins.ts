import type { Log } from '../platform/log.ts'
import type { AuditLog } from './audit-log.ts'

/** After an entry of an address, what it tries further is counted for so long and then written as one. */
const QUIET_MS = 60 * 60_000
/** Addresses that are told apart at once. Beyond them all others together count as one, without an address. */
const ADDRESSES_MAX = 100
const OTHERS = ''

const FAILED_SIGN_IN = {
  action: 'sign_in.failed',
  networkId: null,
  target: { kind: 'operator', id: null },
  before: null,
} as const

/** A request with a token that is nobody's. */
export interface FailedSignIn {
  /** Masked; null when it is not known. */
  readonly address: string | null
  readonly requestId: string
}

/**
 * Writes down wrong tokens, in bounds: one entry an hour for each of a hundred networks that requests come from, and one
 * for all others, however many there are. The first try of a network is written at once, what follows is counted. Nobody
 * waits for it.
 */
export interface FailedSignIns {
  note(attempt: FailedSignIn): void
  /** Writes what is due. To be called now and then. */
  flush(): Promise<void>
  /** Writes all that is counted. */
  close(): Promise<void>
}

export interface FailedSignInsDeps {
  readonly note: AuditLog['note']
  readonly now: () => number
  readonly log: Log
}

/** What an address tried since its last entry. */
interface Attempts {
  count: number
  firstAtMs: number
  lastAtMs: number
  requestId: string
  /** Not before this there is another entry. */
  dueAtMs: number
}

export function createFailedSignIns({ note, now, log }: FailedSignInsDeps): FailedSignIns {
  const byAddress = new Map<string, Attempts>()
  let writing: Promise<void> | undefined

  function attemptsOf(address: string | null): Attempts {
    const key = address === null || (!byAddress.has(address) && byAddress.size >= ADDRESSES_MAX) ? OTHERS : address
    const known = byAddress.get(key)
    if (known !== undefined) return known
    const created = { count: 0, firstAtMs: 0, lastAtMs: 0, requestId: '', dueAtMs: now() }
    byAddress.set(key, created)
    return created
  }

  async function writeDue(dueMs: number): Promise<void> {
    for (const [address, attempts] of byAddress) {
      if (attempts.dueAtMs > dueMs) continue
      if (attempts.count === 0) {
        byAddress.delete(address)
        continue
      }
      const { count, firstAtMs, lastAtMs, requestId } = attempts
      // What comes while it is written is counted anew.
      attempts.count = 0
      attempts.dueAtMs = now() + QUIET_MS
      try {
        await note(
          { actor: { kind: 'unknown' }, address: address === OTHERS ? null : address, requestId },
          { ...FAILED_SIGN_IN, after: { attempts: count, firstAtMs, lastAtMs } },
        )
      } catch (error) {
        Object.assign(attempts, { count: attempts.count + count, firstAtMs, requestId, dueAtMs: 0 })
        attempts.lastAtMs = Math.max(attempts.lastAtMs, lastAtMs)
        throw error
      }
    }
  }

  async function flush(dueMs = now()): Promise<void> {
    // One after the other, so that nothing is written twice.
    while (writing !== undefined) await writing.catch(() => undefined)
    writing = writeDue(dueMs).finally(() => {
      writing = undefined
    })
    await writing
  }

  return {
    note({ address, requestId }) {
      const attempts = attemptsOf(address)
      const atMs = now()
      if (attempts.count === 0) Object.assign(attempts, { firstAtMs: atMs, requestId })
      attempts.count += 1
      attempts.lastAtMs = atMs
      // With more than one, a flush for it is on its way, or waits for the database.
      if (attempts.dueAtMs > atMs || attempts.count > 1) return
      flush().catch((error: unknown) => log.warn({ err: error }, 'a failed sign-in could not be written down yet'))
    },
    flush: () => flush(),
    close: () => flush(Number.POSITIVE_INFINITY),
  }
}
