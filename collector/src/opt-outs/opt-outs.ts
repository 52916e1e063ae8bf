import type { Author } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { createRefresh } from '../platform/refresh.ts'
import type { OptOut } from './opt-out.ts'
import type { OptOutStore } from './opt-out-store.ts'
import { createOptedOut, type OptedOut } from './opted-out.ts'

/** Who opted out of being recorded, held in memory: ingest asks at every event, and never waits for a database. */
export interface OptOuts {
  refresh(): Promise<void>
  /** Undefined while nobody opted out of the network. */
  of(networkId: string): OptedOut | undefined
  /** When a player opted out; null for one who did not. */
  optedOutAtMs(networkId: string, playerId: string): number | null
  /** Newest first. */
  list(networkId: string): OptOut[]
  /**
   * From now on nothing of the player is recorded. What is stored stays until it is erased.
   *
   * @throws MctrackError CONFLICT when there are too many
   */
  add(networkId: string, playerId: string, author: Author): Promise<OptOut>
  /** @throws MctrackError PLAYER_NOT_FOUND for one who had not opted out */
  remove(networkId: string, playerId: string, author: Author): Promise<void>
}

export interface OptOutsDeps {
  readonly store: OptOutStore
  readonly now: () => number
  /** Told after a change was stored here. */
  readonly onChanged: () => void
}

interface OptOutsOfNetwork {
  readonly list: readonly OptOut[]
  /** Of these players; they are known on when the list changes. */
  readonly sessions: Set<string>
  readonly optedOut: OptedOut
}

export function createOptOuts({ store, now, onChanged }: OptOutsDeps): OptOuts {
  let networks = new Map<string, OptOutsOfNetwork>()
  const { refresh } = createRefresh(store.loadAll, (loaded) => {
    const before = networks
    networks = new Map(
      Array.from(
        Map.groupBy(loaded, ({ networkId }) => networkId),
        ([networkId, list]) => {
          const sessions = before.get(networkId)?.sessions ?? new Set<string>()
          const playerIds = list.map(({ playerId }) => playerId)
          return [networkId, { list, sessions, optedOut: createOptedOut(playerIds, sessions) }] as const
        },
      ),
    )
  })

  /** Reads back what the database holds now, so that what was answered is what holds. */
  async function settle(): Promise<void> {
    await refresh()
    onChanged()
  }

  return {
    refresh,
    of: (networkId) => networks.get(networkId)?.optedOut,
    optedOutAtMs: (networkId, playerId) =>
      networks.get(networkId)?.list.find((optOut) => optOut.playerId === playerId)?.optedOutAtMs ?? null,
    list: (networkId) => (networks.get(networkId)?.list ?? []).toSorted((a, b) => b.optedOutAtMs - a.optedOutAtMs),

    async add(networkId, playerId, author) {
      const optOut = await store.add({ networkId, playerId, optedOutAtMs: now() }, author)
      await settle()
      return optOut
    },

    async remove(networkId, playerId, author) {
      const wasThere = await store.remove(networkId, playerId, author)
      await settle()
      if (!wasThere) throw new MctrackError('PLAYER_NOT_FOUND', 'This player has not opted out of this network.')
    },
  }
}
