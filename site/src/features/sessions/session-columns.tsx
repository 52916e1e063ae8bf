import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import type { Column } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import { GamemodePath } from '../explore/gamemode-path.tsx'
import { PlayerLink } from '../explore/player-link.tsx'
import { SessionLength } from '../explore/session-length.tsx'
import { platformWords, reasonWords, type Session } from '../explore/session-words.ts'

/** The columns of the list of sessions. `href` opens the details without leaving the list. */
export function sessionColumns(href: (sessionId: string) => string): ReadonlyArray<Column<Session>> {
  const { format } = useApp()
  return [
    {
      key: 'player',
      title: exploreMessages.player,
      phone: 'title',
      class: 'sm:max-w-52',
      cell: (session) => <PlayerLink playerId={session.playerId} name={session.playerName} />,
    },
    {
      key: 'began',
      title: m.began,
      phone: 'end',
      cell: (session) => (
        <a
          class="quiet-link rounded"
          href={href(session.sessionId)}
          data-session={session.sessionId}
          aria-label={m.details(session.playerName, format().moment(session.startedAtMs))}
        >
          <RelativeTime atMs={session.startedAtMs} look="moment" />
        </a>
      ),
    },
    {
      key: 'length',
      title: m.length,
      phone: 'second',
      align: 'right',
      cell: (session) => <SessionLength session={session} />,
    },
    {
      key: 'gamemodes',
      title: m.gamemodes,
      phone: 'second',
      class: 'sm:max-w-60',
      cell: (session) => <GamemodePath session={session} />,
    },
    {
      key: 'server',
      title: exploreMessages.server,
      phone: 'hidden',
      class: 'sm:max-[1720px]:hidden whitespace-nowrap',
      cell: ({ server }) => server,
    },
    {
      key: 'domain',
      title: m.cameBy,
      phone: 'hidden',
      isMono: true,
      class: 'sm:max-2xl:hidden sm:max-w-52 truncate',
      cell: ({ domain }) => <span title={domain}>{domain || exploreMessages.unknown}</span>,
    },
    {
      key: 'country',
      title: exploreMessages.country,
      phone: 'hidden',
      class: 'sm:max-lg:hidden whitespace-nowrap',
      cell: ({ country }) => (country === '' ? exploreMessages.unknown : format().country(country)),
    },
    {
      key: 'platform',
      title: exploreMessages.platform,
      phone: 'hidden',
      class: 'sm:max-2xl:hidden whitespace-nowrap',
      cell: (session) => platformWords(session),
    },
    {
      key: 'ended',
      title: m.ended,
      phone: 'second',
      class: 'sm:max-md:hidden whitespace-nowrap',
      cell: (session) => (
        <>
          {reasonWords(session)}
          <Show when={session.isSecondary}>
            <span class="ml-1.5 muted" title={m.secondaryHelp}>
              {m.secondary}
            </span>
          </Show>
        </>
      ),
    },
  ]
}
