import type { Author } from '../access/index.ts'
import { MctrackError } from '../platform/error.ts'
import type { Log } from '../platform/log.ts'
import { createRefresh } from '../platform/refresh.ts'
import type { Backend, GamemodeStore } from './gamemode-store.ts'

/** Backends of one network that get a game mode of their own; what comes after counts as OVERFLOW_GAMEMODE. */
const BACKENDS_MAX = 5_000
const OVERFLOW_GAMEMODE = '(others)'

/** Which game mode a backend counts as, held in memory. */
export interface Gamemodes {
  refresh(): Promise<void>
  /** The backend's game mode; a backend that is new is noted and counts as itself. */
  gamemodeOf(networkId: string, backend: string): string
  /** With what other collectors have seen, unless PostgreSQL is away. */
  list(networkId: string): Promise<Backend[]>
  /** @throws MctrackError SERVER_NOT_FOUND for a backend that was never seen */
  map(networkId: string, backend: string, gamemode: string, author: Author): Promise<Backend>
  /** The network is gone. */
  forgetNetwork(networkId: string): void
}

export interface GamemodesDeps {
  readonly store: GamemodeStore
  readonly log: Log
  readonly now: () => number
  readonly onMapped: (backend: Backend) => void
}

export function createGamemodes({ store, log, now, onMapped }: GamemodesDeps): Gamemodes {
  const networks = new Map<string, Map<string, Backend>>()

  function backendsOf(networkId: string): Map<string, Backend> {
    const known = networks.get(networkId)
    if (known !== undefined) return known
    const created = new Map<string, Backend>()
    networks.set(networkId, created)
    return created
  }

  const { refresh, changed } = createRefresh(store.loadAll, (loaded) => {
    // Backends are removed with their network alone, and one that was just noted here may not be stored yet.
    for (const backend of loaded) backendsOf(backend.networkId).set(backend.name, backend)
  })

  return {
    refresh,

    gamemodeOf(networkId, name) {
      const backends = backendsOf(networkId)
      const known = backends.get(name)
      if (known !== undefined) return known.gamemode
      if (backends.size >= BACKENDS_MAX) return OVERFLOW_GAMEMODE
      const backend: Backend = { networkId, name, gamemode: name, firstSeenAtMs: now() }
      backends.set(name, backend)
      store.add(backend).catch((error: unknown) => {
        backends.delete(name) // It is noted again when it is next seen.
        log.warn({ err: error }, 'a backend could not be stored; it is tried again')
      })
      return name
    },

    async list(networkId) {
      await refresh().catch((error: unknown) => log.warn({ err: error }, 'backends could not be read again'))
      return Array.from(backendsOf(networkId).values()).sort((a, b) => (a.name < b.name ? -1 : 1))
    },

    async map(networkId, name, gamemode, author) {
      // Another collector may have seen it first.
      if (!backendsOf(networkId).has(name)) await refresh()
      const known = backendsOf(networkId).get(name)
      if (known === undefined)
        throw new MctrackError('SERVER_NOT_FOUND', 'No player was ever seen on a backend of this name.')
      const backend = { ...known, gamemode }
      await store.map(backend, author)
      backendsOf(networkId).set(name, backend)
      changed()
      onMapped(backend)
      return backend
    },

    forgetNetwork: (networkId) => void networks.delete(networkId),
  }
}
