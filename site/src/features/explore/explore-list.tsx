import { path as rotate } from 'lucide:rotate-cw'
import { path as searchX } from 'lucide:search-x'
import { createEffect, type JSX, on, Show } from 'solid-js'
import type { CardState } from '../../api/card-state.ts'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { exploreMessages as m } from '../../messages/explore-messages.ts'
import type { Sort } from '../../url/app-state.ts'
import type { Pager } from './create-pager.ts'
import { isDenied } from './is-denied.ts'
import { NotAllowed } from './not-allowed.tsx'
import { PagerBar } from './pager-bar.tsx'

/** A list of the network in all its states, page by page. */
export function ExploreList<Data, Row>(props: {
  readonly title: string
  readonly card: CardData<Data>
  readonly rows: readonly Row[]
  readonly columns: ReadonlyArray<Column<Row>>
  readonly pager: Pager
  /** What to do when there is nothing, and nothing is filtered. */
  readonly empty: JSX.Element
  readonly sort?: Sort
  readonly onSort?: (sort: Sort) => void
  readonly aside?: JSX.Element
}) {
  const app = useApp()
  const state = () => props.card.state()
  const isFiltered = () => app.state().filters.length > 0 || app.state().search !== ''
  let top: HTMLDivElement | undefined
  // Another page of the list begins at its top.
  createEffect(
    on(
      () => app.state().cursor,
      () => {
        if (top !== undefined && top.getBoundingClientRect().top < 0) top.scrollIntoView({ block: 'start' })
      },
      { defer: true },
    ),
  )
  return (
    <div ref={top} class="min-w-0 scroll-mt-20">
      <Card title={props.title} isFlush aside={<AsOf state={state()} onRefresh={() => props.card.refresh()} />}>
        <Show when={!isDenied(app) && !isForbidden(state())} fallback={<NotAllowed />}>
          <div class="px-4 pb-2 sm:px-5">
            <CardBody
              state={state()}
              onRetry={() => props.card.refresh()}
              skeleton="table"
              size="min-h-96"
              isEmpty={() => props.rows.length === 0}
              empty={
                <Show when={isFiltered() || app.state().cursor !== undefined} fallback={props.empty}>
                  <NothingMatches isFiltered={isFiltered()} />
                </Show>
              }
            >
              {() => (
                <DataTable
                  columns={props.columns}
                  rows={props.rows}
                  caption={props.title}
                  {...(props.sort !== undefined && { sort: props.sort })}
                  {...(props.onSort !== undefined && { onSort: props.onSort })}
                />
              )}
            </CardBody>
          </div>
          <PagerBar pager={props.pager} count={props.rows.length} />
        </Show>
      </Card>
    </div>
  )
}

function isForbidden(state: CardState<unknown>): boolean {
  return state.kind === 'failed' && state.error.status === 403
}

/** When the rows were read, and a button that reads them again: rows do not move by themselves under a reader. */
function AsOf(props: { readonly state: CardState<unknown>; readonly onRefresh: () => void }) {
  const app = useApp()
  const atMs = () => (props.state.kind === 'ready' ? props.state.atMs : undefined)
  return (
    <Show when={atMs()}>
      {(at) => (
        <button
          type="button"
          class="btn -my-1 gap-1.5 px-2 btn-ghost btn-xs font-normal muted"
          title={m.refresh}
          onClick={() => props.onRefresh()}
        >
          <span class="num">{m.asOf(app.format().timeWithSeconds(at()))}</span>
          <Icon path={rotate} class="size-3.5" label={m.refresh} />
        </button>
      )}
    </Show>
  )
}

function NothingMatches(props: { readonly isFiltered: boolean }) {
  const app = useApp()
  return (
    <EmptyState
      title={props.isFiltered ? m.nothingMatches : m.pastTheEnd}
      sentence={props.isFiltered ? m.nothingMatchesSentence : m.pastTheEndSentence}
      icon={searchX}
    >
      <Show when={props.isFiltered}>
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal"
          onClick={() => app.change({ filters: [], search: '' })}
        >
          {m.removeAll}
        </button>
      </Show>
      <Show when={app.state().cursor !== undefined}>
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal"
          onClick={() => app.change({ cursor: undefined })}
        >
          {m.firstPage}
        </button>
      </Show>
    </EmptyState>
  )
}
