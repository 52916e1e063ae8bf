import { path as eye } from 'lucide:eye'
import { path as eyeOff } from 'lucide:eye-off'
import { createSignal } from 'solid-js'
import { FormField } from '../components/form-field.tsx'
import { Icon } from '../components/icon.tsx'
import { formMessages as m } from '../messages/form-messages.ts'

/** A password, which can be looked at while it is typed and pasted as everything else. */
export function PasswordField(props: {
  readonly name: string
  readonly label: string
  readonly isNew: boolean
  readonly error?: string | undefined
  readonly hasFocus?: boolean
}) {
  const [isShown, setShown] = createSignal(false)
  const label = () => (isShown() ? m.hidePassword : m.showPassword)
  return (
    <FormField label={props.label} help={props.isNew ? m.newPasswordHelp : undefined} error={props.error}>
      {(field) => (
        <div class="flex gap-2">
          <input
            {...field}
            class="input w-full"
            name={props.name}
            type={isShown() ? 'text' : 'password'}
            autocomplete={props.isNew ? 'new-password' : 'current-password'}
            minlength={props.isNew ? 10 : 1}
            maxlength={props.isNew ? 256 : 4_096}
            spellcheck={false}
            autocapitalize="none"
            required
            autofocus={props.hasFocus === true}
          />
          <button
            type="button"
            class="btn btn-square border-base-300 bg-transparent"
            aria-label={label()}
            title={label()}
            aria-pressed={isShown()}
            onClick={() => setShown(!isShown())}
          >
            <Icon path={isShown() ? eyeOff : eye} class="size-4" />
          </button>
        </div>
      )}
    </FormField>
  )
}
