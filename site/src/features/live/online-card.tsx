import { path as searchIcon } from 'lucide:search'
import { path as usersIcon } from 'lucide:users'
import { path as x } from 'lucide:x'
import { createMemo, For, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { ErrorState } from '../../components/error-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { VirtualTable } from '../../components/virtual-table.tsx'
import { componentMessages } from '../../messages/component-messages.ts'
import { deviceWords, liveMessages as m } from '../../messages/live-messages.ts'
import { type Dimension, type Filter, toggleFilter } from '../../url/filters.ts'
import { LISTED_MAX, type Online } from './create-online.ts'
import { onlineColumns } from './online-columns.tsx'
import { DEFAULT_SORT, LIVE_DIMENSIONS, pickPlayers } from './online-filters.ts'

const TABLE_SIZE = 'h-[560px]'

/** The list of who is online, with its search and the filters that the bars set. */
export function OnlineCard(props: { readonly online: Online; readonly class: string }) {
  const app = useApp()
  const columns = onlineColumns()
  const sort = () => app.state().sort ?? DEFAULT_SORT
  const picked = createMemo(() =>
    pickPlayers(props.online.players() ?? [], {
      filters: app.state().filters,
      search: app.state().search,
      sort: sort(),
    }),
  )
  const isNarrowed = () => app.state().search.trim() !== '' || activeFilters(app.state().filters).length > 0
  const total = () => app.sources.live.counts()?.total ?? props.online.total()
  const count = () =>
    isNarrowed()
      ? m.shownOf(app.format().number(picked().length), app.format().number(total()))
      : app.format().number(total())
  return (
    <Card
      title={m.onlineNow}
      isFlush
      class={props.class}
      aside={
        <Show when={app.may('players.view')}>
          <span class="num badge badge-sm border-0 bg-neutral">{count()}</span>
          <NameFilter />
        </Show>
      }
    >
      <FilterChips />
      <Show when={props.online.isCut()}>
        <p class="px-4 pb-2 text-xs muted sm:px-5">{m.onlyNewest(app.format().number(LISTED_MAX))}</p>
      </Show>
      <Show
        when={app.may('players.view') || app.sources.rights() === undefined}
        fallback={
          <div class={`flex flex-col ${TABLE_SIZE}`}>
            <EmptyState title={m.notYours} sentence={m.notYoursSentence} icon={usersIcon} />
          </div>
        }
      >
        <Show
          when={props.online.players() !== undefined}
          fallback={
            <div class={`flex flex-col px-4 pt-2 sm:px-5 ${TABLE_SIZE}`}>
              <Show when={props.online.error()} fallback={<Skeleton shape="table" />}>
                {(error) => <ErrorState error={error()} onRetry={props.online.retry} />}
              </Show>
            </div>
          }
        >
          <Show when={picked().length > 0} fallback={<Nobody isNarrowed={isNarrowed()} />}>
            <VirtualTable
              columns={columns}
              rows={picked()}
              caption={m.onlineTable}
              size={TABLE_SIZE}
              sort={sort()}
              onSort={(next) => app.change({ sort: next })}
            />
          </Show>
        </Show>
      </Show>
    </Card>
  )
}

function Nobody(props: { readonly isNarrowed: boolean }) {
  const app = useApp()
  return (
    <div class={`flex flex-col ${TABLE_SIZE}`}>
      <Show
        when={props.isNarrowed}
        fallback={<EmptyState title={m.nobody} sentence={m.nobodySentence} icon={usersIcon} />}
      >
        <EmptyState title={m.noMatch} sentence={m.noMatchSentence} icon={usersIcon}>
          <button type="button" class="btn btn-sm" onClick={() => app.change({ filters: [], search: '' })}>
            {m.clearFilters}
          </button>
        </EmptyState>
      </Show>
    </div>
  )
}

function NameFilter() {
  const app = useApp()
  return (
    <label class="input input-sm w-36 bg-base-100 sm:w-48">
      <Icon path={searchIcon} class="size-3.5 muted" />
      <span class="sr-only">{m.filterByName}</span>
      <input
        type="search"
        value={app.state().search}
        placeholder={m.filterByName}
        maxLength={64}
        onInput={({ currentTarget }) => app.change({ search: currentTarget.value }, 'replace')}
      />
    </label>
  )
}

function activeFilters(
  filters: readonly Filter[],
): ReadonlyArray<{ readonly dimension: Dimension; readonly value: string }> {
  return LIVE_DIMENSIONS.flatMap((dimension) =>
    filters
      .filter((filter) => filter.dimension === dimension && filter.operator === 'is')
      .flatMap(({ values }) => values.map((value) => ({ dimension, value }))),
  )
}

/** What the list is narrowed to, each with a way to take it back. */
function FilterChips() {
  const app = useApp()
  const active = createMemo(() => activeFilters(app.state().filters))
  const words = (dimension: Dimension, value: string): string => {
    if (value === '') return componentMessages.unknown
    if (dimension === 'country') return app.format().country(value)
    if (dimension === 'device') return deviceWords(value)
    if (dimension === 'platform') return value === 'java' ? m.java : m.bedrock
    return value
  }
  return (
    <Show when={active().length > 0}>
      <ul class="flex flex-wrap gap-1.5 px-4 pb-3 sm:px-5" aria-label={m.filters}>
        <For each={active()}>
          {({ dimension, value }) => (
            <li>
              <button
                type="button"
                class="btn h-7 min-h-0 max-w-60 gap-1.5 border-base-300 bg-neutral px-2 text-xs font-normal"
                aria-label={m.removeFilter(words(dimension, value))}
                onClick={() =>
                  app.change({ filters: toggleFilter(app.state().filters, { dimension, operator: 'is', value }) })
                }
              >
                <span class="truncate">{words(dimension, value)}</span>
                <Icon path={x} class="size-3" />
              </button>
            </li>
          )}
        </For>
        <li>
          <button
            type="button"
            class="btn btn-ghost h-7 min-h-0 px-2 text-xs font-normal"
            onClick={() => app.change({ filters: [] })}
          >
            {m.clearFilters}
          </button>
        </li>
      </ul>
    </Show>
  )
}
