import { createUniqueId, type JSX, Show } from 'solid-js'

/** A flat card with its title. `aside` stands at the right of the title, `foot` below everything. */
export function Card(props: {
  readonly title: string
  readonly aside?: JSX.Element
  readonly foot?: JSX.Element
  readonly class?: string
  /** The body reaches the edges, as tables do. */
  readonly isFlush?: boolean
  readonly children: JSX.Element
}) {
  const titleId = createUniqueId()
  return (
    <section
      class={`card-quiet flex min-w-0 flex-col ${props.isFlush === true ? 'overflow-hidden' : 'p-4 sm:p-5'} ${props.class ?? ''}`}
      aria-labelledby={titleId}
    >
      <div
        class={`flex min-h-6 flex-wrap items-center gap-x-3 gap-y-2 ${props.isFlush === true ? 'p-4 pb-3 sm:p-5 sm:pb-3' : ''}`}
      >
        <h2 id={titleId} class="min-w-0 flex-1 text-sm font-medium">
          {props.title}
        </h2>
        <Show when={props.aside}>
          <div class="flex items-center gap-3 text-xs muted">{props.aside}</div>
        </Show>
      </div>
      {props.children}
      <Show when={props.foot}>{props.foot}</Show>
    </section>
  )
}
