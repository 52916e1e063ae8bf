import { path as listFilter } from 'lucide:list-filter'
import type { Accessor } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { eventMessages } from '../../messages/event-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { PlayerEvent } from '../explore/event.ts'
import { setFilter } from '../explore/list-filters.ts'
import { PropertyPairs } from '../explore/property-pairs.tsx'
import { ProfilePurchases } from './profile-purchases.tsx'

const EVENTS_MAX = 20

/** What servers reported of a player beyond their sessions, and what they bought as far as one may see it. */
export function ProfileEvents(props: {
  readonly question: Accessor<{ readonly networkId: string; readonly playerId: string } | undefined>
}) {
  const app = useApp()
  const columns = eventColumns()
  const custom = createEvents('custom', props.question)
  const purchases = createEvents('purchase', () => (app.may('revenue.view') ? props.question() : undefined))
  const bought = () => {
    const state = purchases.state()
    return state.kind === 'ready' ? state.data.events : []
  }
  return (
    <>
      <Card
        title={m.eventsTitle}
        isFlush
        aside={
          <a
            class="quiet-link"
            href={app.href('events', { filters: setFilter([], 'player', props.question()?.playerId) })}
          >
            {m.allEvents}
          </a>
        }
      >
        <div class="px-4 pb-3 sm:px-5">
          <CardBody
            state={custom.state()}
            onRetry={custom.refresh}
            skeleton="rows"
            size="min-h-40"
            isEmpty={({ events }) => events.length === 0}
            empty={<EmptyState title={m.noEvents} sentence={m.noEventsSentence} icon={listFilter} />}
          >
            {(data) => <DataTable columns={columns} rows={data().events} caption={m.eventsTitle} />}
          </CardBody>
        </div>
      </Card>
      <ProfilePurchases purchases={bought()} />
    </>
  )
}

function createEvents(
  kind: 'custom' | 'purchase',
  question: Accessor<{ readonly networkId: string; readonly playerId: string } | undefined>,
) {
  const app = useApp()
  return createCard(question, ({ networkId, playerId }, signal) =>
    app.api.get(
      '/networks/:networkId/events',
      { param: { networkId }, query: { player: playerId, kind, limit: String(EVENTS_MAX) } },
      { signal },
    ),
  )
}

function eventColumns(): ReadonlyArray<Column<PlayerEvent>> {
  return [
    { key: 'name', title: eventMessages.event, phone: 'title', isMono: true, cell: ({ name }) => name },
    {
      key: 'time',
      title: eventMessages.time,
      phone: 'end',
      cell: ({ atMs }) => <RelativeTime atMs={atMs} look="moment" />,
    },
    {
      key: 'gamemode',
      title: eventMessages.gamemode,
      phone: 'hidden',
      class: 'sm:max-md:hidden',
      cell: ({ gamemode }) => gamemode ?? '–',
    },
    {
      key: 'properties',
      title: eventMessages.properties,
      phone: 'second',
      class: 'max-sm:basis-full max-sm:before:hidden sm:w-1/2 sm:max-w-0',
      cell: ({ properties }) => <PropertyPairs properties={properties} />,
    },
  ]
}
