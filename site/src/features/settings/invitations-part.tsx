import { createSignal, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { PartHeading } from './part-heading.tsx'
import { RoleSelect } from './role-select.tsx'

type Invitation = ApiOutput<'get', '/networks/:networkId/invitations'>[number]

const EMAIL_CHARS_MAX = 254

/** Invitations that nobody has accepted yet. */
export function InvitationsPart(props: { readonly networkId: string }) {
  const app = useApp()
  const invitations = createCard(
    () => ({ networkId: props.networkId }),
    (param, signal) => app.api.get('/networks/:networkId/invitations', { param }, { signal }),
  )
  const [created, setCreated] = createSignal<{ readonly email: string; readonly link: string }>()
  const isNew = () => app.state().open === 'new'
  async function cancel({ id }: Invitation): Promise<void> {
    const param = { networkId: props.networkId, invitationId: id }
    const answer = await app.api.delete('/networks/:networkId/invitations/:invitationId', { param })
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    if (answer.kind === 'ok') app.notices.show({ tone: 'success', title: m.invitationCancelled })
    invitations.refresh()
  }
  const columns: ReadonlyArray<Column<Invitation>> = [
    {
      key: 'email',
      title: m.email,
      phone: 'title',
      cell: ({ email }) => <span class="font-medium wrap-anywhere">{email}</span>,
    },
    { key: 'role', title: m.role, phone: 'second', cell: ({ role }) => role.name },
    { key: 'sentBy', title: m.invitedBy, phone: 'hidden', cell: ({ sentBy }) => sentBy?.name ?? m.operator },
    {
      key: 'expires',
      title: m.expires,
      phone: 'second',
      cell: ({ works, expiresAtMs }) => (
        <Show when={works} fallback={<span class="text-warning">{m.worksNot}</span>}>
          <span class="num">{app.format().duration(expiresAtMs - app.now())}</span>
        </Show>
      ),
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (invitation) => (
        <button
          type="button"
          class="btn border-base-300 bg-transparent btn-sm font-normal"
          onClick={() => void cancel(invitation)}
        >
          {m.cancelInvitation}
          <span class="sr-only">{invitation.email}</span>
        </button>
      ),
    },
  ]
  return (
    <>
      <Card title={m.invitations}>
        <div class="mt-2">
          <PartHeading sentence={m.invitationsSentence}>
            <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
              {m.invite}
            </button>
          </PartHeading>
        </div>
        <CardBody
          state={invitations.state()}
          onRetry={invitations.refresh}
          skeleton="table"
          size="min-h-60"
          isEmpty={(all) => all.length === 0}
          empty={<EmptyState title={m.noInvitations} sentence={m.noInvitationsSentence} />}
        >
          {(all) => <DataTable columns={columns} rows={all()} caption={m.invitations} />}
        </CardBody>
      </Card>
      <FormDialog
        isOpen={isNew()}
        onClose={() => isNew() && app.change({ open: undefined }, 'replace')}
        title={m.invite}
        submitLabel={m.inviteButton}
        send={(fields) =>
          app.api.post('/networks/:networkId/invitations', {
            param: { networkId: props.networkId },
            json: { email: String(fields.get('email')), role: String(fields.get('role')) },
          })
        }
        onDone={(invitation) => {
          setCreated(invitation)
          invitations.refresh()
        }}
      >
        {(form) => (
          <>
            <TextField
              name="email"
              type="email"
              label={m.email}
              autocomplete="off"
              charsMax={EMAIL_CHARS_MAX}
              error={form.fieldError('email')}
              hasFocus
            />
            {/* Who may delete the network is an owner of it. */}
            <RoleSelect
              networkId={props.networkId}
              mayMakeOwners={app.may('network.delete')}
              error={form.fieldError('role')}
            />
          </>
        )}
      </FormDialog>
      <Dialog
        isOpen={created() !== undefined}
        onClose={() => setCreated(undefined)}
        title={m.invitationFor(created()?.email ?? '')}
        actions={
          <button type="button" class="btn btn-primary btn-sm" onClick={() => setCreated(undefined)}>
            {m.done}
          </button>
        }
      >
        <SecretOnce secret={created()?.link ?? ''} what={m.invitationLink} sentence={m.sendLink} />
      </Dialog>
    </>
  )
}
