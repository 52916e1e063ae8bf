import { path as clock } from 'lucide:clock-alert'
import type { ApiError } from '../api/api-error.ts'
import { componentMessages as m } from '../messages/component-messages.ts'
import { useFormat } from './format-context.ts'
import { Icon } from './icon.tsx'

/** Says that what is shown is old, how old, why, and offers another try. */
export function Freshness(props: { readonly atMs: number; readonly error: ApiError; readonly onRetry: () => void }) {
  const { format, now } = useFormat()
  return (
    <p
      class="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg bg-warning/12 px-3 py-2 text-xs"
      role="status"
    >
      <Icon path={clock} class="size-3.5 text-warning" />
      <span class="min-w-0 flex-1" title={`${props.error.message} (${props.error.code})`}>
        {m.staleSince(format().age(now() - props.atMs))}
        <span class="ml-1.5 font-mono muted">{props.error.code}</span>
      </span>
      <button type="button" class="link-hover link" onClick={() => props.onRetry()}>
        {m.retry}
      </button>
    </p>
  )
}
