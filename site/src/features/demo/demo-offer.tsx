import { path as flask } from 'lucide:flask-conical'
import { createEffect, createSignal, Match, onCleanup, Show, Switch } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { Icon } from '../../components/icon.tsx'
import { Notice } from '../../components/notice.tsx'
import { guessCurrency } from '../../forms/currencies.ts'
import { guessTimeZone } from '../../forms/time-zones.ts'
import { demoMessages as m } from '../../messages/demo-messages.ts'
import { createDemoRemoval } from './remove-demo.ts'

/** Often enough to be seen moving, seldom enough for the limit of the API. */
const ASK_EVERY_MS = 2_500
const OVER = new Set(['none', 'live', 'failed'])

/** Loads a network that is only played, shows how far it is, and removes it. */
export function DemoOffer(props: { readonly class?: string }) {
  const app = useApp()
  const removal = createDemoRemoval(app)
  const [isLoading, setLoading] = createSignal(false)
  const demo = createCard(
    () => (app.may('networks.create') ? {} : undefined),
    (_, signal) => app.api.get('/demo-network', {}, { signal }),
  )
  const state = () => {
    const card = demo.state()
    return card.kind === 'ready' ? card.data : undefined
  }
  const isUnderWay = () => state() !== undefined && !OVER.has(state()?.phase ?? 'none')
  createEffect(() => {
    if (!isUnderWay()) return
    const timer = setInterval(() => document.visibilityState === 'visible' && demo.refresh(), ASK_EVERY_MS)
    onCleanup(() => clearInterval(timer))
  })

  async function load(): Promise<void> {
    if (isLoading()) return
    setLoading(true)
    const json = { timeZone: guessTimeZone(), currency: guessCurrency(navigator.language) }
    const answer = await app.api.post('/demo-network', { json })
    setLoading(false)
    if (answer.kind === 'failed') {
      app.notices.show({ tone: 'error', title: answer.error.message, sentence: answer.error.code })
      return
    }
    demo.refresh()
    app.sources.retryNetworks()
    app.sources.retryAccount()
  }
  async function remove(): Promise<void> {
    if (await removal.remove()) demo.refresh()
  }
  const words = () => {
    const now = state()
    if (now?.phase === 'history') return m.history(app.format().percent(now.historyShare))
    if (now?.phase === 'storing') return m.storing
    return now?.phase === 'rebuilding' ? m.rebuilding : m.starting
  }
  const quietButton = 'btn border-base-300 bg-transparent btn-sm font-normal'
  return (
    <Show when={state()}>
      {(now) => (
        <Card title={m.lookAround} class={props.class ?? ''}>
          <Show
            when={now().networkId}
            fallback={
              <div class="mt-2 flex flex-wrap items-center gap-3">
                <p class="min-w-60 flex-1 text-sm text-pretty muted">{m.lookAroundSentence}</p>
                <button type="button" class={quietButton} aria-disabled={isLoading()} onClick={() => void load()}>
                  <Icon path={flask} />
                  {isLoading() ? m.starting : m.load}
                </button>
              </div>
            }
          >
            {(networkId) => (
              <>
                <div class="mt-2 text-sm" role="status">
                  <Switch>
                    <Match when={now().phase === 'live'}>{m.live}</Match>
                    <Match when={isUnderWay()}>{words()}</Match>
                  </Switch>
                </div>
                <Show when={isUnderWay()}>
                  <progress
                    class="progress mt-2 w-full progress-primary"
                    aria-label={m.progress}
                    max="1"
                    value={now().phase === 'history' || now().phase === 'starting' ? now().historyShare : 1}
                  />
                </Show>
                <Show when={now().failure}>
                  {(failure) => (
                    <Notice tone="warning" title={m.failed} class="mt-2">
                      {failure()}
                    </Notice>
                  )}
                </Show>
                <p class="num mt-1 text-xs muted">
                  {m.counted(app.format().number(now().sessions), app.format().number(now().events))}
                </p>
                <div class="mt-3 flex flex-wrap gap-2">
                  <a class="btn btn-primary btn-sm" href={app.href('live', { network: networkId() })}>
                    {m.open}
                  </a>
                  <button
                    type="button"
                    class={quietButton}
                    aria-disabled={removal.isRemoving()}
                    onClick={() => void remove()}
                  >
                    {removal.isRemoving() ? m.removing : m.remove}
                  </button>
                </div>
              </>
            )}
          </Show>
        </Card>
      )}
    </Show>
  )
}
