import { path as check } from 'lucide:circle-check'
import { path as info } from 'lucide:info'
import { path as warning } from 'lucide:triangle-alert'
import { path as x } from 'lucide:x'
import { type JSX, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { Icon } from './icon.tsx'

/** What a notice is about, which gives it its colour and icon. */
export type NoticeTone = 'info' | 'success' | 'warning' | 'error'

const ICONS = { info, success: check, warning, error: warning } as const
const TINTS = { info: 'bg-info/12', success: 'bg-success/12', warning: 'bg-warning/12', error: 'bg-error/12' } as const
const COLOURS = { info: 'text-info', success: 'text-success', warning: 'text-warning', error: 'text-error' } as const

/** A sentence that stands out: what happened, and in `children` what to do about it. */
export function Notice(props: {
  readonly tone: NoticeTone
  readonly title: string
  readonly children?: JSX.Element
  readonly onDismiss?: (() => void) | undefined
  readonly class?: string
}) {
  return (
    <div
      class={`flex gap-3 rounded-lg p-3.5 text-sm ${TINTS[props.tone]} ${props.class ?? ''}`}
      role={props.tone === 'error' ? 'alert' : 'status'}
    >
      <Icon path={ICONS[props.tone]} class={`mt-0.5 size-4 ${COLOURS[props.tone]}`} />
      <div class="min-w-0 flex-1">
        <p class="font-medium">{props.title}</p>
        <Show when={props.children}>
          <div class="mt-0.5 text-pretty muted">{props.children}</div>
        </Show>
      </div>
      <Show when={props.onDismiss}>
        {(onDismiss) => (
          <button
            type="button"
            class="btn -my-1 -mr-1 btn-square btn-ghost btn-sm"
            aria-label={m.dismiss}
            onClick={() => onDismiss()()}
          >
            <Icon path={x} class="size-3.5" />
          </button>
        )}
      </Show>
    </div>
  )
}
