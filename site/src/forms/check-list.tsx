import { createUniqueId, For, Show } from 'solid-js'
import type { SelectOption } from './select-field.tsx'

/** Any of several, each with a box. */
export function CheckList(props: {
  readonly name: string
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly checked: readonly string[]
  /** Those that cannot be left out. */
  readonly fixed?: readonly string[]
  readonly error?: string | undefined
}) {
  const id = createUniqueId()
  return (
    <fieldset class="flex flex-col gap-1.5" aria-describedby={props.error === undefined ? undefined : `${id}-error`}>
      <legend class="mb-1.5 text-sm font-medium">{props.label}</legend>
      <div class="grid gap-x-4 gap-y-2 sm:grid-cols-2">
        <For each={props.options}>
          {({ value, title }) => (
            <label class="flex items-start gap-2.5 text-sm">
              <input
                type="checkbox"
                class="checkbox checkbox-sm mt-0.5 rounded-[5px] border-(--muted)"
                name={props.name}
                value={value}
                checked={props.checked.includes(value)}
                disabled={props.fixed?.includes(value) === true}
              />
              <span class="min-w-0">{title}</span>
            </label>
          )}
        </For>
      </div>
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-xs text-error" role="alert">
          {props.error}
        </p>
      </Show>
    </fieldset>
  )
}
