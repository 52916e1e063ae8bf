import { createEffect, createSignal, on, onCleanup, Show } from 'solid-js'
import type { ApiError } from '../api/api-error.ts'
import { formMessages as m } from '../messages/form-messages.ts'

/** What went wrong with a form as a whole, and how long to wait where that helps. */
export function SubmissionError(props: { readonly error: ApiError | undefined }) {
  const [waitS, setWaitS] = createSignal(0)
  let timer: ReturnType<typeof setInterval> | undefined
  createEffect(
    on(
      () => props.error,
      (error) => {
        clearInterval(timer)
        setWaitS(Math.ceil((error?.retryAfterMs ?? 0) / 1_000))
        if (waitS() > 0) timer = setInterval(() => setWaitS((left) => Math.max(0, left - 1)), 1_000)
      },
    ),
  )
  onCleanup(() => clearInterval(timer))
  return (
    <div role="alert">
      <Show when={props.error}>
        {(error) => (
          <div class="rounded-field bg-error/10 px-3.5 py-3 text-sm">
            <p class="text-pretty">{error().message}</p>
            <p class="mt-1 text-xs muted">
              <span class="font-mono">{error().code}</span>
              <Show when={error().requestId}>
                {(id) => <span class="mt-0.5 block break-all">{m.requestId(id())}</span>}
              </Show>
            </p>
          </div>
        )}
      </Show>
      <Show when={waitS() > 0}>
        <p class="mt-2 text-sm muted" aria-live="off">
          {m.waitFor(waitS())}
        </p>
      </Show>
    </div>
  )
}
