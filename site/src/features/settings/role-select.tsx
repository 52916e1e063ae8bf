import { Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { SelectField } from '../../forms/select-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'

/** A role of the network: those that the person may give, which are those that allow no more than they may do. */
export function RoleSelect(props: {
  readonly networkId: string
  readonly value?: string
  readonly mayMakeOwners: boolean
  readonly error?: string | undefined
}) {
  const app = useApp()
  const roles = createCard(
    () => ({ networkId: props.networkId }),
    (param, signal) => app.api.get('/networks/:networkId/roles', { param }, { signal }),
  )
  const options = () => {
    const state = roles.state()
    if (state.kind !== 'ready') return undefined
    return state.data
      .filter(({ id, permissions }) => (id === 'owner' ? props.mayMakeOwners : permissions.every(app.may)))
      .map(({ id, name }) => ({ value: id, title: name }))
  }
  const failure = () => {
    const state = roles.state()
    return state.kind === 'failed' ? state.error.message : undefined
  }
  return (
    <Show
      when={options()}
      fallback={
        <Show when={failure()} fallback={<div class="quiet-pulse h-16 rounded-lg" />}>
          {(message) => (
            <p class="text-sm text-error" role="alert">
              {message()}
            </p>
          )}
        </Show>
      }
    >
      {(known) => (
        <SelectField name="role" label={m.role} options={known()} value={props.value ?? 'viewer'} error={props.error} />
      )}
    </Show>
  )
}
