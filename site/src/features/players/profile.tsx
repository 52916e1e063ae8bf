import { path as arrowLeft } from 'lucide:arrow-left'
import { path as userX } from 'lucide:user-x'
import { createEffect, createMemo, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { playerMessages as m } from '../../messages/player-messages.ts'
import { gamemodeKeys } from '../explore/gamemode-colours.ts'
import { isDenied } from '../explore/is-denied.ts'
import { NotAllowed } from '../explore/not-allowed.tsx'
import { readUuid } from '../explore/read-uuid.ts'
import { ProfileEvents } from './profile-events.tsx'
import { ProfileFacts } from './profile-facts.tsx'
import { ProfileDomains, ProfileGamemodes } from './profile-habits.tsx'
import { ProfileHead } from './profile-head.tsx'
import { createProfileSessions, ProfileSessions, ProfileTimeline } from './profile-sessions.tsx'

/** One player: who they are, when and what they play, and what is stored of them. */
export function Profile(props: { readonly playerId: string; readonly onErased: () => void }) {
  const app = useApp()
  const question = createMemo(
    () => {
      const networkId = app.network()?.id
      const playerId = readUuid(props.playerId)
      if (!app.may('players.view')) return undefined
      return networkId === undefined || playerId === undefined ? undefined : { networkId, playerId }
    },
    undefined,
    { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) },
  )
  const card = createCard(question, (param, signal) =>
    app.api.get('/networks/:networkId/players/:playerId', { param }, { signal }),
  )
  const sessions = createProfileSessions(question)
  const status = () => {
    const state = card.state()
    return state.kind === 'failed' ? state.error.status : undefined
  }
  const isNobody = () => status() === 404 || readUuid(props.playerId) === undefined
  const listHref = () => {
    const { filters, search, sort, cursor } = app.state()
    return app.href('players', { filters, search, sort, cursor })
  }
  /** The longest played first, so that the first colours are those that matter. */
  const keys = createMemo(() => {
    const state = card.state()
    const played = state.kind === 'ready' ? state.data.gamemodes.map(({ gamemode }) => gamemode) : []
    return gamemodeKeys([...played, ...sessions.list().flatMap((one) => one.gamemodes.map(({ gamemode }) => gamemode))])
  })
  let heading: HTMLHeadingElement | undefined
  let hasFocus = false
  createEffect(() => {
    // Once, when there is a heading: a screen reader begins with the name.
    if (hasFocus || card.state().kind !== 'ready') return
    hasFocus = true
    heading?.focus({ preventScroll: true })
  })
  return (
    <div class="flex flex-col gap-4">
      <a class="inline-flex items-center gap-1.5 self-start rounded text-sm muted hover:underline" href={listHref()}>
        <Icon path={arrowLeft} class="size-3.5" />
        {m.back}
      </a>
      <Show
        when={!isNobody()}
        fallback={
          <section class="card-quiet">
            <EmptyState title={m.notFound} sentence={m.notFoundSentence} icon={userX}>
              <a class="btn btn-primary btn-sm" href={app.href('players')}>
                {m.showAll}
              </a>
            </EmptyState>
          </section>
        }
      >
        <Show
          when={status() !== 403 && !isDenied(app)}
          fallback={
            <section class="card-quiet">
              <NotAllowed />
            </section>
          }
        >
          <section class="card-quiet px-4 pt-1 pb-4 sm:px-5 sm:pt-2 sm:pb-5">
            <CardBody state={card.state()} onRetry={card.refresh} skeleton="table" size="min-h-64">
              {(player) => (
                <>
                  <ProfileHead
                    player={player()}
                    onErased={props.onErased}
                    onChanged={card.refresh}
                    headingRef={(element) => (heading = element)}
                  />
                  <ProfileFacts player={player()} />
                </>
              )}
            </CardBody>
          </section>
          <ProfileTimeline sessions={sessions} keys={keys()} />
          <div class="grid grid-cols-12 gap-4">
            <div class="col-span-12 min-w-0 xl:col-span-8">
              <ProfileSessions sessions={sessions} playerId={props.playerId} />
            </div>
            <div class="col-span-12 flex min-w-0 flex-col gap-4 md:max-xl:flex-row xl:col-span-4">
              <ProfileGamemodes card={card} keys={keys()} />
              <ProfileDomains card={card} />
            </div>
          </div>
          <ProfileEvents question={question} />
        </Show>
      </Show>
    </div>
  )
}
