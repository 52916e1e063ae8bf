import { For } from 'solid-js'
import { FormField } from '../components/form-field.tsx'

/** One thing that can be chosen. */
export interface SelectOption {
  readonly value: string
  readonly title: string
}

/** One of a few. */
export function SelectField(props: {
  readonly name: string
  readonly label: string
  readonly options: readonly SelectOption[]
  readonly value?: string
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly onChange?: (value: string) => void
}) {
  return (
    <FormField label={props.label} help={props.help} error={props.error}>
      {(field) => (
        <select
          {...field}
          class="select w-full"
          name={props.name}
          onChange={(event) => props.onChange?.(event.currentTarget.value)}
        >
          <For each={props.options}>
            {(option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.title}
              </option>
            )}
          </For>
        </select>
      )}
    </FormField>
  )
}
