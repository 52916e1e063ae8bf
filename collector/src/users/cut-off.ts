import type { Postgres } from '../platform/postgres/client.ts'

/**
 * Takes from somebody all that they prove themselves with beside the password: sign-ins, tokens, links to choose a
 * password, and programs that wait for a token which they have approved.
 *
 * @param options.keepSignInId the sign-in that goes on
 */
export async function cutOff(
  transaction: Postgres,
  userId: string,
  options: { readonly atMs: number; readonly keepSignInId?: string },
): Promise<void> {
  const { atMs, keepSignInId } = options
  let signIns = transaction.deleteFrom('sign_in_sessions').where('user_id', '=', userId)
  if (keepSignInId !== undefined) signIns = signIns.where('id', '<>', keepSignInId)
  await signIns.execute()
  await transaction
    .updateTable('tokens')
    .set({ revoked_at_ms: atMs })
    .where('user_id', '=', userId)
    .where('revoked_at_ms', 'is', null)
    .execute()
  await transaction.deleteFrom('one_time_links').where('user_id', '=', userId).execute()
  await transaction.deleteFrom('device_requests').where('decided_by', '=', userId).execute()
}
