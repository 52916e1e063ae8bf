import type { PostgresTransaction } from '../platform/postgres/client.ts'

/** Gives the sign-ins of people another secret with their next request, since what they may do has changed. */
export async function renewSignIns(transaction: PostgresTransaction, userIds: readonly string[]): Promise<void> {
  if (userIds.length === 0) return
  await transaction
    .updateTable('sign_in_sessions')
    .set({ is_to_be_renewed: true })
    .where('user_id', 'in', userIds)
    .execute()
}
