import { path as timer } from 'lucide:timer'
import { type Accessor, createMemo, createSignal, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { type Card as CardData, createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { componentMessages } from '../../messages/component-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { GamemodeKey } from '../explore/gamemode-colours.ts'
import { setFilter } from '../explore/list-filters.ts'
import type { Session } from '../explore/session-words.ts'
import { profileSessionColumns } from './profile-session-columns.tsx'
import { TimelineChart } from './timeline-chart.tsx'
import { timelineDays } from './timeline-days.ts'

/** Enough for two weeks of somebody who comes seven times a day. */
const SESSIONS_MAX = 100
/** What is shown at first. */
const ROWS_MAX = 10

/** The newest sessions of a player, which a timeline and a list share. */
export interface ProfileSessionsData {
  readonly card: CardData<ApiOutput<'get', '/networks/:networkId/sessions'>>
  readonly list: Accessor<readonly Session[]>
  /** Whether these are all. */
  readonly isWhole: Accessor<boolean>
}

/** Asks for the newest sessions of a player, once. */
export function createProfileSessions(
  question: Accessor<{ readonly networkId: string; readonly playerId: string } | undefined>,
): ProfileSessionsData {
  const app = useApp()
  const card = createCard(question, ({ networkId, playerId }, signal) =>
    app.api.get(
      '/networks/:networkId/sessions',
      { param: { networkId }, query: { player: playerId, limit: String(SESSIONS_MAX) } },
      { signal },
    ),
  )
  const data = () => {
    const state = card.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  return { card, list: () => data()?.sessions ?? [], isWhole: () => data()?.nextCursor === null }
}

/** The last two weeks, each day a row. */
export function ProfileTimeline(props: {
  readonly sessions: ProfileSessionsData
  readonly keys: ReadonlyMap<string, GamemodeKey>
}) {
  const app = useApp()
  const timeline = createMemo(() =>
    timelineDays(props.sessions.list(), {
      nowMs: Date.now(),
      timeZone: app.format().timeZone,
      isWhole: props.sessions.isWhole(),
    }),
  )
  return (
    <Card
      title={m.timeline}
      aside={<Show when={timeline().days.length > 1}>{m.timelineDays(timeline().days.length)}</Show>}
    >
      <CardBody
        state={props.sessions.card.state()}
        onRetry={() => props.sessions.card.refresh()}
        skeleton="chart"
        size="min-h-48"
        isEmpty={() => timeline().days.length === 0}
        empty={<EmptyState title={m.noSessions} icon={timer} />}
      >
        {() => <TimelineChart timeline={timeline()} keys={props.keys} sessionCount={props.sessions.list().length} />}
      </CardBody>
    </Card>
  )
}

/** The newest sessions as a list, and the way to all of them. */
export function ProfileSessions(props: { readonly sessions: ProfileSessionsData; readonly playerId: string }) {
  const app = useApp()
  const [isLong, setLong] = createSignal(false)
  const ofPlayer = () => setFilter([], 'player', props.playerId)
  const columns = profileSessionColumns((sessionId) => app.href('sessions', { filters: ofPlayer(), open: sessionId }))
  return (
    <Card
      title={m.sessionsTitle}
      isFlush
      aside={
        <a class="quiet-link" href={app.href('sessions', { filters: ofPlayer() })}>
          {m.allSessions}
        </a>
      }
    >
      <div class="px-4 pb-3 sm:px-5">
        <CardBody
          state={props.sessions.card.state()}
          onRetry={() => props.sessions.card.refresh()}
          skeleton="table"
          size="min-h-56"
          isEmpty={({ sessions }) => sessions.length === 0}
          empty={<EmptyState title={m.noSessions} icon={timer} />}
        >
          {(data) => (
            <>
              <DataTable
                columns={columns}
                rows={isLong() ? data().sessions : data().sessions.slice(0, ROWS_MAX)}
                caption={m.sessionsTitle}
              />
              <Show when={!isLong() && data().sessions.length > ROWS_MAX}>
                <button
                  type="button"
                  class="btn mt-2 self-center btn-ghost btn-sm font-normal"
                  onClick={() => setLong(true)}
                >
                  {componentMessages.moreRows}
                </button>
              </Show>
            </>
          )}
        </CardBody>
      </div>
    </Card>
  )
}
