import type { Author } from '../access/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { DeviceRequestsTable } from '../platform/postgres/tables.ts'
import { paceAfter } from './device-request.ts'
import { readPermissions, TOKEN_LIMITS, type Token, type TokenWish } from './token.ts'
import { insertToken, type TokenAudit } from './token-rows.ts'
import { findRoom } from './token-store.ts'

/** What a program that asks for its token is told. */
export type Poll =
  | { readonly kind: 'unknown' | 'expired' | 'denied' | 'too_many' }
  | { readonly kind: 'pending' | 'too_fast'; readonly retryAfterMs: number }
  | { readonly kind: 'token'; readonly token: Token }

interface Asked {
  readonly nowMs: number
  readonly author: Author
  /** Makes the token of who approved; its secret stays with the caller. */
  readonly makeToken: (
    userId: string,
    wish: TokenWish,
  ) => { readonly token: Token & { readonly userId: string }; readonly sha256: Buffer }
}

/** Answers a program that asks for its token. An approved one gets it once: its request is gone with that. */
export function createDevicePoll(
  db: Postgres,
  audit: TokenAudit,
): (deviceSha256: Buffer, asked: Asked) => Promise<Poll> {
  return (deviceSha256, { nowMs, author, makeToken }) =>
    db.transaction().execute(async (transaction): Promise<Poll> => {
      const select = transaction.selectFrom('device_requests').selectAll().where('device_sha256', '=', deviceSha256)
      // People before their requests, as whoever cuts somebody off locks them.
      const seen = await select.executeTakeFirst()
      const approver = seen?.is_approved === true ? seen.decided_by : null
      const room = approver === null ? undefined : await findRoom(transaction, approver, nowMs)
      const request = await select.forUpdate().executeTakeFirst()
      if (request === undefined) return { kind: 'unknown' }
      if (request.expires_at_ms <= nowMs) return { kind: 'expired' }
      if (request.is_approved === false || room === 'barred') return { kind: 'denied' }
      // When the word came this very moment, it is heard the next time.
      if (request.decided_by === null || room === undefined) return slowDown(transaction, request, nowMs)
      if (room === 'too_many') return { kind: 'too_many' }
      const { token, sha256 } = makeToken(request.decided_by, {
        name: request.name,
        permissions: readPermissions(request.permissions),
        networkId: request.network_id,
        days: request.token_days ?? TOKEN_LIMITS.daysDefault,
      })
      await transaction.deleteFrom('device_requests').where('device_sha256', '=', deviceSha256).execute()
      await insertToken(transaction, audit, { token, sha256, author })
      return { kind: 'token', token }
    })
}

async function slowDown(
  transaction: PostgresTransaction,
  { device_sha256, interval_ms, next_poll_at_ms }: DeviceRequestsTable,
  nowMs: number,
): Promise<Poll> {
  const pace = paceAfter({ intervalMs: interval_ms, nextPollAtMs: next_poll_at_ms }, nowMs)
  await transaction
    .updateTable('device_requests')
    .set({ interval_ms: pace.intervalMs, next_poll_at_ms: pace.nextPollAtMs })
    .where('device_sha256', '=', device_sha256)
    .execute()
  return { kind: pace.isTooFast ? 'too_fast' : 'pending', retryAfterMs: pace.intervalMs }
}
