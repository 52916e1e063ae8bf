import { path as compass } from 'lucide:compass'
import { path as wrench } from 'lucide:wrench'
import { type Component, ErrorBoundary, lazy, Match, Show, Suspense, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { useApp } from '../../app/app-context.ts'
import type { PageModules } from '../../app/page-modules.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { APP_PAGES, type AppPage } from '../../url/app-location.ts'

/** The page itself: loaded when it is first shown, and only for a network that the person may see. */
export function PageOutlet(props: { readonly pages: PageModules }) {
  const app = useApp()
  const components = new Map<AppPage, Component>(
    APP_PAGES.map((page) => [page, lazy(async () => ({ default: (await props.pages[page]()).Page }))]),
  )
  const networks = () => app.sources.networks()
  const page = () => app.location().page
  const needsNoNetwork = () => page() === 'account' || page() === 'start'
  const failure = () => {
    const state = networks()
    return state.kind === 'failed' ? state : undefined
  }
  const isEmpty = () => {
    const state = networks()
    return state.kind === 'ready' && state.data.length === 0 && !needsNoNetwork()
  }
  const isGone = () => networks().kind === 'ready' && app.network() === undefined && !needsNoNetwork()
  return (
    <ErrorBoundary fallback={(error: unknown) => <Broken error={error} />}>
      <Suspense fallback={<Skeleton shape="table" />}>
        <Switch fallback={<Dynamic component={components.get(page())} />}>
          <Match when={failure()}>
            {(state) => (
              <ErrorState error={state().error} isRetrying={state().isRetrying} onRetry={app.sources.retryNetworks} />
            )}
          </Match>
          <Match when={isEmpty()}>
            <EmptyState
              title={m.noNetworks}
              sentence={app.may('networks.create') ? m.noNetworksSentence : m.noNetworksAsk}
              icon={compass}
            >
              <Show when={app.may('networks.create')}>
                <a class="btn btn-primary btn-sm" href={app.href('start', { network: undefined })}>
                  {m.createNetwork}
                </a>
              </Show>
            </EmptyState>
          </Match>
          <Match when={isGone()}>
            <EmptyState title={m.networkGone} sentence={m.networkGoneSentence} icon={compass}>
              <a class="btn btn-primary btn-sm" href={app.href(page(), { network: undefined })}>
                {m.showFirstNetwork}
              </a>
            </EmptyState>
          </Match>
        </Switch>
      </Suspense>
    </ErrorBoundary>
  )
}

/** A page that broke, or whose code is gone because the collector was updated. */
function Broken(props: { readonly error: unknown }) {
  const isLoading = () => props.error instanceof TypeError && /import|module|fetch/i.test(props.error.message)
  return (
    <EmptyState
      title={isLoading() ? m.pageFailed : m.crashed}
      sentence={isLoading() ? m.pageFailedSentence : m.crashedSentence}
      icon={wrench}
    >
      <button type="button" class="btn btn-primary btn-sm" onClick={() => window.location.reload()}>
        {m.reload}
      </button>
    </EmptyState>
  )
}
