import { createUniqueId, For } from 'solid-js'
import { FormField } from '../components/form-field.tsx'
import { isTimeZone } from '../format/formatters.ts'
import { formMessages as m } from '../messages/form-messages.ts'
import { listTimeZones } from './time-zones.ts'

/** A time zone, found by typing a part of its name. */
export function TimeZoneField(props: {
  readonly name: string
  readonly label: string
  readonly value: string
  readonly help?: string | undefined
  readonly error?: string | undefined
  readonly onInput?: (value: string) => void
}) {
  const id = createUniqueId()
  function onInput(input: HTMLInputElement): void {
    input.setCustomValidity(isTimeZone(input.value) ? '' : m.noTimeZone)
    props.onInput?.(input.value)
  }
  return (
    <FormField label={props.label} help={props.help} error={props.error}>
      {(field) => (
        <>
          <input
            {...field}
            class="input w-full"
            name={props.name}
            list={`${id}-zones`}
            value={props.value}
            maxlength={64}
            required
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => onInput(event.currentTarget)}
          />
          <datalist id={`${id}-zones`}>
            <For each={listTimeZones()}>{(zone) => <option value={zone} />}</For>
          </datalist>
        </>
      )}
    </FormField>
  )
}
