import { For, type JSX, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { exploreMessages } from '../../messages/explore-messages.ts'
import { playerMessages as m } from '../../messages/player-messages.ts'
import { platformWords } from '../explore/session-words.ts'
import type { PlayerDetails } from './player-details.ts'

/** What is known of a player, each with its name. AFK time stands apart from time that was played. */
export function ProfileFacts(props: { readonly player: PlayerDetails }) {
  const { format } = useApp()
  const player = () => props.player
  const activeMs = () => Math.max(0, player().playtimeMs - player().afkMs)
  const country = (code: string): string => (code === '' ? exploreMessages.unknown : format().country(code))
  const earlier = () => player().names.filter(({ name }) => name !== player().name)
  const afkShare = () => (player().playtimeMs > 0 ? player().afkMs / player().playtimeMs : 0)
  const meanMs = () => player().playtimeMs / Math.max(1, player().sessions)
  return (
    <>
      <dl class="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 border-t border-base-300/50 pt-4 sm:grid-cols-4">
        <Fact title={m.active} help={m.activeHelp} isLarge>
          {format().duration(activeMs())}
        </Fact>
        <Fact title={m.afk} help={m.afkHelp} isLarge>
          {format().duration(player().afkMs)}
          <Small>{m.ofWhole(format().percent(afkShare()))}</Small>
        </Fact>
        <Fact title={m.sessions} isLarge>
          {format().number(player().sessions)}
          <Small>{m.mean(format().duration(meanMs()))}</Small>
        </Fact>
        <Fact title={m.longest} isLarge>
          {format().duration(player().longestSessionMs)}
        </Fact>
        <Fact title={m.firstSeen}>
          <RelativeTime atMs={player().firstSeenAtMs} look="moment" />
        </Fact>
        <Fact title={m.lastSeen}>
          <Show when={player().online === null} fallback={m.now}>
            <RelativeTime atMs={player().lastSeenAtMs} look="moment" />
          </Show>
        </Fact>
        <Fact title={m.firstDomain} isMono>
          {player().first.domain || exploreMessages.unknown}
        </Fact>
        <Fact title={m.platform}>
          {platformWords({ platform: player().first.platform, device: player().last.device })}
        </Fact>
        <Fact title={player().first.country === player().last.country ? m.country : m.firstCountry}>
          {country(player().first.country)}
        </Fact>
        <Show when={player().first.country !== player().last.country}>
          <Fact title={m.lastCountry}>{country(player().last.country)}</Fact>
        </Show>
        <Fact title={m.version} isMono>
          {player().last.version || exploreMessages.unknown}
        </Fact>
      </dl>
      <Show when={earlier().length > 0}>
        <div class="mt-4 flex flex-wrap items-baseline gap-x-3 gap-y-1.5 text-sm">
          <h3 class="text-xs muted">{m.earlierNames}</h3>
          <ul class="flex min-w-0 flex-wrap gap-1.5">
            <For each={earlier()}>
              {({ name, firstUsedAtMs, lastUsedAtMs }) => (
                <li
                  class="max-w-full truncate rounded-md bg-neutral px-2 py-0.5"
                  title={m.nameUsed(name, format().day(firstUsedAtMs), format().day(lastUsedAtMs))}
                >
                  {name}
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
    </>
  )
}

function Fact(props: {
  readonly title: string
  readonly help?: string
  readonly isLarge?: boolean
  readonly isMono?: boolean
  readonly children: JSX.Element
}) {
  return (
    <div class="min-w-0">
      <dt class="text-xs muted" title={props.help}>
        {props.title}
      </dt>
      <dd
        class="mt-0.5 wrap-anywhere"
        classList={{
          'num text-lg font-semibold': props.isLarge === true,
          'text-sm': props.isLarge !== true,
          'font-mono text-[13px]': props.isMono === true,
        }}
      >
        {props.children}
      </dd>
    </div>
  )
}

function Small(props: { readonly children: JSX.Element }) {
  return <span class="block text-xs font-normal muted">{props.children}</span>
}
