import { createMemo } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import type { Column } from '../../components/data-table.tsx'
import { PlayerFace } from '../../components/player-face.tsx'
import { componentMessages } from '../../messages/component-messages.ts'
import { deviceWords, liveMessages as m } from '../../messages/live-messages.ts'
import type { OnlinePlayer } from './online-index.ts'

/** Stands for the id of a player in an address. */
const PLACE = 'player'.repeat(2)

/** The columns of the table of who is online. */
export function onlineColumns(): ReadonlyArray<Column<OnlinePlayer>> {
  const app = useApp()
  // Rows come and go as fast as somebody scrolls: what is the same for all of them is made once.
  const address = createMemo(() => app.href('players', { open: PLACE }))
  const hrefOf = (playerId: string): string => address().replace(PLACE, encodeURIComponent(playerId))
  return [
    {
      key: 'name',
      title: m.columnPlayer,
      phone: 'title',
      sort: 'ascending',
      class: 'sm:w-[21%] sm:max-w-0',
      cell: ({ playerId, playerName }) => (
        <a class="flex min-w-0 items-center gap-3 font-medium" href={hrefOf(playerId)}>
          <PlayerFace playerId={playerId} />
          <span class="truncate">{playerName}</span>
        </a>
      ),
    },
    {
      key: 'gamemode',
      title: m.columnGamemode,
      phone: 'second',
      sort: 'ascending',
      class: 'sm:w-[18%] sm:max-w-0 truncate',
      cell: ({ gamemode }) => gamemode || <span class="muted">{m.noneChosen}</span>,
    },
    {
      key: 'domain',
      title: m.columnDomain,
      phone: 'second',
      sort: 'ascending',
      isMono: true,
      class: 'sm:max-lg:hidden sm:w-[20%] sm:max-w-0 truncate',
      cell: ({ domain }) => domain || componentMessages.unknown,
    },
    {
      key: 'client',
      title: m.columnClient,
      phone: 'hidden',
      class: 'sm:max-xl:hidden truncate sm:w-[15.5%] sm:max-w-0',
      cell: describeClient,
    },
    {
      key: 'country',
      title: m.columnCountry,
      phone: 'hidden',
      sort: 'ascending',
      class: 'sm:max-xl:hidden sm:w-[12.5%]',
      cell: ({ country }) =>
        country === '' ? (
          <span class="muted">{componentMessages.unknown}</span>
        ) : (
          <abbr class="no-underline" title={app.format().country(country)}>
            {country}
          </abbr>
        ),
    },
    {
      key: 'online',
      title: m.columnOnline,
      phone: 'end',
      align: 'right',
      class: 'sm:w-[13%]',
      sort: 'descending',
      cell: ({ startedAtMs }) => (
        <span class="whitespace-nowrap">{app.format().duration(app.now() - startedAtMs)}</span>
      ),
    },
  ]
}

function describeClient({ platform, device, version }: OnlinePlayer): string {
  if (platform === 'java') return version === '' ? m.java : m.javaVersion(version)
  if (device !== '') return m.bedrockOn(deviceWords(device))
  return version === '' ? m.bedrock : m.bedrockVersion(version)
}
