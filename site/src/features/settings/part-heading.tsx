import { type JSX, Show } from 'solid-js'

/** What a part of the settings is about, with the button that adds to it. */
export function PartHeading(props: { readonly sentence: string; readonly children?: JSX.Element }) {
  return (
    <div class="mb-1 flex flex-wrap items-center gap-3">
      <p class="min-w-60 flex-1 text-sm text-pretty muted">{props.sentence}</p>
      <Show when={props.children}>{props.children}</Show>
    </div>
  )
}
