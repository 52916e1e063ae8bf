import { path as logIn } from 'lucide:log-in'
import { path as logOut } from 'lucide:log-out'
import { path as bag } from 'lucide:shopping-bag'
import { path as shuffle } from 'lucide:shuffle'
import { path as warning } from 'lucide:triangle-alert'
import { For, type JSX, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RichText } from '../../components/rich-text.tsx'
import { liveMessages as m } from '../../messages/live-messages.ts'
import type { Feed } from './create-feed.ts'
import { type LiveEvent, textOf } from './online-index.ts'

const LOOKS: Readonly<Record<string, { readonly icon: string; readonly class: string }>> = {
  session_start: { icon: logIn, class: 'text-success' },
  gamemode_switch: { icon: shuffle, class: 'text-info' },
  session_end: { icon: logOut, class: 'muted' },
  purchase: { icon: bag, class: 'text-warning' },
  refused: { icon: warning, class: 'text-warning' },
}

/** Reasons for an end that nobody chose. */
const LOST: ReadonlySet<string> = new Set(['timeout', 'crash', 'link_lost'])

/** Joins, switches and leaves as they come, the last ones; it can be held to be read. */
export function FeedCard(props: { readonly feed: Feed; readonly class: string }) {
  const app = useApp()
  return (
    <Card
      title={m.asItHappens}
      class={props.class}
      aside={
        <Show when={app.may('players.view')}>
          <Show when={props.feed.waiting() > 0}>
            <span class="num">{m.waiting(app.format().number(props.feed.waiting()))}</span>
          </Show>
          <button
            type="button"
            class="link-hover link"
            aria-pressed={props.feed.isPaused()}
            onClick={() => props.feed.togglePause()}
          >
            {props.feed.isPaused() ? m.goOn : m.pause}
          </button>
        </Show>
      }
    >
      <div class="relative mt-3 h-96 min-h-0 flex-1 xl:h-auto">
        <section class="inset-0 h-full overflow-y-auto xl:absolute" aria-label={m.lastEvents} tabindex={0}>
          <Show
            when={props.feed.events().length > 0}
            fallback={
              <div class="flex h-full flex-col">
                <EmptyState title={m.feedEmpty} sentence={m.feedEmptySentence} />
              </div>
            }
          >
            <ul class="flex flex-col gap-3.5 text-sm">
              <For each={props.feed.events()}>{(event) => <FeedRow event={event} />}</For>
            </ul>
          </Show>
        </section>
      </div>
      <p class="num mt-1 h-5 text-xs muted" role="status">
        {props.feed.skipped() > 0 ? m.skipped(props.feed.skipped()) : ''}
      </p>
    </Card>
  )
}

function FeedRow(props: { readonly event: LiveEvent }) {
  const look = () => LOOKS[props.event.type]
  return (
    <li class="fade-in flex items-start gap-3">
      <Icon path={look()?.icon ?? shuffle} class={`mt-0.5 size-4 ${look()?.class ?? 'muted'}`} />
      <span class="min-w-0 flex-1 wrap-anywhere muted">
        <FeedText event={props.event} />
      </span>
      <RelativeTime atMs={props.event.atMs} class="text-xs muted" />
    </li>
  )
}

function FeedText(props: { readonly event: LiveEvent }): JSX.Element {
  const app = useApp()
  const { type, server, details } = props.event
  const text = (key: string): string => textOf(details[key])
  switch (type) {
    case 'session_start':
      return (
        <Show
          when={text('domain') !== ''}
          fallback={<RichText text={m.joined} parts={{ name: <Name event={props.event} /> }} />}
        >
          <RichText text={m.joinedFrom} parts={{ name: <Name event={props.event} />, domain: text('domain') }} />
        </Show>
      )
    case 'gamemode_switch': {
      const [from, to] = [text('fromGamemode') || text('from'), text('toGamemode') || text('to')]
      return (
        <Show
          when={from !== ''}
          fallback={<RichText text={m.switchedTo} parts={{ name: <Name event={props.event} />, to }} />}
        >
          <RichText text={m.switched} parts={{ name: <Name event={props.event} />, from, to }} />
        </Show>
      )
    }
    case 'session_end': {
      const time = app.format().duration(Number(details['durationMs'] ?? 0))
      const reason = text('reason')
      return (
        <Show
          when={!LOST.has(reason)}
          fallback={<RichText text={m.lostLink} parts={{ name: <Name event={props.event} /> }} />}
        >
          <RichText text={reason === 'kick' ? m.kicked : m.left} parts={{ name: <Name event={props.event} />, time }} />
        </Show>
      )
    }
    case 'purchase':
      return <RichText text={m.bought} parts={{ name: <Name event={props.event} />, product: text('product') }} />
    default:
      return (
        <a class="hover:underline" href={app.href('health')}>
          <RichText text={m.refused} parts={{ server: <span class="text-base-content">{server}</span> }} />{' '}
          <span class="font-mono text-xs">{text('code')}</span>
        </a>
      )
  }
}

/** Who did it, with the way to what else is known of them. */
function Name(props: { readonly event: LiveEvent }) {
  const app = useApp()
  const name = () => props.event.playerName || m.someone
  return (
    <Show when={props.event.playerId} fallback={<span class="font-medium text-base-content">{name()}</span>}>
      {(id) => (
        <a class="font-medium text-base-content hover:underline" href={app.href('players', { open: id() })}>
          {name()}
        </a>
      )}
    </Show>
  )
}
