import { path as download } from 'lucide:download'
import { For, Show } from 'solid-js'
import { apiUrl } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'

const FORMATS = [
  { format: 'csv', title: m.exportCsv, help: m.exportCsvHelp },
  { format: 'ndjson', title: m.exportNdjson, help: m.exportNdjsonHelp },
] as const

/** Links to files with everything that matches, for those who may have them. */
export function ExportMenu(props: {
  readonly list: 'players' | 'sessions' | 'events'
  readonly query: Readonly<Record<string, string | undefined>>
}) {
  const app = useApp()
  const href = (format: string): string =>
    apiUrl(`/networks/:networkId/${props.list}/export`, {
      param: { networkId: app.network()?.id ?? '' },
      query: { ...props.query, format },
    })
  return (
    <Show when={app.may('export') && app.may('players.view')}>
      <PopoverMenu
        triggerClass="btn btn-ghost btn-sm h-9 border border-base-300 font-normal"
        panelClass="right-0 w-72 max-w-[calc(100vw-2rem)]"
        trigger={
          <>
            <Icon path={download} />
            {m.export}
          </>
        }
      >
        {(close) => (
          <>
            <p class="px-2.5 pt-1.5 pb-1 text-xs text-pretty muted">{m.exportSentence}</p>
            <For each={FORMATS}>
              {({ format, title, help }) => (
                <a
                  class="block rounded-lg px-2.5 py-1.5 text-sm hover:bg-neutral"
                  href={href(format)}
                  download=""
                  data-menu-item
                  onClick={() => setTimeout(close)}
                >
                  {title}
                  <span class="block text-xs text-pretty muted">{help}</span>
                </a>
              )}
            </For>
          </>
        )}
      </PopoverMenu>
    </Show>
  )
}
