import { MctrackError } from '../platform/error.ts'
import type { Postgres } from '../platform/postgres/client.ts'

/** A sign-in that outlives a change, and the hash of its secret from then on. */
export interface KeptSignIn {
  readonly signInId: string
  readonly sha256: Buffer
}

/**
 * Takes from somebody all that they prove themselves with beside the password: sign-ins, tokens, links to choose a
 * password, and programs that wait for a token which they have approved.
 *
 * @param options.keep the sign-in that goes on, with another secret: whoever has learned the present one is cut off too
 * @throws MctrackError SIGN_IN_ENDED when the one to be kept has ended meanwhile
 */
export async function cutOff(
  transaction: Postgres,
  userId: string,
  options: { readonly atMs: number; readonly keep?: KeptSignIn },
): Promise<void> {
  const { atMs, keep } = options
  let signIns = transaction.deleteFrom('sign_in_sessions').where('user_id', '=', userId)
  if (keep !== undefined) signIns = signIns.where('id', '<>', keep.signInId)
  await signIns.execute()
  if (keep !== undefined) {
    const { numUpdatedRows } = await transaction
      .updateTable('sign_in_sessions')
      .set({ sha256: keep.sha256, earlier_sha256: null, earlier_until_ms: null, is_to_be_renewed: false })
      .where('id', '=', keep.signInId)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) throw new MctrackError('SIGN_IN_ENDED')
  }
  await transaction
    .updateTable('tokens')
    .set({ revoked_at_ms: atMs })
    .where('user_id', '=', userId)
    .where('revoked_at_ms', 'is', null)
    .execute()
  await transaction.deleteFrom('one_time_links').where('user_id', '=', userId).execute()
  await transaction.deleteFrom('device_requests').where('decided_by', '=', userId).execute()
}
