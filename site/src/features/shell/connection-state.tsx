import { Match, Switch } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { StateDot } from '../../components/state-dot.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'

/** Whether the live numbers come, how old they are when they do not, and when it is tried again. */
export function ConnectionState() {
  const app = useApp()
  const follow = () => app.sources.live.follow()
  const counts = () => app.sources.live.counts()
  const hasNone = () => app.sources.networks().kind === 'ready' && app.network() === undefined
  const age = () => app.format().age(app.now() - (follow().lastMessageMs ?? app.now()))
  return (
    <span class="inline-flex items-center gap-1.5 text-xs whitespace-nowrap muted" role="status">
      <Switch>
        <Match when={hasNone()}>{''}</Match>
        <Match when={follow().kind === 'waiting'}>
          <StateDot tone="attention" />
          <span class="num">{m.reconnecting(app.format().age((follow().retryAtMs ?? 0) - app.now()))}</span>
          <span class="num hidden xl:inline">{follow().lastMessageMs === undefined ? '' : `· ${m.asOf(age())}`}</span>
        </Match>
        <Match when={follow().kind === 'paused'}>
          <StateDot tone="idle" />
          {m.paused}
        </Match>
        <Match when={counts() === undefined}>
          <StateDot tone="idle" />
          {m.connecting}
        </Match>
        <Match when={counts()?.serversConnected === 0}>
          <StateDot tone="attention" />
          {m.noServers}
        </Match>
        <Match when={true}>
          <StateDot tone="good" />
          {m.connectedTo(counts()?.serversConnected ?? 0)}
        </Match>
      </Switch>
    </span>
  )
}
