import { createMemo, For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import { gamemodeKeys } from '../explore/gamemode-colours.ts'
import { GamemodeMark } from '../explore/gamemode-mark.tsx'
import type { Session } from '../explore/session-words.ts'

/** What was played in a session: as one bar, and in order with its times. */
export function SessionStays(props: { readonly session: Session }) {
  const app = useApp()
  const { format } = app
  const stays = () => props.session.gamemodes
  const endMs = () => props.session.endedAtMs ?? app.now()
  const lengthMs = () => Math.max(1, endMs() - props.session.startedAtMs)
  const keys = createMemo(() => gamemodeKeys(stays().map(({ gamemode }) => gamemode)))
  const share = (ms: number) => `${Math.max(0, Math.min(1, ms / lengthMs())) * 100}%`
  return (
    <section>
      <h3 class="text-xs muted">{m.stays}</h3>
      <Show when={stays().length > 0} fallback={<p class="mt-1">{m.staysNone}</p>}>
        <div
          class="relative mt-2 h-5 overflow-hidden rounded-md bg-neutral"
          role="img"
          aria-label={m.barSummary(keys().size)}
        >
          <For each={stays()}>
            {(stay) => (
              <span
                class="num absolute inset-y-0 min-w-[3px] overflow-hidden border-r border-base-200 text-center text-[11px] leading-5 font-semibold text-base-200"
                style={{
                  left: share(stay.startedAtMs - props.session.startedAtMs),
                  width: share((stay.endedAtMs ?? endMs()) - stay.startedAtMs),
                  background: keys().get(stay.gamemode)?.colour,
                }}
              >
                {keys().get(stay.gamemode)?.number}
              </span>
            )}
          </For>
        </div>
        <ol class="mt-3 flex flex-col gap-2">
          <For each={stays()}>
            {(stay) => (
              <li class="flex flex-wrap items-center gap-x-2.5">
                <Show when={keys().get(stay.gamemode)}>{(known) => <GamemodeMark gamemode={known()} />}</Show>
                <span class="min-w-0 truncate font-medium">{stay.gamemode}</span>
                <Show when={stay.backend !== stay.gamemode && stay.backend !== ''}>
                  <span class="min-w-0 truncate muted">{m.backend(stay.backend)}</span>
                </Show>
                <span class="num ml-auto whitespace-nowrap muted">
                  {stay.endedAtMs === null
                    ? m.stayNow(format().timeWithSeconds(stay.startedAtMs))
                    : m.stayFrom(format().timeWithSeconds(stay.startedAtMs), format().timeWithSeconds(stay.endedAtMs))}
                </span>
                <span class="num ml-auto text-right whitespace-nowrap sm:ml-0 sm:w-20">
                  {format().duration((stay.endedAtMs ?? endMs()) - stay.startedAtMs)}
                </span>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </section>
  )
}
