import { path as lock } from 'lucide:lock'
import { createMemo, createSignal, For, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'
import { type Dimension, normalizeFilters } from '../../url/filters.ts'
import { type Decision, DecisionDialog } from './decision-dialog.tsx'
import { LetterRow } from './letter-row.tsx'

const STATES = ['kept', 'replayed', 'discarded', 'all'] as const
const PAGE_SIZE = 25
const NONE: readonly string[] = []

/** What was refused and kept: looked at, tried again or discarded by those who may. */
export function DeadLettersCard() {
  const app = useApp()
  const mayDecide = () => app.may('ingest.manage')
  const value = (dimension: Dimension): string | undefined =>
    app.state().filters.find((filter) => filter.dimension === dimension && filter.operator === 'is')?.values[0]
  const shownState = () => STATES.find((state) => state === value('state')) ?? 'kept'
  const [decision, setDecision] = createSignal<Decision>()

  const card = createCard(
    () => {
      const networkId = app.network()?.id
      if (networkId === undefined || !mayDecide()) return undefined
      return { networkId, state: shownState(), code: value('reason'), beforeMs: readCursor(app.state().cursor) }
    },
    ({ networkId, state, code, beforeMs }, signal) => {
      const more = { ...(code !== undefined && { code }), ...(beforeMs !== undefined && { beforeMs }) }
      const query = { state, limit: String(PAGE_SIZE), ...more }
      return app.api.get('/networks/:networkId/dead-letters', { param: { networkId }, query }, { signal })
    },
  )
  const letters = createMemo(() => {
    const state = card.state()
    return state.kind === 'ready' ? state.data : []
  })
  /** Reasons to choose from: those that were refused lately, and the one that is chosen. */
  const reasons = createMemo(() => {
    const state = app.sources.ingest.state()
    const lately = state.kind === 'ready' ? state.data.refused.map(({ code }) => code) : NONE
    return [...new Set([...lately, ...letters().map(({ code }) => code), value('reason') ?? ''])]
      .filter((code) => code !== '')
      .sort()
  })
  function choose(dimension: Dimension, next: string | undefined): void {
    const others = app.state().filters.filter((filter) => filter.dimension !== dimension)
    const own = next === undefined ? [] : [{ dimension, operator: 'is' as const, values: [next] }]
    app.change({ filters: normalizeFilters([...others, ...own]), cursor: undefined })
  }
  function onDecided(): void {
    setDecision(undefined)
    card.refresh()
    app.sources.ingest.refresh()
  }
  const nextCursor = () => (letters().length < PAGE_SIZE ? undefined : String(letters().at(-1)?.receivedAtMs ?? ''))

  return (
    <Card title={m.letters} class="col-span-12">
      <Show
        when={mayDecide() || app.sources.rights() === undefined}
        fallback={<EmptyState title={m.lettersNotYours} sentence={m.lettersNotYoursSentence} icon={lock} />}
      >
        <p class="mt-1 mb-3 text-sm text-pretty muted">{m.lettersHelp}</p>
        <div class="mb-1 flex flex-wrap items-center justify-end gap-3">
          <label class="flex items-center gap-2 text-sm">
            <span class="muted">{m.reasonFilter}</span>
            <select
              class="select w-auto bg-base-100 select-sm"
              onChange={({ currentTarget }) => choose('reason', currentTarget.value || undefined)}
            >
              <option value="" selected={value('reason') === undefined}>
                {m.allReasons}
              </option>
              <For each={reasons()}>
                {(code) => (
                  <option value={code} selected={value('reason') === code}>
                    {code}
                  </option>
                )}
              </For>
            </select>
          </label>
        </div>
        <Tabs
          tabs={STATES.map((state) => ({ key: state, title: m[state] }))}
          selected={shownState()}
          onSelect={(key) => choose('state', key === 'kept' ? undefined : key)}
          label={m.states}
        >
          <CardBody
            state={card.state()}
            onRetry={card.refresh}
            skeleton="table"
            size="min-h-60"
            isEmpty={(list) => list.length === 0}
            empty={
              <EmptyState
                title={m.lettersNone}
                sentence={shownState() === 'kept' ? m.lettersNoneSentence : m.lettersNoneOther}
              />
            }
          >
            {() => (
              <ul class="flex flex-col">
                <For each={letters()}>{(letter) => <LetterRow letter={letter} onDecide={setDecision} />}</For>
              </ul>
            )}
          </CardBody>
        </Tabs>
        <div class="mt-2 flex h-8 gap-4 text-sm">
          <Show when={app.state().cursor !== undefined}>
            <button type="button" class="link-hover link" onClick={() => app.change({ cursor: undefined })}>
              {m.newest}
            </button>
          </Show>
          <Show when={nextCursor()}>
            {(cursor) => (
              <button type="button" class="link-hover link" onClick={() => app.change({ cursor: cursor() })}>
                {m.older}
              </button>
            )}
          </Show>
        </div>
      </Show>
      <DecisionDialog decision={decision()} onClose={() => setDecision(undefined)} onDecided={onDecided} />
    </Card>
  )
}

/** The cursor of this list is an instant; anything else is none. */
function readCursor(cursor: string | undefined): string | undefined {
  return cursor !== undefined && /^\d{1,13}$/.test(cursor) ? cursor : undefined
}
