import type { Column } from '../components/data-table.tsx'
import { useFormat } from '../components/format-context.ts'
import { PlayerFace } from '../components/player-face.tsx'
import type { InventedPlayer } from './invented-data.ts'

/** The columns of the table of who is online. */
export function playerColumns(): ReadonlyArray<Column<InventedPlayer>> {
  const { format } = useFormat()
  return [
    {
      key: 'name',
      title: 'Player',
      phone: 'title',
      sort: 'ascending',
      cell: (player) => (
        <a class="flex min-w-0 items-center gap-3 font-medium" href={`/app/players/?open=${player.id}`}>
          <PlayerFace playerId={player.id} />
          <span class="truncate">{player.name}</span>
          {player.isNew && <span class="badge badge-sm border-0 bg-success/15 text-success">new</span>}
        </a>
      ),
    },
    { key: 'gamemode', title: 'Game mode', phone: 'second', cell: (player) => player.gamemode },
    {
      key: 'domain',
      title: 'Joined by',
      phone: 'second',
      isMono: true,
      cell: (player) => player.domain,
      class: 'sm:max-lg:hidden',
    },
    { key: 'client', title: 'Client', phone: 'hidden', cell: (player) => player.client, class: 'sm:max-xl:hidden' },
    { key: 'country', title: 'Country', phone: 'second', cell: (player) => player.country, class: 'sm:max-xl:hidden' },
    {
      key: 'online',
      title: 'Online for',
      phone: 'end',
      align: 'right',
      sort: 'descending',
      cell: (player) => <span class="whitespace-nowrap">{format().duration(player.onlineMs)}</span>,
    },
  ]
}
