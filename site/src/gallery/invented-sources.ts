import { createSignal } from 'solid-js'
import type { AppSources, PaletteSource } from '../app/app-sources.ts'
import type { SourceDeps } from '../app/create-app.ts'
import { COUNTS, inventPlayers, NETWORKS } from './invented-data.ts'

/** A frame without a collector. What it shows can be asked for: `#offline`, `#empty`, `#failed`. */
export function createInventedSources({ app }: SourceDeps): AppSources {
  const [counts, setCounts] = createSignal(COUNTS)
  const wish = window.location.hash
  const nowMs = Date.now()
  const isOffline = wish === '#offline'
  setInterval(() => setCounts((before) => ({ ...before, total: before.total + (Date.now() % 3) - 1 })), 2_000)
  const players: PaletteSource = {
    title: 'Players',
    searchesItself: true,
    async find(query) {
      const part = query.toLowerCase()
      return inventPlayers(40)
        .filter(({ name }) => name.toLowerCase().includes(part))
        .map(({ id, name, gamemode }) => ({
          id,
          title: name,
          hint: gamemode,
          faceOf: id,
          run: () => app().go('players', { open: id }),
        }))
    },
  }
  return {
    networks: () => {
      if (wish === '#failed') {
        const error = {
          code: 'STORAGE_UNAVAILABLE',
          message: 'PostgreSQL does not answer. It is tried again by itself.',
          status: 503,
          requestId: 'req-7f3a',
        }
        return { kind: 'failed', error, isRetrying: false }
      }
      const data = wish === '#empty' ? [] : NETWORKS
      return { kind: 'ready', data, atMs: nowMs, isRefreshing: false, isOutdated: false, error: undefined }
    },
    retryNetworks: () => {},
    live: {
      counts,
      follow: () => ({
        kind: isOffline ? 'waiting' : 'open',
        lastMessageMs: nowMs - 42_000,
        retryAtMs: isOffline ? Date.now() + 4_000 : undefined,
        failures: 0,
      }),
      retryNow: () => {},
    },
    user: () => ({ name: 'Mira Kowalski', email: 'mira@example.net' }),
    rights: () => ({ may: () => true }),
    retryAccount: () => {},
    actions: () => [],
    signOut: () => app().notices.show({ tone: 'info', title: 'Signed out' }),
    ingest: { state: () => ({ kind: 'loading' }), refresh: () => {} },
    attention: () => ({ health: 2 }),
    palette: [players],
  }
}
