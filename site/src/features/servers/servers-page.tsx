import { createEffect, createMemo, on, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { GamemodesCard } from './gamemodes-card.tsx'
import { ServerDetail } from './server-detail.tsx'
import { ServersCard } from './servers-card.tsx'

const REFRESH_MS = 30_000

/** The servers that report, or the one that is opened. */
export function Page() {
  const app = useApp()
  const networkId = () => {
    const id = app.network()?.id
    return id === undefined ? undefined : { networkId: id }
  }
  const card = createCard(
    networkId,
    (param, signal) => app.api.get('/networks/:networkId/servers', { param }, { signal }),
    { refreshEveryMs: REFRESH_MS },
  )
  // Asked for when they are first shown, and kept while one goes between the list and a server.
  const wasListed = createMemo((before: boolean) => before || app.state().open === undefined, false)
  const wasOpened = createMemo((before: boolean) => before || app.state().open !== undefined, false)
  const gamemodes = createCard(
    () => (wasListed() ? networkId() : undefined),
    (param, signal) => app.api.get('/networks/:networkId/gamemodes', { param }, { signal }),
  )
  const keys = createCard(
    () => (wasOpened() && app.may('keys.manage') ? networkId() : undefined),
    (param, signal) => app.api.get('/networks/:networkId/keys', { param }, { signal }),
  )
  // The stream tells that a server came or went; the list says which.
  const connected = createMemo(() => app.sources.live.counts()?.serversConnected)
  createEffect(on(connected, (now, before) => now !== undefined && before !== undefined && card.refresh()))
  return (
    <Show
      when={app.state().open}
      keyed
      fallback={
        <div class="flex flex-col gap-4 lg:gap-5">
          <ServersCard card={card} />
          <GamemodesCard card={gamemodes} />
        </div>
      }
    >
      {(name) => <ServerDetail name={name} card={card} keys={keys} />}
    </Show>
  )
}
