import { createEffect, onCleanup, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { ConnectionState } from './connection-state.tsx'
import { Logo } from './logo.tsx'
import { NavLinks } from './nav-links.tsx'
import { NetworkSwitcher } from './network-switcher.tsx'
import { UserBar } from './user-bar.tsx'

/** Everything that stands at the side of a wide screen, in front of the page of a narrow one. */
export function NavSheet(props: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const app = useApp()
  let element: HTMLDialogElement | undefined
  createEffect(() => {
    if (props.isOpen) element?.showModal()
    else element?.close()
  })
  // Who goes to another page wants to see it.
  createEffect((before?: string) => {
    const { page, state } = app.location()
    const here = `${page} ${state.network}`
    if (before !== undefined && before !== here) props.onClose()
    return here
  })
  onCleanup(() => element?.close())
  return (
    <dialog
      ref={element}
      class="nav-sheet"
      aria-label={m.menu}
      onClose={() => props.onClose()}
      onPointerDown={(event) => event.target === element && props.onClose()}
    >
      <Show when={props.isOpen}>
        <div class="flex min-h-full flex-col gap-1 px-3 py-4">
          <p class="mb-3 flex items-center gap-2.5 px-2">
            <Logo />
            <span class="flex-1 text-[15px] font-semibold tracking-tight">MCTrack</span>
          </p>
          <NetworkSwitcher />
          <nav class="flex flex-col gap-1 pb-4" aria-label={m.more}>
            <NavLinks onGo={() => props.onClose()} />
          </nav>
          <p class="px-3 pb-3">
            <ConnectionState />
          </p>
          <UserBar />
        </div>
      </Show>
    </dialog>
  )
}
