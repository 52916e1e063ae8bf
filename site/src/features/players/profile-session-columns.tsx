import { useApp } from '../../app/app-context.ts'
import type { Column } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import { GamemodePath } from '../explore/gamemode-path.tsx'
import { SessionLength } from '../explore/session-length.tsx'
import { reasonWords, type Session } from '../explore/session-words.ts'

/** The columns of a player's own sessions. */
export function profileSessionColumns(href: (sessionId: string) => string): ReadonlyArray<Column<Session>> {
  const { format } = useApp()
  return [
    {
      key: 'began',
      title: m.began,
      phone: 'title',
      cell: (session) => (
        <a
          class="rounded font-medium hover:underline"
          href={href(session.sessionId)}
          aria-label={m.details(session.playerName, format().moment(session.startedAtMs))}
        >
          <RelativeTime atMs={session.startedAtMs} look="moment" />
        </a>
      ),
    },
    {
      key: 'length',
      title: m.length,
      phone: 'end',
      align: 'right',
      cell: (session) => <SessionLength session={session} />,
    },
    {
      key: 'gamemodes',
      title: m.gamemodes,
      phone: 'second',
      class: 'sm:max-w-72',
      cell: (session) => <GamemodePath session={session} />,
    },
    {
      key: 'ended',
      title: m.ended,
      phone: 'second',
      class: 'sm:max-md:hidden whitespace-nowrap',
      cell: (session) => reasonWords(session),
    },
  ]
}
