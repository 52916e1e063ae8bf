import { Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { StateDot } from '../../components/state-dot.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'

/** Players online now, beside the name of the live page. Quiet when the number is old. */
export function LiveMark() {
  const app = useApp()
  const counts = () => app.sources.live.counts()
  const isFresh = () => app.sources.live.follow().kind === 'open'
  return (
    <Show when={counts()}>
      {(now) => (
        <span class="num flex items-center gap-1.5 text-xs font-medium" classList={{ muted: !isFresh() }}>
          <StateDot tone={isFresh() ? 'good' : 'idle'} class="size-1.5" />
          <span aria-hidden="true">{app.format().compact(now().total)}</span>
          <span class="sr-only">{m.online(app.format().number(now().total))}</span>
        </span>
      )}
    </Show>
  )
}
