import { createEffect, createMemo, createSignal, on, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { PlayerList } from './player-list.tsx'
import { Profile } from './profile.tsx'

/** Everybody who was ever seen, and one of them opened. */
export function Page() {
  const app = useApp()
  const open = createMemo(() => app.state().open)
  // How many were erased here: the list is asked for anew after each.
  const [erased, setErased] = createSignal(0)
  let listScrollPx = 0
  // Who opens somebody begins at the profile; who comes back goes on in the list.
  createEffect(
    on(
      open,
      (playerId, before) => {
        if (playerId !== undefined) {
          if (before === undefined) listScrollPx = window.scrollY
          window.scrollTo(0, 0)
          return
        }
        requestAnimationFrame(() => {
          window.scrollTo(0, listScrollPx)
          document.querySelector<HTMLElement>(`[data-list] [data-player="${CSS.escape(before ?? '')}"]`)?.focus()
        })
      },
      { defer: true },
    ),
  )
  return (
    <>
      <div data-list classList={{ hidden: open() !== undefined }}>
        <PlayerList erased={erased()} />
      </div>
      <Show when={open()} keyed>
        {(playerId) => <Profile playerId={playerId} onErased={() => setErased((before) => before + 1)} />}
      </Show>
    </>
  )
}
