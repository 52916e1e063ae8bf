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

export function createOptOuts({ store, now, onChanged }: OptOutsDeps): OptOuts {
  let lists = new Map<string, OptOut[]>()
  let optedOut = new Map<string, OptedOut>()
  let sessions = new Map<string, Set<string>>()
  const { refresh } = createRefresh(store.loadAll, (loaded) => {
    lists = Map.groupBy(loaded, ({ networkId }) => networkId)
    sessions = new Map(Array.from(lists.keys(), (networkId) => [networkId, sessions.get(networkId) ?? new Set()]))
    optedOut = new Map(
      Array.from(lists, ([networkId, list]) => [
        networkId,
        createOptedOut(
          list.map(({ playerId }) => playerId),
          sessions.get(networkId) ?? new Set(),
        ),
      ]),
    )
  })

  /** Reads back what the database holds now, so that what was answered is what holds. */
  async function settle(): Promise<void> {
    await refresh()
    onChanged()
  }

  return {
    refresh,
    of: (networkId) => optedOut.get(networkId),
    optedOutAtMs: (networkId, playerId) =>
      lists.get(networkId)?.find((optOut) => optOut.playerId === playerId)?.optedOutAtMs ?? null,
    list: (networkId) => (lists.get(networkId) ?? []).toSorted((a, b) => b.optedOutAtMs - a.optedOutAtMs),

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
