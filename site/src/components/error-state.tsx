import { path as rotate } from 'lucide:rotate-cw'
import { path as warning } from 'lucide:triangle-alert'
import { Show } from 'solid-js'
import type { ApiError } from '../api/api-error.ts'
import { componentMessages as m } from '../messages/component-messages.ts'
import { Icon } from './icon.tsx'

/** What went wrong, in a sentence, with the code and the request that a report needs, and another try. */
export function ErrorState(props: {
  readonly error: ApiError
  readonly isRetrying?: boolean
  readonly onRetry?: (() => void) | undefined
}) {
  return (
    <div class="flex flex-1 flex-col items-center justify-center gap-1 px-4 py-6 text-center" role="alert">
      <span class="mb-2 grid size-10 place-items-center rounded-full bg-error/12 text-error">
        <Icon path={warning} class="size-5" />
      </span>
      <p class="font-medium">{m.failed}</p>
      <p class="max-w-prose text-sm text-pretty muted">{props.error.message}</p>
      <p class="mt-1 font-mono text-xs wrap-anywhere muted">
        {m.code} {props.error.code}
        <Show when={props.error.requestId}>
          {' · '}
          {m.request} {props.error.requestId}
        </Show>
      </p>
      <Show when={props.onRetry}>
        {(onRetry) => (
          <button
            type="button"
            class="btn mt-3 border-base-300 bg-transparent btn-sm font-normal"
            onClick={() => onRetry()()}
            disabled={props.isRetrying}
          >
            <Icon path={rotate} class={`size-3.5 ${props.isRetrying === true ? 'motion-safe:animate-spin' : ''}`} />
            {props.isRetrying === true ? m.retrying : m.retry}
          </button>
        )}
      </Show>
    </div>
  )
}
