import { createSignal, createUniqueId, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { RelativeTime } from '../../components/relative-time.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'
import type { DeadLetter, Decision } from './decision-dialog.tsx'

const SOURCES = { socket: m.socket, http: m.http, storage: m.storageSource } as const

/** One dead letter; what was sent is shown on request, as text and as nothing else. */
export function LetterRow(props: { readonly letter: DeadLetter; readonly onDecide: (decision: Decision) => void }) {
  const app = useApp()
  const [isOpen, setOpen] = createSignal(false)
  const payloadId = createUniqueId()
  const payload = () =>
    props.letter.payload === null || props.letter.payload === undefined
      ? m.noPayload
      : JSON.stringify(props.letter.payload, null, 2)
  return (
    <li class="border-t border-base-300/50 py-3 text-sm">
      <div class="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div class="min-w-0 flex-1 basis-72">
          <p class="flex flex-wrap items-baseline gap-x-3">
            <span class="font-mono text-xs font-medium wrap-anywhere">{props.letter.code}</span>
            <RelativeTime atMs={props.letter.receivedAtMs} look="moment" class="text-xs muted" />
            <span class="text-xs muted">
              {m.from(props.letter.server || m.unknownServer)}
              {' · '}
              {SOURCES[props.letter.source]}
            </span>
            <Show when={props.letter.state !== 'kept'}>
              <span class="badge badge-sm border-0 bg-neutral">{m[props.letter.state]}</span>
            </Show>
          </p>
          <p class="mt-0.5 wrap-anywhere">{props.letter.reason}</p>
        </div>
        <div class="flex gap-2">
          <button
            type="button"
            class="btn btn-ghost btn-sm font-normal"
            aria-expanded={isOpen()}
            aria-controls={payloadId}
            aria-label={m.lookAt(props.letter.code, app.format().moment(props.letter.receivedAtMs))}
            onClick={() => setOpen((before) => !before)}
          >
            {m.look}
          </button>
          <Show when={props.letter.state === 'kept'}>
            <button
              type="button"
              class="btn btn-sm border-base-300 bg-transparent font-normal"
              onClick={() => props.onDecide({ kind: 'replay', letter: props.letter })}
            >
              {m.replay}
            </button>
            <button
              type="button"
              class="btn btn-sm border-base-300 bg-transparent font-normal"
              onClick={() => props.onDecide({ kind: 'discard', letter: props.letter })}
            >
              {m.discard}
            </button>
          </Show>
        </div>
      </div>
      <div id={payloadId} hidden={!isOpen()}>
        <Show when={isOpen()}>
          <section aria-label={m.payload} tabindex={0} class="mt-2 max-h-80 overflow-auto rounded-lg bg-base-100 p-3">
            <pre class="font-mono text-xs">{payload()}</pre>
          </section>
        </Show>
      </div>
    </li>
  )
}
