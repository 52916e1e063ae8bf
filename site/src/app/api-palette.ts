import { path as key } from 'lucide:key-round'
import { path as logOut } from 'lucide:log-out'
import { path as plus } from 'lucide:plus'
import { path as server } from 'lucide:server'
import { path as userPlus } from 'lucide:user-plus'
import type { ApiResult } from '../api/client.ts'
import { shellMessages as m } from '../messages/shell-messages.ts'
import type { App } from './app-context.ts'
import type { PaletteItem, PaletteSource } from './app-sources.ts'

/** Nobody types this long, and servers seldom come. */
const SERVERS_KEPT_MS = 30_000
const PLAYERS_MAX = 8

/** Servers and players of the network that is shown, from the collector. */
export function createApiPalette(app: () => App): readonly PaletteSource[] {
  const listServers = createServerList(app)
  return [
    {
      title: m.paletteServers,
      async find(_, signal) {
        return (await listServers(signal)).map((name) => ({
          id: name,
          title: name,
          icon: server,
          run: () => app().go('servers', { open: name }),
        }))
      },
    },
    {
      title: m.palettePlayers,
      searchesItself: true,
      async find(search, signal) {
        const networkId = app().network()?.id
        if (networkId === undefined || !app().may('players.view')) return []
        const query = { search: search.trim(), limit: String(PLAYERS_MAX) }
        const answer = await app().api.get('/networks/:networkId/players', { param: { networkId }, query }, { signal })
        return dataOf(answer).players.map(({ playerId, name, online }) => ({
          id: playerId,
          title: name,
          hint: online?.gamemode ?? '',
          faceOf: playerId,
          run: () => app().go('players', { open: playerId }),
        }))
      },
    },
  ]
}

/** What can be done from anywhere, as far as the person may. */
export function listApiActions(app: App): readonly PaletteItem[] {
  const actions = [
    { permission: 'networks.create', id: 'create-network', title: m.createNetwork, icon: plus, run: createNetwork },
    { permission: 'keys.manage', id: 'create-key', title: m.createKey, icon: key, run: goTo('keys') },
    { permission: 'members.manage', id: 'invite', title: m.inviteSomebody, icon: userPlus, run: goTo('invitations') },
  ] as const
  function createNetwork(): void {
    app.go('start', { network: undefined })
  }
  function goTo(tab: string): () => void {
    return () => app.go('settings', { tab, open: 'new' })
  }
  return [
    ...actions.filter(({ permission }) => app.may(permission)),
    { id: 'sign-out', title: m.signOut, icon: logOut, run: () => app.sources.signOut() },
  ]
}

/** Names of the servers, asked for once while somebody types. */
function createServerList(app: () => App): (signal: AbortSignal) => Promise<readonly string[]> {
  let kept: { readonly networkId: string; readonly atMs: number; readonly names: readonly string[] } | undefined
  return async (signal) => {
    const networkId = app().network()?.id
    if (networkId === undefined) return []
    if (kept?.networkId === networkId && Date.now() - kept.atMs < SERVERS_KEPT_MS) return kept.names
    const answer = await app().api.get('/networks/:networkId/servers', { param: { networkId } }, { signal })
    const names = dataOf(answer).map(({ name }) => name)
    kept = { networkId, atMs: Date.now(), names }
    return names
  }
}

/** @throws when there is no answer, which the palette tells */
function dataOf<Data>(answer: ApiResult<Data>): Data {
  if (answer.kind !== 'ok') throw new Error('not answered')
  return answer.data
}
