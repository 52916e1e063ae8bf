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
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      return networkId === undefined ? undefined : { networkId }
    },
    (param, signal) => app.api.get('/networks/:networkId/servers', { param }, { signal }),
    { refreshEveryMs: REFRESH_MS },
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
          <GamemodesCard />
        </div>
      }
    >
      {(name) => <ServerDetail name={name} card={card} />}
    </Show>
  )
}
