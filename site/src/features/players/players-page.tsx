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
  // Whose profile was left last: the focus goes back to their row.
  const [left, setLeft] = createSignal<string>()
  let shown = open()
  let listScrollPx = 0
  // Who opens somebody begins at the profile; who comes back goes on in the list.
  createEffect(
    on(
      open,
      (playerId) => {
        const before = shown
        shown = playerId
        if (playerId !== undefined) {
          if (before === undefined) listScrollPx = window.scrollY
          window.scrollTo(0, 0)
          return
        }
        setLeft(before)
        requestAnimationFrame(() => window.scrollTo(0, listScrollPx))
      },
      { defer: true },
    ),
  )
  return (
    <>
      <div classList={{ hidden: open() !== undefined }}>
        <PlayerList erased={erased()} left={left()} onFocused={() => setLeft(undefined)} />
      </div>
      <Show when={open()} keyed>
        {(playerId) => <Profile playerId={playerId} onErased={() => setErased((before) => before + 1)} />}
      </Show>
    </>
  )
}
