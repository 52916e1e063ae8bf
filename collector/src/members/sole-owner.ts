import { MctrackError } from '../platform/error.ts'
import type { PostgresTransaction } from '../platform/postgres/client.ts'
import { loadOwners, lockNetwork } from './member-store.ts'

/** Networks that one sentence names. */
const NAMES_MAX = 10

/**
 * Sees to it that somebody can go: every network of theirs has another owner who can sign in, or waits for its own
 * deletion, and so goes before they do. What is seen stays true until the transaction ends.
 *
 * @throws MctrackError OWNER_NEEDED with the networks
 */
export async function requireOtherOwners(transaction: PostgresTransaction, userId: string): Promise<void> {
  const sole = await lockSoleOwnerships(transaction, userId)
  if (sole.length === 0) return
  const networks = await transaction
    .selectFrom('networks')
    .select('name')
    .where('id', 'in', sole)
    .where('delete_at_ms', 'is', null)
    .orderBy('name')
    .execute()
  if (networks.length === 0) return
  const names = networks.slice(0, NAMES_MAX).map(({ name }) => `"${name}"`)
  const others = networks.length > NAMES_MAX ? ` and ${networks.length - NAMES_MAX} others` : ''
  throw new MctrackError(
    'OWNER_NEEDED',
    `Nobody else owns ${names.join(', ')}${others}. Make somebody else an owner there, or delete it.`,
  )
}

/**
 * Networks that would have no owner without this person. Their rows stay locked until the transaction ends, so that the
 * other owners cannot go meanwhile.
 */
async function lockSoleOwnerships(transaction: PostgresTransaction, userId: string): Promise<string[]> {
  const owned = await transaction
    .selectFrom('members')
    .select('network_id')
    .where('user_id', '=', userId)
    .where('built_in_role', '=', 'owner')
    // Always in the same order: two who do this must not wait in a circle.
    .orderBy('network_id')
    .execute()
  const sole: string[] = []
  for (const { network_id: networkId } of owned) {
    await lockNetwork(transaction, networkId)
    const owners = await loadOwners(transaction, networkId)
    if (owners.every((owner) => owner.userId === userId)) sole.push(networkId)
  }
  return sole
}
