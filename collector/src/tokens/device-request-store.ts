import type { Author } from '../access/index.ts'
import type { Postgres, PostgresTransaction } from '../platform/postgres/client.ts'
import type { DeviceRequestsTable } from '../platform/postgres/tables.ts'
import { type Approval, type DeviceRequest, POLL_INTERVAL_MS } from './device-request.ts'
import { readPermissions } from './token.ts'
import type { TokenAudit } from './token-rows.ts'
import { findRoom, type Room } from './token-store.ts'

/** Requests that wait at once, of the whole installation; each is a row, and makes codes easier to guess. */
const OPEN_MAX = 10_000

/** What became of somebody's word on a request. */
export type Decision =
  | { readonly kind: 'unknown' | 'expired' | 'more_than_asked' }
  | { readonly kind: Exclude<Room, 'room'> }
  | { readonly kind: 'decided'; readonly request: DeviceRequest }

export interface DeviceRequestStore {
  add(request: DeviceRequest, deviceSha256: Buffer): Promise<'added' | 'full' | 'taken'>
  /** One that waits for somebody's word, expired or not. */
  find(userCode: string): Promise<DeviceRequest | undefined>
  approve(
    userCode: string,
    by: { readonly userId: string; readonly nowMs: number; readonly author: Author },
    approval: Approval,
  ): Promise<Decision>
  deny(
    userCode: string,
    by: { readonly userId: string; readonly nowMs: number; readonly author: Author },
  ): Promise<Decision>
  /** Removes what expired before. */
  forget(expiredBeforeMs: number): Promise<void>
}

/** Requests of programs in PostgreSQL: of device codes the hash alone. */
export function createDeviceRequestStore(db: Postgres, audit: TokenAudit): DeviceRequestStore {
  const forget = async (expiredBeforeMs: number): Promise<void> => {
    await db.deleteFrom('device_requests').where('expires_at_ms', '<', expiredBeforeMs).execute()
  }

  async function isFull(): Promise<boolean> {
    const { count } = await db
      .selectFrom('device_requests')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    return count >= OPEN_MAX
  }

  /** Locks a request that waits for somebody's word. */
  async function lockOpen(
    transaction: PostgresTransaction,
    userCode: string,
    nowMs: number,
  ): Promise<DeviceRequest | 'unknown' | 'expired'> {
    const row = await transaction
      .selectFrom('device_requests')
      .selectAll()
      .where('user_code', '=', userCode)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined || row.is_approved !== null) return 'unknown'
    return row.expires_at_ms <= nowMs ? 'expired' : toRequest(row)
  }

  return {
    async add(request, deviceSha256) {
      if (await isFull()) {
        await forget(request.createdAtMs)
        if (await isFull()) return 'full'
      }
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('device_requests')
        .values({
          device_sha256: deviceSha256,
          user_code: request.userCode,
          name: request.name,
          permissions: [...request.permissions],
          created_at_ms: request.createdAtMs,
          expires_at_ms: request.expiresAtMs,
          address: request.address,
          country: request.country,
          next_poll_at_ms: request.createdAtMs,
          interval_ms: POLL_INTERVAL_MS,
          decided_by: null,
          is_approved: null,
          network_id: null,
          token_days: null,
        })
        .onConflict((conflict) => conflict.column('user_code').doNothing())
        .executeTakeFirst()
      return numInsertedOrUpdatedRows === 1n ? 'added' : 'taken'
    },

    async find(userCode) {
      const row = await db
        .selectFrom('device_requests')
        .selectAll()
        .where('user_code', '=', userCode)
        .where('is_approved', 'is', null)
        .executeTakeFirst()
      return row === undefined ? undefined : toRequest(row)
    },

    approve: (userCode, { userId, nowMs, author }, { permissions, networkId, days }) =>
      db.transaction().execute(async (transaction): Promise<Decision> => {
        // People before their requests, as whoever cuts somebody off locks them.
        const room = await findRoom(transaction, userId, nowMs)
        if (room !== 'room') return { kind: room }
        const request = await lockOpen(transaction, userCode, nowMs)
        if (typeof request === 'string') return { kind: request }
        const given = permissions ?? request.permissions
        if (given.some((permission) => !request.permissions.includes(permission))) return { kind: 'more_than_asked' }
        await transaction
          .updateTable('device_requests')
          .set({
            is_approved: true,
            decided_by: userId,
            permissions: [...given],
            network_id: networkId,
            token_days: days,
          })
          .where('user_code', '=', userCode)
          .execute()
        const after = { name: request.name, permissions: given.join(', '), networkId, days }
        await audit.write(transaction, author, [{ ...ON_DEVICE, action: 'device.approved', after }])
        return { kind: 'decided', request }
      }),

    deny: (userCode, { userId, nowMs, author }) =>
      db.transaction().execute(async (transaction): Promise<Decision> => {
        const request = await lockOpen(transaction, userCode, nowMs)
        if (typeof request === 'string') return { kind: request }
        await transaction
          .updateTable('device_requests')
          .set({ is_approved: false, decided_by: userId })
          .where('user_code', '=', userCode)
          .execute()
        const { name, address } = request
        await audit.write(transaction, author, [
          { ...ON_DEVICE, action: 'device.denied', after: { name, askedFrom: address } },
        ])
        return { kind: 'decided', request }
      }),

    forget,
  }
}

/** The code is left out: what a program is called and where it asked from tells people more. */
const ON_DEVICE = { networkId: null, target: { kind: 'device', id: null }, before: null } as const

function toRequest(row: DeviceRequestsTable): DeviceRequest {
  return {
    userCode: row.user_code,
    name: row.name,
    permissions: readPermissions(row.permissions),
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    address: row.address,
    country: row.country,
  }
}
