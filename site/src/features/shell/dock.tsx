import { path as menu } from 'lucide:menu'
import { For } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { PAGE_LIST } from '../../app/page-list.ts'
import { Icon } from '../../components/icon.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'

/** The navigation at the foot of a phone. */
export function Dock(props: { readonly onMore: () => void }) {
  const app = useApp()
  return (
    <nav class="dock border-t border-base-300/60 bg-base-200 lg:hidden" aria-label={m.mainNavigation}>
      <For each={PAGE_LIST.filter(({ isInDock }) => isInDock)}>
        {({ page, icon, title }) => (
          <a
            href={app.href(page)}
            classList={{ 'dock-active': app.location().page === page, muted: app.location().page !== page }}
            aria-current={app.location().page === page ? 'page' : undefined}
          >
            <Icon path={icon} class="size-5" />
            <span class="dock-label">{title}</span>
          </a>
        )}
      </For>
      <button type="button" class="muted" aria-haspopup="dialog" onClick={() => props.onMore()}>
        <Icon path={menu} class="size-5" />
        <span class="dock-label">{m.more}</span>
      </button>
    </nav>
  )
}
