import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { PAGE_LIST, type PageEntry } from '../../app/page-list.ts'
import { Icon } from '../../components/icon.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { LiveMark } from './live-mark.tsx'

const GROUPS = [
  { group: 'main', title: undefined },
  { group: 'explore', title: m.groupExplore },
  { group: 'operate', title: m.groupOperate },
] as const

/** Links to every page, in groups, with what wants a person. */
export function NavLinks(props: { readonly onGo?: () => void }) {
  return (
    <For each={GROUPS}>
      {({ group, title }) => (
        <div>
          <Show when={title}>
            <p class="px-3 pt-3 pb-1 text-[11px] font-medium tracking-wider uppercase muted">{title}</p>
          </Show>
          <ul class="flex flex-col gap-0.5">
            <For each={PAGE_LIST.filter((entry) => entry.group === group)}>
              {(entry) => (
                <li>
                  <NavLink entry={entry} {...(props.onGo !== undefined && { onGo: props.onGo })} />
                </li>
              )}
            </For>
          </ul>
        </div>
      )}
    </For>
  )
}

function NavLink(props: { readonly entry: PageEntry; readonly onGo?: () => void }) {
  const app = useApp()
  const isHere = () => app.location().page === props.entry.page
  const attention = () => app.sources.attention()[props.entry.page] ?? 0
  return (
    <a
      href={app.href(props.entry.page)}
      class="flex h-9 items-center gap-3 rounded-lg px-3 text-sm aria-[current=page]:bg-primary/15 aria-[current=page]:font-medium"
      classList={{ 'muted hover:bg-neutral hover:text-base-content': !isHere() }}
      aria-current={isHere() ? 'page' : undefined}
      onClick={() => props.onGo?.()}
    >
      <Icon path={props.entry.icon} />
      <span class="flex-1 truncate">{props.entry.title}</span>
      <Show when={props.entry.page === 'live'}>
        <LiveMark />
      </Show>
      <Show when={attention() > 0}>
        <span class="num badge badge-sm badge-warning" title={m.needsAttention(attention())}>
          {attention()}
          <span class="sr-only">{m.needsAttention(attention())}</span>
        </span>
      </Show>
    </a>
  )
}
