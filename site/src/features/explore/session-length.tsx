import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { StateDot } from '../../components/state-dot.tsx'
import { sessionMessages as m } from '../../messages/session-messages.ts'
import type { Session } from './session-words.ts'

/** How long a session was, or how long it goes on already. */
export function SessionLength(props: { readonly session: Pick<Session, 'durationMs' | 'startedAtMs'> }) {
  const app = useApp()
  return (
    <Show
      when={props.session.durationMs !== null}
      fallback={
        <span class="inline-flex items-center gap-1.5 whitespace-nowrap">
          <StateDot tone="good" />
          {m.openFor(app.format().duration(app.now() - props.session.startedAtMs))}
        </span>
      }
    >
      <span class="whitespace-nowrap">{app.format().duration(props.session.durationMs ?? 0)}</span>
    </Show>
  )
}
