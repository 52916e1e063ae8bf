import { path as menu } from 'lucide:menu'
import { path as search } from 'lucide:search'
import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { pageEntry } from '../../app/page-list.ts'
import { Icon } from '../../components/icon.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { DemoMark } from '../demo/demo-mark.tsx'
import { ConnectionState } from './connection-state.tsx'
import { RangePicker } from './range-picker.tsx'
import { ShareButton } from './share-button.tsx'

const PALETTE_KEYS = /mac|iphone|ipad/i.test(navigator.platform) ? '⌘ K' : 'Ctrl K'

/** The name of the page, how the live numbers are doing, and what the page can be told. */
export function TopBar(props: { readonly onMenu: () => void; readonly onSearch: () => void }) {
  const app = useApp()
  const entry = () => pageEntry(app.location().page)
  return (
    <header class="sticky top-0 z-20 flex h-16 items-center gap-2 border-b border-base-300/60 bg-base-100 px-4 sm:gap-3 lg:px-8">
      <button
        type="button"
        class="btn btn-square btn-ghost btn-sm -ml-2 lg:hidden"
        aria-label={m.menu}
        aria-haspopup="dialog"
        onClick={() => props.onMenu()}
      >
        <Icon path={menu} class="size-5" />
      </button>
      <h1 class="truncate text-lg font-semibold tracking-tight" tabindex={-1}>
        {entry().title}
      </h1>
      <DemoMark />
      <span class="hidden min-w-0 sm:inline-flex">
        <ConnectionState />
      </span>
      <span class="flex-1" />
      <button
        type="button"
        class="btn btn-ghost btn-sm h-9 w-9 border-base-300 px-0 font-normal muted md:w-56 md:justify-start md:px-3 xl:w-64"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => props.onSearch()}
      >
        <Icon path={search} />
        <span class="sr-only text-left md:not-sr-only md:flex-1">{m.search}</span>
        <kbd class="kbd kbd-sm hidden md:inline-flex">{PALETTE_KEYS}</kbd>
      </button>
      <Show when={entry().hasRange}>
        <RangePicker />
      </Show>
      <ShareButton />
    </header>
  )
}
