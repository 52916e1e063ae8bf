import { path as check } from 'lucide:check'
import { path as chevrons } from 'lucide:chevrons-up-down'
import { For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import type { NetworkSummary } from '../../app/app-sources.ts'
import { Icon } from '../../components/icon.tsx'
import { PopoverMenu } from '../../components/popover-menu.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { initials } from './initials.ts'

/** The network that is shown, and the others. */
export function NetworkSwitcher() {
  const app = useApp()
  const isLoading = () => app.sources.networks().kind === 'loading'
  const networks = () => {
    const state = app.sources.networks()
    return state.kind === 'ready' ? state.data : []
  }
  return (
    <Show
      when={app.network()}
      fallback={
        <div
          class="mb-3 flex h-[54px] items-center rounded-box px-3 text-sm muted"
          classList={{ 'quiet-pulse': isLoading(), 'card-quiet': !isLoading() }}
        >
          {isLoading() ? '' : m.noNetworkShown}
        </div>
      }
    >
      {(network) => (
        <div class="mb-3">
          <PopoverMenu
            triggerClass="card-quiet flex w-full cursor-pointer items-center gap-2.5 px-3 py-2 text-left hover:border-base-300"
            panelClass="left-0 w-full min-w-60"
            trigger={
              <>
                <span class="sr-only">{m.networkSwitcher}</span>
                <NetworkFacts network={network()} />
                <Icon path={chevrons} class="size-4 muted" />
              </>
            }
          >
            {(close) => (
              <ul aria-label={m.chooseNetwork}>
                <For each={networks()}>
                  {(other) => (
                    <li>
                      <a
                        href={app.href(app.location().page, { network: other.id })}
                        class="flex items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-neutral"
                        aria-current={other.id === network().id ? 'true' : undefined}
                        data-menu-item
                        onClick={() => close()}
                      >
                        <NetworkFacts network={other} />
                        <Show when={other.id === network().id}>
                          <Icon path={check} class="size-4 text-success" />
                        </Show>
                      </a>
                    </li>
                  )}
                </For>
              </ul>
            )}
          </PopoverMenu>
        </div>
      )}
    </Show>
  )
}

function NetworkFacts(props: { readonly network: NetworkSummary }) {
  return (
    <>
      <span
        class="grid size-7 shrink-0 place-items-center rounded-md bg-primary text-xs font-semibold text-primary-content"
        aria-hidden="true"
      >
        {initials(props.network.name)}
      </span>
      <span class="min-w-0 flex-1">
        <span class="flex items-center gap-1.5 text-sm font-medium">
          <span class="truncate">{props.network.name}</span>
          <Show when={props.network.isDemo}>
            <span class="badge badge-sm badge-warning">{m.demo}</span>
          </Show>
        </span>
        <span class="block truncate text-xs muted">
          {m.networkFacts(props.network.timeZone, props.network.currency)}
        </span>
      </span>
    </>
  )
}
