import type { Author } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import { createRefresh } from '../platform/refresh.ts'
import { type Calendar, createCalendar } from './calendar.ts'
import { changeDataRetention } from './data-retention.ts'
import { NETWORK_LIMITS, type Network } from './network.ts'
import type { NetworkStore, WithinCreation } from './network-store.ts'

export interface NetworkChange {
  readonly name?: string
  readonly timeZone?: string
  readonly currency?: string
  readonly resumeWindowMs?: number
  /** Null for ever. */
  readonly dataRetentionDays?: number | null
  readonly archived?: boolean
}

/** All networks, held in memory: ingest asks for them at every connection, and never waits for a database. */
export interface Networks {
  refresh(): Promise<void>
  get(id: string): Network | undefined
  /** @throws MctrackError NETWORK_NOT_FOUND */
  require(id: string): Network
  list(): Network[]
  calendarOf(id: string): Calendar
  /**
   * @param within done in the transaction that creates it
   * @throws MctrackError CONFLICT for a second demo network
   */
  create(
    network: {
      readonly name: string
      readonly timeZone: string
      readonly currency: string
      readonly isDemo?: boolean
    },
    author: Author,
    within?: WithinCreation,
  ): Promise<Network>
  /** @throws MctrackError NETWORK_NOT_FOUND, or CONFLICT when it waits for its deletion and would be restored */
  change(id: string, change: NetworkChange, author: Author): Promise<Network>
  /**
   * Changes a network as it is stored, in any way; what `by` throws leaves it as it is.
   *
   * @throws MctrackError NETWORK_NOT_FOUND
   */
  changeBy(id: string, by: (before: Network) => Network, author: Author): Promise<Network>
  /** As the store's, of a network that is known here or not. */
  noteRemovedRows: NetworkStore['noteRemovedRows']
  /** Removes a network whose deletion is due from PostgreSQL. Resolves with whether it was there and due. */
  removeDue(id: string, author: Author): Promise<boolean>
  /** The same at once, for a demo network alone. Resolves with whether it was there. */
  removeDemo(id: string, author: Author): Promise<boolean>
}

export interface NetworksDeps {
  readonly store: NetworkStore
  readonly createId: () => string
  readonly now: () => number
  /** Told after a change was stored, with the network before and after. */
  readonly onChanged: (before: Network | undefined, after: Network) => void
  /** Told that a network that was known is there no more, whoever removed it. */
  readonly onGone: (id: string) => void
  /** Told after a network was removed here. */
  readonly onRemoved: (id: string) => void
}

const UTC = createCalendar('UTC')

export function createNetworks({ store, createId, now, onChanged, onGone, onRemoved }: NetworksDeps): Networks {
  let networks = new Map<string, Network>()
  const calendars = new Map<string, Calendar>()
  const { refresh, changed } = createRefresh(store.loadAll, (loaded) => {
    const known = networks
    networks = new Map(loaded.map((network) => [network.id, network]))
    for (const id of known.keys()) if (!networks.has(id)) onGone(id)
  })

  function calendarOf(timeZone: string): Calendar {
    const known = calendars.get(timeZone)
    if (known !== undefined) return known
    const calendar = createCalendar(timeZone)
    calendars.set(timeZone, calendar)
    return calendar
  }

  function put(before: Network | undefined, after: Network): Network {
    networks.set(after.id, after)
    changed()
    onChanged(before, after)
    return after
  }

  function forget(id: string, isRemoved: boolean): boolean {
    if (!isRemoved) return false
    changed()
    if (networks.delete(id)) onGone(id)
    onRemoved(id)
    return true
  }

  async function changeBy(id: string, by: (before: Network) => Network, author: Author): Promise<Network> {
    const stored = await store.change(id, by, author)
    if (stored === undefined) throw new MctrackError('NETWORK_NOT_FOUND')
    return put(stored.before, stored.after)
  }

  return {
    refresh,
    get: (id) => networks.get(id),
    require(id) {
      const network = networks.get(id)
      if (network === undefined) throw new MctrackError('NETWORK_NOT_FOUND')
      return network
    },
    list: () => Array.from(networks.values()),
    calendarOf(id) {
      const network = networks.get(id)
      return network === undefined ? UTC : calendarOf(network.timeZone)
    },

    async create({ name, timeZone, currency, isDemo = false }, author, within) {
      const network: Network = {
        id: createId(),
        name,
        timeZone,
        currency,
        resumeWindowMs: NETWORK_LIMITS.resumeWindowMsDefault,
        createdAtMs: now(),
        archivedAtMs: null,
        deleteAtMs: null,
        dataRetentionDays: null,
        dataRetentionFromMs: null,
        dataRemovedBeforeMs: null,
        isDemo,
      }
      await store.add(network, author, within)
      return put(undefined, network)
    },

    changeBy,

    change(id, { archived, dataRetentionDays, ...fields }, author) {
      return changeBy(
        id,
        (before) => {
          if (archived === false && before.deleteAtMs !== null) {
            throw new MctrackError('CONFLICT', 'This network waits for its deletion. Take the deletion back first.')
          }
          const archivedAtMs =
            archived === undefined ? before.archivedAtMs : archived ? (before.archivedAtMs ?? now()) : null
          const retention = dataRetentionDays === undefined ? {} : changeDataRetention(before, dataRetentionDays, now())
          return { ...before, ...fields, ...retention, archivedAtMs }
        },
        author,
      )
    },

    async noteRemovedRows(id, options) {
      const after = await store.noteRemovedRows(id, options)
      return after && put(networks.get(id), after)
    },

    removeDue: async (id, author) => forget(id, await store.removeDue(id, now(), author)),
    removeDemo: async (id, author) => forget(id, await store.removeDemo(id, author)),
  }
}
