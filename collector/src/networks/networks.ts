import { MctrackError } from '../platform/error.ts'
import { createRefresh } from '../platform/refresh.ts'
import { type Calendar, createCalendar } from './calendar.ts'
import { NETWORK_LIMITS, type Network } from './network.ts'
import type { NetworkStore } from './network-store.ts'

export interface NetworkChange {
  readonly name?: string
  readonly timeZone?: string
  readonly currency?: string
  readonly resumeWindowMs?: number
  readonly archived?: boolean
}

/** All networks, held in memory: ingest asks for them at every connection, and never waits for a database. */
export interface Networks {
  refresh(): Promise<void>
  get(id: string): Network | undefined
  list(): Network[]
  calendarOf(id: string): Calendar
  create(network: { readonly name: string; readonly timeZone: string; readonly currency: string }): Promise<Network>
  /** @throws MctrackError NETWORK_NOT_FOUND */
  change(id: string, change: NetworkChange): Promise<Network>
}

export interface NetworksDeps {
  readonly store: NetworkStore
  readonly createId: () => string
  readonly now: () => number
  /** Told after a change was stored, with the network before and after. */
  readonly onChanged: (before: Network | undefined, after: Network) => void
}

const UTC = createCalendar('UTC')

export function createNetworks({ store, createId, now, onChanged }: NetworksDeps): Networks {
  let networks = new Map<string, Network>()
  const calendars = new Map<string, Calendar>()
  const { refresh, changed } = createRefresh(store.loadAll, (loaded) => {
    networks = new Map(loaded.map((network) => [network.id, network]))
  })

  function calendarOf(timeZone: string): Calendar {
    const known = calendars.get(timeZone)
    if (known !== undefined) return known
    const calendar = createCalendar(timeZone)
    calendars.set(timeZone, calendar)
    return calendar
  }

  async function put(before: Network | undefined, after: Network): Promise<Network> {
    await store.save(after)
    networks.set(after.id, after)
    changed()
    onChanged(before, after)
    return after
  }

  return {
    refresh,
    get: (id) => networks.get(id),
    list: () => Array.from(networks.values()),
    calendarOf(id) {
      const network = networks.get(id)
      return network === undefined ? UTC : calendarOf(network.timeZone)
    },

    create({ name, timeZone, currency }) {
      return put(undefined, {
        id: createId(),
        name,
        timeZone,
        currency,
        resumeWindowMs: NETWORK_LIMITS.resumeWindowMsDefault,
        createdAtMs: now(),
        archivedAtMs: null,
      })
    },

    async change(id, change) {
      // Another collector may have changed it, and what it changed must stay.
      await refresh()
      const before = networks.get(id)
      if (before === undefined) throw new MctrackError('NETWORK_NOT_FOUND')
      const { archived, ...fields } = change
      const archivedAtMs =
        archived === undefined ? before.archivedAtMs : archived ? (before.archivedAtMs ?? now()) : null
      return put(before, { ...before, ...fields, archivedAtMs })
    },
  }
}
