import { Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { useApp } from '../../app/app-context.ts'
import type { Column } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import { PlayerLink } from '../explore/player-link.tsx'
import { platformWords } from '../explore/session-words.ts'

/** A player as the collector's list has them. */
export type Player = ApiOutput<'get', '/networks/:networkId/players'>['players'][number]

/** The columns of the list of players. `href` leads to a profile without leaving the list. */
export function playerColumns(href: (playerId: string) => string): ReadonlyArray<Column<Player>> {
  const { format } = useApp()
  return [
    {
      key: 'name',
      title: m.player,
      phone: 'title',
      sort: 'ascending',
      cell: (player) => <PlayerLink playerId={player.playerId} name={player.name} href={href(player.playerId)} />,
    },
    {
      key: 'lastSeen',
      title: m.lastSeen,
      phone: 'end',
      sort: 'descending',
      cell: (player) => (
        <Show when={player.online} fallback={<RelativeTime atMs={player.lastSeenAtMs} look="moment" />}>
          <span class="inline-flex items-center gap-1.5 whitespace-nowrap">
            <StateDot tone="good" />
            {m.online}
          </span>
        </Show>
      ),
    },
    {
      key: 'firstSeen',
      title: m.firstSeen,
      phone: 'hidden',
      sort: 'descending',
      class: 'sm:max-lg:hidden',
      cell: (player) => <RelativeTime atMs={player.firstSeenAtMs} look="moment" />,
    },
    {
      key: 'playtime',
      title: m.playtime,
      phone: 'second',
      align: 'right',
      sort: 'descending',
      cell: (player) => <span class="whitespace-nowrap">{format().duration(player.playtimeMs)}</span>,
    },
    {
      key: 'sessions',
      title: m.sessions,
      phone: 'hidden',
      align: 'right',
      sort: 'descending',
      cell: (player) => format().number(player.sessions),
    },
    {
      key: 'country',
      title: m.country,
      phone: 'second',
      class: 'sm:max-lg:hidden',
      cell: (player) => (player.country === '' ? exploreMessages.unknown : format().country(player.country)),
    },
    {
      key: 'platform',
      title: m.platform,
      phone: 'second',
      class: 'sm:max-md:hidden whitespace-nowrap',
      cell: (player) => platformWords(player),
    },
  ]
}
