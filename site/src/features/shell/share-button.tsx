import { path as share } from 'lucide:share-2'
import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { pageEntry } from '../../app/page-list.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { formatLocation } from '../../url/app-location.ts'
import { freezeRange } from '../../url/range.ts'

/** Copies the address of exactly what is shown: with a range that moves on, or frozen. */
export function ShareButton() {
  const app = useApp()
  async function copy(isFrozen: boolean, close: () => void): Promise<void> {
    const { page, state } = app.location()
    const range = isFrozen ? freezeRange(app.range()) : state.range
    // A colleague may have other networks: the link names this one.
    const address = formatLocation({ page, state: { ...state, range, network: app.network()?.id } })
    close()
    try {
      await navigator.clipboard.writeText(`${window.location.origin}${address}`)
      app.notices.show({ tone: 'success', title: m.linkCopied })
    } catch {
      app.notices.show({ tone: 'error', title: m.linkNotCopied })
    }
  }
  return (
    <PopoverMenu
      label={m.share}
      triggerClass="btn btn-square btn-ghost btn-sm size-9 border border-base-300"
      panelClass="right-0 w-72"
      trigger={<Icon path={share} />}
    >
      {(close) => (
        <>
          <Choice title={m.shareRelative} help={m.shareRelativeHelp} onChoose={() => void copy(false, close)} />
          <Show when={pageEntry(app.location().page).hasRange}>
            <Choice title={m.shareFrozen} help={m.shareFrozenHelp} onChoose={() => void copy(true, close)} />
          </Show>
        </>
      )}
    </PopoverMenu>
  )
}

function Choice(props: { readonly title: string; readonly help: string; readonly onChoose: () => void }) {
  return (
    <button
      type="button"
      class="w-full cursor-pointer rounded-lg px-2.5 py-2 text-left text-sm hover:bg-neutral"
      data-menu-item
      onClick={() => props.onChoose()}
    >
      <span class="block font-medium">{props.title}</span>
      <span class="block text-xs text-pretty muted">{props.help}</span>
    </button>
  )
}
