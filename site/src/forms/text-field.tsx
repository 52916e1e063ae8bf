import { FormField } from '../components/form-field.tsx'

/** One line of text. */
export function TextField(props: {
  readonly name: string
  readonly label: string
  readonly type: 'text' | 'email' | 'number'
  readonly autocomplete: 'email' | 'username' | 'name' | 'off'
  readonly charsMax: number
  readonly help?: string | undefined
  readonly value?: string
  readonly isFixed?: boolean
  readonly error?: string | undefined
  readonly isOptional?: boolean
  readonly hasFocus?: boolean
}) {
  return (
    <FormField label={props.label} help={props.help} error={props.error}>
      {(field) => (
        <input
          {...field}
          class="input w-full"
          name={props.name}
          type={props.type}
          value={props.value ?? ''}
          readOnly={props.isFixed === true}
          autocomplete={props.autocomplete}
          maxlength={props.charsMax}
          required={props.isOptional !== true}
          autofocus={props.hasFocus === true}
        />
      )}
    </FormField>
  )
}
