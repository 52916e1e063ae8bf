import { path as x } from 'lucide:x'
import { createEffect, createUniqueId, type JSX, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { Icon } from './icon.tsx'

/** A question in front of the page. The browser keeps the focus inside, closes it on Escape and gives the focus back. */
export function Dialog(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  /** Buttons, the one that does it last. */
  readonly actions?: JSX.Element
  readonly class?: string
  readonly children: JSX.Element
}) {
  const titleId = createUniqueId()
  let element: HTMLDialogElement | undefined
  createEffect(() => {
    if (props.isOpen) element?.showModal()
    else element?.close()
  })
  return (
    <dialog
      ref={element}
      class={`quiet-dialog w-full ${props.class ?? 'max-w-lg'}`}
      aria-labelledby={titleId}
      onClose={() => props.onClose()}
      onPointerDown={(event) => event.target === element && props.onClose()}
    >
      <Show when={props.isOpen}>
        <div class="p-5">
          <div class="flex items-start gap-3">
            <h2 id={titleId} class="flex-1 text-lg font-semibold tracking-tight">
              {props.title}
            </h2>
            <button
              type="button"
              class="btn btn-square btn-ghost btn-sm muted"
              aria-label={m.close}
              onClick={() => props.onClose()}
            >
              <Icon path={x} />
            </button>
          </div>
          <div class="mt-3 text-sm leading-6">{props.children}</div>
          <Show when={props.actions}>
            <div class="mt-5 flex flex-wrap justify-end gap-2">{props.actions}</div>
          </Show>
        </div>
      </Show>
    </dialog>
  )
}
