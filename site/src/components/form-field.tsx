import { createUniqueId, type JSX, Show } from 'solid-js'

/** What a field's input has to carry, so that its label, help and error belong to it. */
export interface FieldAttributes {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/**
 * A label, an input, what helps to fill it in, and what is wrong with it, in that order and tied together.
 *
 * @example
 * <FormField label={m.name} help={m.nameHelp} error={errorOf('name')}>
 *   {(field) => <input class="input w-full" {...field} name="name" />}
 * </FormField>
 */
export function FormField(props: {
  readonly label: string
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly children: (field: FieldAttributes) => JSX.Element
}) {
  const id = createUniqueId()
  const describedBy = () =>
    [props.help && `${id}-help`, props.error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div class="flex flex-col gap-1.5">
      <label class="text-sm font-medium" for={id}>
        {props.label}
      </label>
      {props.children({
        id,
        get 'aria-describedby'() {
          return describedBy()
        },
        get 'aria-invalid'() {
          return props.error === undefined ? undefined : true
        },
      })}
      <Show when={props.help}>
        <p id={`${id}-help`} class="text-xs text-pretty muted">
          {props.help}
        </p>
      </Show>
      <Show when={props.error}>
        <p id={`${id}-error`} class="text-xs text-error" role="alert">
          {props.error}
        </p>
      </Show>
    </div>
  )
}
