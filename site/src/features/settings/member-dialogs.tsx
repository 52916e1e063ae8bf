import { useApp } from '../../app/app-context.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import type { Member } from './member.ts'
import { RoleSelect } from './role-select.tsx'

/** What somebody is about to do with a member. */
export interface MemberWish {
  readonly kind: 'role' | 'remove' | 'transfer' | 'leave'
  readonly member: Member
}

/** The questions before a member gets another role, is removed, leaves, or becomes owner. */
export function MemberDialogs(props: {
  readonly networkId: string
  readonly wish: MemberWish | undefined
  readonly mayMakeOwners: boolean
  readonly onClose: () => void
  readonly onChanged: () => void
}) {
  const app = useApp()
  const is = (kind: MemberWish['kind']) => props.wish?.kind === kind
  const name = () => props.wish?.member.name ?? ''
  const param = () => ({ networkId: props.networkId, userId: props.wish?.member.userId ?? '' })
  function tell(title: string): void {
    app.notices.show({ tone: 'success', title })
    props.onChanged()
  }
  return (
    <>
      <FormDialog
        isOpen={is('role')}
        onClose={props.onClose}
        title={m.changeRoleOf(name())}
        submitLabel={m.save}
        send={(fields) =>
          app.api.patch('/networks/:networkId/members/:userId', {
            param: param(),
            json: { role: String(fields.get('role')) },
          })
        }
        onDone={() => tell(m.saved)}
      >
        {(form) => (
          <RoleSelect
            networkId={props.networkId}
            value={props.wish?.member.role.id ?? ''}
            mayMakeOwners={props.mayMakeOwners}
            error={form.fieldError('role')}
          />
        )}
      </FormDialog>
      <FormDialog
        isOpen={is('remove')}
        onClose={props.onClose}
        title={m.removeMember(name())}
        submitLabel={m.remove}
        isDangerous
        send={() => app.api.delete('/networks/:networkId/members/:userId', { param: param() })}
        onDone={() => tell(m.memberRemoved)}
      >
        {() => <p class="text-pretty muted wrap-anywhere">{m.removeSentence(name())}</p>}
      </FormDialog>
      <FormDialog
        isOpen={is('transfer')}
        onClose={props.onClose}
        title={m.transfer}
        submitLabel={m.transfer}
        isDangerous
        send={() =>
          app.api.post('/networks/:networkId/transfer', {
            param: { networkId: props.networkId },
            json: { userId: param().userId },
          })
        }
        onDone={() => {
          app.sources.retryAccount()
          tell(m.transferred)
        }}
      >
        {() => <p class="text-pretty muted wrap-anywhere">{m.transferSentence(name())}</p>}
      </FormDialog>
      <FormDialog
        isOpen={is('leave')}
        onClose={props.onClose}
        title={m.leave}
        submitLabel={m.leave}
        isDangerous
        send={() => app.api.post('/networks/:networkId/leave', { param: { networkId: props.networkId } })}
        onDone={() => {
          app.notices.show({ tone: 'success', title: m.left })
          app.go('live', { network: undefined })
          app.sources.retryNetworks()
          app.sources.retryAccount()
        }}
      >
        {() => <p class="text-pretty muted">{m.leaveSentence}</p>}
      </FormDialog>
    </>
  )
}
