import { path as timer } from 'lucide:timer'
import { createMemo } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import { createPager } from '../explore/create-pager.ts'
import { createStableRows } from '../explore/create-stable-rows.ts'
import { ExploreList } from '../explore/explore-list.tsx'
import { ExportMenu } from '../explore/export-menu.tsx'
import { FilterBar } from '../explore/filter-bar.tsx'
import { choiceField, countryField, platformField, textField } from '../explore/filter-field.ts'
import { listRange } from '../explore/list-range.ts'
import { NothingInRange } from '../explore/nothing-in-range.tsx'
import { playerField } from '../explore/player-field.ts'
import { SearchBox } from '../explore/search-box.tsx'
import { REASONS } from '../explore/session-words.ts'
import { sessionColumns } from './session-columns.tsx'
import { SessionDetails } from './session-details.tsx'
import { sessionQuery } from './session-query.ts'

/** Sessions of the time range, newest first, and one of them opened. */
export function Page() {
  const app = useApp()
  const query = createMemo(() => sessionQuery(app.state(), listRange(app.state().range, app.range())))
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      return networkId === undefined || !app.may('players.view')
        ? undefined
        : { networkId, query: query(), cursor: app.state().cursor }
    },
    ({ networkId, query: asked, cursor }, signal) =>
      app.api.get('/networks/:networkId/sessions', { param: { networkId }, query: { ...asked, cursor } }, { signal }),
  )
  const data = () => {
    const state = card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  const rows = createStableRows(
    () => data()?.sessions ?? [],
    ({ sessionId }) => sessionId,
  )
  const pager = createPager(app, () => data()?.nextCursor)
  const nameOf = (playerId: string) => rows().find((row) => row.playerId === playerId)?.playerName
  const fields = [
    playerField(nameOf),
    textField(app, 'server'),
    textField(app, 'gamemode'),
    platformField(),
    countryField(app),
    textField(app, 'domain'),
    textField(app, 'version'),
    choiceField('reason', exploreMessages.reason, REASONS),
    choiceField('state', exploreMessages.state, { open: m.stateOpen, ended: m.stateEnded }),
  ]
  const detailsHref = (sessionId: string): string => {
    const { filters, search, cursor, range } = app.state()
    return app.href('sessions', { filters, search, cursor, range, open: sessionId })
  }
  return (
    <div class="flex flex-col gap-4">
      <div class="flex flex-wrap items-start gap-2">
        <SearchBox label={m.search} class="w-full sm:w-80" />
        <div class="min-w-0 flex-1">
          <FilterBar fields={fields} />
        </div>
        <ExportMenu list="sessions" query={query()} />
      </div>
      <ExploreList
        title={m.title}
        card={card}
        rows={rows()}
        columns={sessionColumns(detailsHref)}
        pager={pager}
        empty={<NothingInRange title={m.none} sentence={m.noneSentence} icon={timer} />}
      />
      <SessionDetails listed={rows()} isListReady={card.state().kind !== 'loading'} />
    </div>
  )
}
