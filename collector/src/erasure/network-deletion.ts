import type { Author } from '../access/index.ts'
import type { Network, Networks } from '../networks/index.ts'
import { MctrackError } from '../platform/error.ts'

const DAY_MS = 86_400_000
/** How long what is to be deleted waits, and can be taken back. */
export const DELETION_WAIT_MS = 7 * DAY_MS

/** Deleting a network: asked for, waited for, and meanwhile taken back. */
export interface NetworkDeletion {
  /**
   * Archives it at once, and lets it be deleted in seven days. When it waits already, that stays as it is.
   *
   * @param name the network's name, again
   * @throws MctrackError CONFIRMATION_WRONG
   */
  request(networkId: string, name: string, author: Author): Promise<Network>
  /**
   * Takes it back: what the deletion archived takes data again, what was archived before stays archived. Without effect
   * when nothing waits.
   *
   * @throws MctrackError CONFLICT when the time is over
   */
  cancel(networkId: string, author: Author): Promise<Network>
}

export function createNetworkDeletion(deps: {
  readonly networks: Pick<Networks, 'changeBy'>
  readonly now: () => number
}): NetworkDeletion {
  const { networks, now } = deps
  return {
    request: (networkId, name, author) =>
      networks.changeBy(
        networkId,
        (before) => {
          if (before.name !== name) throw new MctrackError('CONFIRMATION_WRONG')
          return waitForDeletion(before, now())
        },
        author,
      ),
    cancel: (networkId, author) => networks.changeBy(networkId, (before) => takeBack(before, now()), author),
  }
}

/** The network, archived and to be deleted. */
export function waitForDeletion(network: Network, nowMs: number): Network {
  if (network.deleteAtMs !== null) return network
  return { ...network, archivedAtMs: network.archivedAtMs ?? nowMs, deleteAtMs: nowMs + DELETION_WAIT_MS }
}

/**
 * The network as it was before its deletion was asked for. That archived it if and only if both were at the same instant.
 *
 * @throws MctrackError CONFLICT when the time is over: some of it may be gone
 */
export function takeBack(network: Network, nowMs: number): Network {
  const { archivedAtMs, deleteAtMs } = network
  if (deleteAtMs === null) return network
  if (deleteAtMs <= nowMs) throw new MctrackError('CONFLICT', 'The time to take it back is over: it is being removed.')
  const isArchivedByDeletion = archivedAtMs === deleteAtMs - DELETION_WAIT_MS
  return { ...network, archivedAtMs: isArchivedByDeletion ? null : archivedAtMs, deleteAtMs: null }
}
