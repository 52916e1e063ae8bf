import { useApp } from '../../app/app-context.ts'
import type { Permission } from '../../app/rights.ts'
import { CheckList } from '../../forms/check-list.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { SelectField } from '../../forms/select-field.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'
import { INSTALLATION_PERMISSIONS, NETWORK_PERMISSIONS, permissionWords } from '../../messages/permission-messages.ts'

const NAME_CHARS_MAX = 64
const LIVES = [
  { value: '30', title: m.days30 },
  { value: '90', title: m.days90 },
  { value: '365', title: m.days365 },
] as const

/** What a new token is called, what it is for, and for how long. */
export function NewTokenDialog(props: {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onCreated: (token: { readonly name: string; readonly token: string }) => void
}) {
  const app = useApp()
  const networks = () => {
    const state = app.sources.networks()
    return state.kind === 'ready' ? state.data : []
  }
  /** What the person may do somewhere: more a token cannot allow. */
  const options = () =>
    [...NETWORK_PERMISSIONS, ...INSTALLATION_PERMISSIONS]
      .filter((permission) => {
        const may = (networkId: string | undefined) =>
          app.sources.rights()?.may(permission as Permission, networkId) === true
        return may(undefined) || networks().some(({ id }) => may(id))
      })
      .map((value) => ({ value, title: permissionWords(value) }))
  return (
    <FormDialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={m.newToken}
      submitLabel={m.create}
      send={(fields) => {
        const networkId = String(fields.get('networkId'))
        return app.api.post('/account/tokens', {
          json: {
            name: String(fields.get('name')),
            permissions: fields.getAll('permissions').map(String) as Permission[],
            expiresInDays: Number(fields.get('expiresInDays')),
            ...(networkId !== '' && { networkId }),
          },
        })
      }}
      onDone={props.onCreated}
    >
      {(form) => (
        <>
          <TextField
            name="name"
            type="text"
            label={m.tokenName}
            help={m.tokenNameHelp}
            autocomplete="off"
            charsMax={NAME_CHARS_MAX}
            error={form.fieldError('name')}
            hasFocus
          />
          <SelectField
            name="networkId"
            label={m.tokenNetwork}
            options={[
              { value: '', title: m.allNetworks },
              ...networks().map(({ id, name }) => ({ value: id, title: name })),
            ]}
            error={form.fieldError('networkId')}
          />
          <SelectField
            name="expiresInDays"
            label={m.expiresIn}
            options={LIVES}
            value="90"
            error={form.fieldError('expiresInDays')}
          />
          <CheckList
            name="permissions"
            label={m.permissions}
            options={options()}
            checked={['network.view']}
            error={form.fieldError('permissions')}
          />
        </>
      )}
    </FormDialog>
  )
}
