import { path as listFilter } from 'lucide:list-filter'
import { path as users } from 'lucide:users'
import { createMemo, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Icon } from '../../components/icon.tsx'
import { eventMessages as m } from '../../messages/event-messages.ts'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { createPager } from '../explore/create-pager.ts'
import { createStableRows } from '../explore/create-stable-rows.ts'
import { ExploreList } from '../explore/explore-list.tsx'
import { ExportMenu } from '../explore/export-menu.tsx'
import { FilterBar } from '../explore/filter-bar.tsx'
import { choiceField, type FilterField, textField } from '../explore/filter-field.ts'
import { filterValue, setFilter } from '../explore/list-filters.ts'
import { listRange } from '../explore/list-range.ts'
import { NothingInRange } from '../explore/nothing-in-range.tsx'
import { playerField } from '../explore/player-field.ts'
import { formatPropertyFilter, type PropertyFilter, parsePropertyFilter } from '../explore/property-filter.ts'
import { readUuid } from '../explore/read-uuid.ts'
import { SearchBox } from '../explore/search-box.tsx'
import { eventColumns, KINDS } from './event-columns.tsx'
import { EventNames } from './event-names.tsx'
import { eventQuery } from './event-query.ts'

/** Of the protocol. */
const EVENT_NAME_CHARS_MAX = 64

/** Events of the time range: which there are, and each of them, newest first. */
export function Page() {
  const app = useApp()
  const query = createMemo(() => eventQuery(app.state(), listRange(app.state().range, app.range())))
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      return networkId === undefined || !app.may('players.view')
        ? undefined
        : { networkId, query: query(), cursor: app.state().cursor }
    },
    ({ networkId, query: asked, cursor }, signal) =>
      app.api.get('/networks/:networkId/events', { param: { networkId }, query: { ...asked, cursor } }, { signal }),
  )
  const data = () => {
    const state = card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  const rows = createStableRows(
    () => data()?.events ?? [],
    ({ eventId }) => eventId,
  )
  const pager = createPager(app, () => data()?.nextCursor)
  const fields: readonly FilterField[] = [
    {
      dimension: 'event',
      title: exploreMessages.event,
      describe: (value) => value,
      input: { kind: 'text', charsMax: EVENT_NAME_CHARS_MAX, choices: () => listed(rows().map(({ name }) => name)) },
    },
    choiceField('type', exploreMessages.kind, KINDS),
    playerField((playerId) => rows().find((row) => row.playerId === playerId)?.playerName),
    textField(app, 'server'),
    textField(app, 'gamemode'),
    { dimension: 'property', title: exploreMessages.property, describe: describeProperty, input: { kind: 'property' } },
  ]
  /** The same name again takes its filter away. */
  function selectName(name: string): void {
    const { filters } = app.state()
    app.change({ filters: setFilter(filters, 'event', filterValue(filters, 'event') === name ? undefined : name) })
  }
  function selectProperty(filter: PropertyFilter): void {
    app.change({ filters: setFilter(app.state().filters, 'property', formatPropertyFilter(filter)) })
  }
  const isNoUuid = () => app.state().search !== '' && readUuid(app.state().search) === undefined
  return (
    <div class="flex flex-col gap-4">
      <div class="flex flex-wrap items-start gap-2">
        <SearchBox label={m.search} class="w-full sm:w-80" />
        <div class="min-w-0 flex-1">
          <FilterBar fields={fields} />
        </div>
        <ExportMenu list="events" query={query()} />
      </div>
      <Show when={isNoUuid()}>
        <p class="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg bg-info/12 px-3 py-2 text-sm" role="status">
          <Icon path={users} class="size-4 text-info" />
          {m.searchWrong}
          <a class="quiet-link" href={app.href('players', { search: app.state().search })}>
            {m.findPlayer(app.state().search)}
          </a>
        </p>
      </Show>
      <div class="grid grid-cols-12 items-start gap-4">
        <div class="col-span-12 min-w-0 xl:col-span-4">
          <EventNames onSelect={selectName} />
        </div>
        <div class="col-span-12 min-w-0 xl:col-span-8">
          <ExploreList
            title={m.title}
            card={card}
            rows={rows()}
            columns={eventColumns({ name: selectName, property: selectProperty })}
            pager={pager}
            empty={<NothingInRange title={m.none} sentence={m.noneSentence} icon={listFilter} />}
          />
        </div>
      </div>
    </div>
  )
}

function listed(names: readonly string[]): ReadonlyArray<{ readonly value: string; readonly label: string }> {
  return [...new Set(names)].sort().map((value) => ({ value, label: value }))
}

function describeProperty(value: string): string {
  const filter = parsePropertyFilter(value)
  return filter === undefined ? value : `${filter.name} = ${filter.value}`
}
