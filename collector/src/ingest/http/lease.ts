import { createHash } from 'node:crypto'
import type { Id } from '@mctrack/sdk/protocol'

/** Without any mention for this long, a session that was opened over HTTP is closed at its last mention. */
export const LEASE_MS = 5 * 60_000

/**
 * The instance that holds the sessions which one server opens over HTTP: the same after every start of the collector.
 * A UUIDv8 (RFC 9562, section 5.8) made of a hash.
 */
export function leaseInstanceId(networkId: string, serverName: string): Id {
  const id = createHash('sha256').update(`mctrack lease\n${networkId}\n${serverName}`).digest().subarray(0, 16)
  id[6] = 0x80 | ((id[6] ?? 0) & 0x0f)
  id[8] = 0x80 | ((id[8] ?? 0) & 0x3f)
  return id
}
