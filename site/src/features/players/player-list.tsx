import { path as users } from 'lucide:users'
import { createEffect, createMemo } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import { createPager } from '../explore/create-pager.ts'
import { createStableRows } from '../explore/create-stable-rows.ts'
import { daysField } from '../explore/day-filter.ts'
import { ExploreList } from '../explore/explore-list.tsx'
import { ExportMenu } from '../explore/export-menu.tsx'
import { FilterBar } from '../explore/filter-bar.tsx'
import { choiceField, countryField, platformField, textField } from '../explore/filter-field.ts'
import { SearchBox } from '../explore/search-box.tsx'
import { playerColumns } from './player-columns.tsx'
import { playerQuery, shownSort } from './player-query.ts'

/** The list of players, which the URL searches, filters and sorts. */
export function PlayerList(props: {
  /** How many were erased since the page was opened. */
  readonly erased: number
  /** Whose row gets the focus, as soon as it is there. */
  readonly left: string | undefined
  readonly onFocused: () => void
}) {
  const app = useApp()
  const query = createMemo(() => {
    const timeZone = app.network()?.timeZone ?? 'UTC'
    return playerQuery(app.state(), { nowMs: Date.now(), timeZone })
  })
  // While a profile is open the list stays what it was, and is not asked for before somebody sees it.
  const question = createMemo((before: Question | undefined): Question | undefined => {
    const networkId = app.network()?.id
    if (app.state().open !== undefined && (before === undefined || before.networkId === networkId)) return before
    return networkId === undefined || !app.may('players.view')
      ? undefined
      : { networkId, query: query(), cursor: app.state().cursor, erased: props.erased }
  }, undefined)
  interface Question {
    readonly networkId: string
    readonly query: ReturnType<typeof playerQuery>
    readonly cursor: string | undefined
    readonly erased: number
  }
  const card = createCard(question, ({ networkId, query: asked, cursor }, signal) =>
    app.api.get('/networks/:networkId/players', { param: { networkId }, query: { ...asked, cursor } }, { signal }),
  )
  const data = () => {
    const state = card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  const rows = createStableRows(
    () => data()?.players ?? [],
    ({ playerId }) => playerId,
  )
  let list: HTMLDivElement | undefined
  createEffect(() => {
    const { left } = props
    if (left === undefined || !rows().some(({ playerId }) => playerId === left)) return
    requestAnimationFrame(() => {
      // Somebody who does something else by now is left alone.
      const isFree = document.activeElement === document.body || document.activeElement?.id === 'page'
      if (isFree) list?.querySelector<HTMLElement>(`[data-player="${CSS.escape(left)}"]`)?.focus()
      props.onFocused()
    })
  })
  const pager = createPager(app, () => data()?.nextCursor)
  const fields = [
    choiceField('state', exploreMessages.state, { online: m.online, offline: m.offline }),
    platformField(),
    countryField(app),
    textField(app, 'domain'),
    daysField(app, 'first-seen', m.firstSeen),
    daysField(app, 'last-seen', m.lastSeen),
  ]
  /** A profile within the list that it was opened from, so that Back and closing lead there. */
  const profileHref = (playerId: string): string => {
    const { filters, search, sort, cursor } = app.state()
    return app.href('players', { filters, search, sort, cursor, open: playerId })
  }
  return (
    <div ref={list} class="flex flex-col gap-4">
      <div class="flex flex-wrap items-start gap-2">
        <SearchBox label={m.search} class="w-full sm:w-72" />
        <div class="min-w-0 flex-1">
          <FilterBar fields={fields} />
        </div>
        <ExportMenu list="players" query={query()} />
      </div>
      <ExploreList
        title={m.title}
        card={card}
        rows={rows()}
        columns={playerColumns(profileHref)}
        pager={pager}
        sort={shownSort(app.state().sort)}
        onSort={(sort) => app.change({ sort })}
        empty={
          <EmptyState title={m.none} sentence={m.noneSentence} icon={users}>
            <a class="btn btn-primary btn-sm" href="/docs/connect/">
              {exploreMessages.howToConnect}
            </a>
          </EmptyState>
        }
      />
    </div>
  )
}
