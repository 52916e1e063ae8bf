import { path as inbox } from 'lucide:inbox'
import { type JSX, Show } from 'solid-js'
import { Icon } from './icon.tsx'

/** Says why there is nothing and what to do about it. `children` are the buttons that do it. */
export function EmptyState(props: {
  readonly title: string
  readonly sentence?: string
  readonly icon?: string
  readonly children?: JSX.Element
}) {
  return (
    <div class="flex flex-1 flex-col items-center justify-center gap-1 px-4 py-8 text-center">
      <span class="mb-2 grid size-10 place-items-center rounded-full bg-neutral muted">
        <Icon path={props.icon ?? inbox} class="size-5" />
      </span>
      <p class="font-medium">{props.title}</p>
      <Show when={props.sentence}>
        <p class="max-w-prose text-sm text-pretty muted">{props.sentence}</p>
      </Show>
      <Show when={props.children}>
        <div class="mt-3 flex flex-wrap justify-center gap-2">{props.children}</div>
      </Show>
    </div>
  )
}
