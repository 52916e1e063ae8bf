import { Show } from 'solid-js'
import type { Column } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { componentMessages } from '../../messages/component-messages.ts'
import { eventMessages as m } from '../../messages/event-messages.ts'
import type { PlayerEvent } from '../explore/event.ts'
import { PlayerLink } from '../explore/player-link.tsx'
import type { PropertyFilter } from '../explore/property-filter.ts'
import { PropertyPairs } from '../explore/property-pairs.tsx'

/** Events that are no custom ones, in words. */
export const KINDS: Readonly<Record<string, string>> = { custom: m.custom, afk: m.afk, purchase: m.purchase }

/** The columns of the list of events. A click on a name or a property filters by it. */
export function eventColumns(onSelect: {
  readonly name: (name: string) => void
  readonly property: (filter: PropertyFilter) => void
}): ReadonlyArray<Column<PlayerEvent>> {
  return [
    {
      key: 'event',
      title: m.event,
      phone: 'title',
      class: 'sm:max-w-32 2xl:max-w-52',
      cell: ({ name, kind }) => (
        <button
          type="button"
          class="max-w-full cursor-pointer truncate rounded text-left font-mono text-[13px] hover:underline"
          title={componentMessages.filterBy(name)}
          onClick={() => onSelect.name(name)}
        >
          {name}
          <Show when={kind !== 'custom' && kind !== name}>
            <span class="font-sans text-xs muted">{` · ${KINDS[kind] ?? kind}`}</span>
          </Show>
        </button>
      ),
    },
    {
      key: 'time',
      title: m.time,
      phone: 'end',
      cell: ({ atMs }) => <RelativeTime atMs={atMs} look="moment" />,
    },
    {
      key: 'player',
      title: m.player,
      phone: 'second',
      class: 'sm:max-w-32 2xl:max-w-48',
      cell: (event) => (
        <Show when={event.playerId} fallback={<span class="muted">{m.noPlayer}</span>}>
          {(playerId) => <PlayerLink playerId={playerId()} name={event.playerName} />}
        </Show>
      ),
    },
    {
      key: 'server',
      title: m.server,
      phone: 'hidden',
      class: 'sm:max-[1720px]:hidden whitespace-nowrap',
      cell: ({ server }) => server,
    },
    {
      key: 'gamemode',
      title: m.gamemode,
      phone: 'hidden',
      class: 'sm:max-2xl:hidden',
      cell: ({ gamemode }) => gamemode ?? '–',
    },
    {
      key: 'properties',
      title: m.properties,
      phone: 'second',
      class: 'max-sm:basis-full max-sm:before:hidden sm:w-1/2 sm:max-w-0',
      cell: ({ properties }) => <PropertyPairs properties={properties} onSelect={onSelect.property} />,
    },
  ]
}
