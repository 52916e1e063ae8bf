import { createMemo, type JSX, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { CardBody } from '../../components/card-body.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import { filterValue, setFilter } from '../explore/list-filters.ts'
import { PlayerLink } from '../explore/player-link.tsx'
import { readUuid } from '../explore/read-uuid.ts'
import { SessionLength } from '../explore/session-length.tsx'
import { platformWords, reasonWords, type Session } from '../explore/session-words.ts'
import { SessionStays } from './session-stays.tsx'

/** The session that is opened, in front of the list: found in it, or asked for when a link leads to one that is not. */
export function SessionDetails(props: { readonly listed: readonly Session[]; readonly isListReady: boolean }) {
  const app = useApp()
  const open = () => app.state().open
  const inList = () => props.listed.find(({ sessionId }) => sessionId === open())
  const question = createMemo(
    () => {
      const [networkId, session] = [app.network()?.id, readUuid(open() ?? '')]
      if (
        !app.may('players.view') ||
        networkId === undefined ||
        session === undefined ||
        !props.isListReady ||
        inList()
      )
        return undefined
      return { networkId, session, player: readUuid(filterValue(app.state().filters, 'player') ?? '') }
    },
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  )
  const card = createCard(question, ({ networkId, session, player }, signal) =>
    app.api.get(
      '/networks/:networkId/sessions',
      { param: { networkId }, query: { session, player, secondary: 'include', limit: '1' } },
      { signal },
    ),
  )
  const fetched = () => {
    const state = card.state()
    return state.kind === 'ready' ? state.data.sessions[0] : undefined
  }
  const shown = () => inList() ?? fetched()
  function close(): void {
    if (open() !== undefined) app.change({ open: undefined })
  }
  return (
    <Dialog
      isOpen={open() !== undefined}
      onClose={close}
      title={shown() === undefined ? m.detailsOf : m.session(shown()?.playerName ?? '')}
      class="max-w-2xl"
    >
      <Show
        when={inList()}
        fallback={
          <Show when={readUuid(open() ?? '') !== undefined} fallback={<Gone />}>
            <CardBody
              state={card.state()}
              onRetry={card.refresh}
              skeleton="rows"
              size="min-h-64"
              isEmpty={({ sessions }) => sessions.length === 0}
              empty={<Gone />}
            >
              {() => <Show when={fetched()}>{(session) => <Details session={session()} />}</Show>}
            </CardBody>
          </Show>
        }
      >
        {(session) => <Details session={session()} />}
      </Show>
    </Dialog>
  )
}

function Gone() {
  return <EmptyState title={m.gone} sentence={m.goneSentence} />
}

function Details(props: { readonly session: Session }) {
  const app = useApp()
  const { format } = app
  const session = () => props.session
  return (
    <div class="flex flex-col gap-5">
      <dl class="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3">
        <Fact title={m.began}>{format().exact(session().startedAtMs)}</Fact>
        <Fact title={m.length}>
          <SessionLength session={session()} />
        </Fact>
        <Fact title={m.afk}>{format().duration(session().afkMs)}</Fact>
        <Fact title={m.ended}>{reasonWords(session())}</Fact>
        <Fact title={m.cameBy} isMono>
          {session().domain || exploreMessages.unknown}
        </Fact>
        <Fact title={exploreMessages.country}>
          {session().country === '' ? exploreMessages.unknown : format().country(session().country)}
        </Fact>
        <Fact title={m.client}>
          {platformWords(session())}
          {session().version === '' ? '' : ` · ${session().version}`}
        </Fact>
        <Fact title={m.server}>
          {session().server}
          <span class="muted">{` · ${session().serverKind === 'proxy' ? m.proxy : m.backendKind}`}</span>
        </Fact>
      </dl>
      <Show when={session().isSecondary}>
        <p class="rounded-lg bg-info/12 p-3">{m.secondaryHelp}</p>
      </Show>
      <SessionStays session={session()} />
      <div class="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-base-300/50 pt-4">
        <PlayerLink playerId={session().playerId} name={session().playerName} />
        <a
          class="quiet-link"
          href={app.href('events', { filters: setFilter([], 'player', session().playerId), range: app.state().range })}
        >
          {m.itsEvents}
        </a>
        <span class="flex min-w-0 items-center gap-2 sm:ml-auto">
          <span class="sr-only">{m.sessionId}</span>
          <span class="min-w-0 truncate font-mono text-xs muted">{session().sessionId}</span>
          <CopyButton text={session().sessionId} what={m.sessionId} />
        </span>
      </div>
    </div>
  )
}

function Fact(props: { readonly title: string; readonly isMono?: boolean; readonly children: JSX.Element }) {
  return (
    <div class="min-w-0">
      <dt class="text-xs muted">{props.title}</dt>
      <dd class="num wrap-anywhere" classList={{ 'font-mono text-[13px]': props.isMono === true }}>
        {props.children}
      </dd>
    </div>
  )
}
