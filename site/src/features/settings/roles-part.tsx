import { createSignal, For, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import type { Permission } from '../../app/rights.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { RowMenu } from '../../components/row-menu.tsx'
import { CheckList } from '../../forms/check-list.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { NETWORK_PERMISSIONS, permissionWords } from '../../messages/permission-messages.ts'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { PartHeading } from './part-heading.tsx'

type Role = ApiOutput<'get', '/networks/:networkId/roles'>[number]
type NetworkPermission = Role['permissions'][number]

/** Without it nothing of a network is seen, so every role has it. */
const LOOKING = 'network.view'
const NAME_CHARS_MAX = 64

/** The roles of a network, and what they allow. */
export function RolesPart(props: { readonly networkId: string }) {
  const app = useApp()
  const roles = createCard(
    () => ({ networkId: props.networkId }),
    (param, signal) => app.api.get('/networks/:networkId/roles', { param }, { signal }),
  )
  const [changed, setChanged] = createSignal<Role>()
  const [deleted, setDeleted] = createSignal<Role>()
  const isNew = () => app.state().open === 'new'
  const options = () =>
    NETWORK_PERMISSIONS.filter((permission) => app.may(permission as Permission)).map((value) => ({
      value,
      title: permissionWords(value),
    }))
  const readRole = (fields: FormData) => ({
    name: String(fields.get('name')),
    permissions: [LOOKING, ...fields.getAll('permissions').map(String)] as NetworkPermission[],
  })
  function tell(title: string): void {
    app.notices.show({ tone: 'success', title })
    roles.refresh()
  }
  const fields = (form: { fieldError(name: string): string | undefined }, role: Role | undefined) => (
    <>
      <TextField
        name="name"
        type="text"
        label={m.roleName}
        autocomplete="off"
        charsMax={NAME_CHARS_MAX}
        value={role?.name ?? ''}
        error={form.fieldError('name')}
        hasFocus
      />
      <CheckList
        name="permissions"
        label={m.permissions}
        options={options()}
        checked={role?.permissions ?? [LOOKING, 'players.view']}
        fixed={[LOOKING]}
        error={form.fieldError('permissions')}
      />
    </>
  )
  return (
    <>
      <Card title={m.roles}>
        <div class="mt-2">
          <PartHeading sentence={m.rolesSentence}>
            <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
              {m.newRole}
            </button>
          </PartHeading>
        </div>
        <CardBody state={roles.state()} onRetry={roles.refresh} skeleton="table" size="min-h-72">
          {(all) => (
            <ul>
              <For each={all()}>
                {(role) => (
                  <li class="flex items-start gap-3 border-t border-base-300/50 py-3">
                    <div class="min-w-0 flex-1">
                      <p class="flex flex-wrap items-center gap-x-2 text-sm">
                        <span class="font-medium wrap-anywhere">{role.name}</span>
                        <span class="num text-xs muted">{m.membersCount(role.members)}</span>
                        <Show when={role.isBuiltIn}>
                          <span class="text-xs muted">{`· ${m.builtIn}`}</span>
                        </Show>
                      </p>
                      <ul class="mt-1.5 flex flex-wrap gap-1.5 text-xs">
                        <For each={role.permissions}>
                          {(permission) => (
                            <li class="rounded-md bg-neutral px-2 py-1">{permissionWords(permission)}</li>
                          )}
                        </For>
                      </ul>
                    </div>
                    <Show when={!role.isBuiltIn && role.permissions.every(app.may)}>
                      <RowMenu
                        label={m.actionsOf(role.name)}
                        actions={[
                          { title: m.changeThisRole, run: () => setChanged(role) },
                          { title: m.deleteRole, isDangerous: true, run: () => setDeleted(role) },
                        ]}
                      />
                    </Show>
                  </li>
                )}
              </For>
            </ul>
          )}
        </CardBody>
      </Card>
      <FormDialog
        isOpen={isNew()}
        onClose={() => isNew() && app.change({ open: undefined }, 'replace')}
        title={m.newRole}
        submitLabel={m.create}
        send={(values) =>
          app.api.post('/networks/:networkId/roles', {
            param: { networkId: props.networkId },
            json: readRole(values),
          })
        }
        onDone={() => tell(m.saved)}
      >
        {(form) => fields(form, undefined)}
      </FormDialog>
      <FormDialog
        isOpen={changed() !== undefined}
        onClose={() => setChanged(undefined)}
        title={m.changeRoleTitle(changed()?.name ?? '')}
        submitLabel={m.save}
        send={(values) =>
          app.api.patch('/networks/:networkId/roles/:roleId', {
            param: { networkId: props.networkId, roleId: changed()?.id ?? '' },
            json: readRole(values),
          })
        }
        onDone={() => tell(m.saved)}
      >
        {(form) => fields(form, changed())}
      </FormDialog>
      <FormDialog
        isOpen={deleted() !== undefined}
        onClose={() => setDeleted(undefined)}
        title={m.deleteRoleTitle(deleted()?.name ?? '')}
        submitLabel={m.deleteRole}
        isDangerous
        send={() =>
          app.api.delete('/networks/:networkId/roles/:roleId', {
            param: { networkId: props.networkId, roleId: deleted()?.id ?? '' },
          })
        }
        onDone={() => tell(m.roleDeleted)}
      >
        {() => <p class="text-pretty muted">{m.deleteRoleSentence}</p>}
      </FormDialog>
    </>
  )
}
