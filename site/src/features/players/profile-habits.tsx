import { For, type JSX, Show } from 'solid-js'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { GamemodeKey } from '../explore/gamemode-colours.ts'
import { GamemodeMark } from '../explore/gamemode-mark.tsx'
import type { PlayerDetails } from './player-details.ts'

/** What somebody played, the longest first. */
export function ProfileGamemodes(props: {
  readonly card: CardData<PlayerDetails>
  readonly keys: ReadonlyMap<string, GamemodeKey>
}) {
  const { format } = useApp()
  return (
    <Card title={m.gamemodesTitle} class="md:max-xl:flex-1">
      <CardBody
        state={props.card.state()}
        onRetry={() => props.card.refresh()}
        skeleton="rows"
        size="min-h-40"
        isEmpty={({ gamemodes }) => gamemodes.length === 0}
        empty={<EmptyState title={m.noGamemodes} />}
      >
        {(player) => (
          <ul class="flex flex-col gap-2.5 text-sm">
            <For each={player().gamemodes}>
              {({ gamemode, stays, playtimeMs }) => (
                <Row
                  mark={<Show when={props.keys.get(gamemode)}>{(known) => <GamemodeMark gamemode={known()} />}</Show>}
                  title={gamemode}
                  value={format().duration(playtimeMs)}
                  note={m.stays(format().number(stays), stays === 1)}
                />
              )}
            </For>
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

/** Through which domains somebody came, the most used first. */
export function ProfileDomains(props: { readonly card: CardData<PlayerDetails> }) {
  const { format } = useApp()
  return (
    <Card title={m.domainsTitle} class="md:max-xl:flex-1">
      <CardBody
        state={props.card.state()}
        onRetry={() => props.card.refresh()}
        skeleton="rows"
        size="min-h-24"
        isEmpty={({ domains }) => domains.length === 0}
        empty={<EmptyState title={m.noDomains} />}
      >
        {(player) => (
          <ul class="flex flex-col gap-2.5 text-sm">
            <For each={player().domains}>
              {({ domain, sessions, playtimeMs }) => (
                <Row
                  title={domain || exploreMessages.unknown}
                  isMono={domain !== ''}
                  value={m.sessionsCount(format().number(sessions), sessions === 1)}
                  note={format().duration(playtimeMs)}
                />
              )}
            </For>
          </ul>
        )}
      </CardBody>
    </Card>
  )
}

function Row(props: {
  readonly mark?: JSX.Element
  readonly title: string
  readonly isMono?: boolean
  readonly value: string
  readonly note: string
}) {
  return (
    <li class="flex items-baseline gap-2">
      {props.mark}
      <span
        class="min-w-0 flex-1 truncate"
        classList={{ 'font-mono text-[13px]': props.isMono === true }}
        title={props.title}
      >
        {props.title}
      </span>
      <span class="num whitespace-nowrap">{props.value}</span>
      <span class="num min-w-16 text-right text-xs whitespace-nowrap muted">{props.note}</span>
    </li>
  )
}
