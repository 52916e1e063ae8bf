import { path as download } from 'lucide:download'
import { createSignal } from 'solid-js'
import { apiUrl } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { Icon } from '../../components/icon.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { PasswordField } from '../../forms/password-field.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'
import { SIGN_IN_PATH } from '../../url/app-location.ts'

/** All that is stored of somebody: to take along, and to delete. */
export function DataPart() {
  const app = useApp()
  const [isAsking, setAsking] = createSignal(false)
  return (
    <div class="flex max-w-xl flex-col gap-5">
      <Card title={m.exportTitle}>
        <p class="mt-2 text-sm text-pretty muted">{m.exportSentence}</p>
        <a
          class="btn mt-4 self-start border-base-300 bg-transparent btn-sm font-normal"
          href={apiUrl('/account/export', {})}
          download=""
        >
          <Icon path={download} />
          {m.exportButton}
        </a>
      </Card>
      <Card title={m.deleteTitle}>
        <p class="mt-2 text-sm text-pretty muted">{m.deleteSentence}</p>
        <button type="button" class="btn mt-4 self-start btn-sm btn-error" onClick={() => setAsking(true)}>
          {m.deleteButton}
        </button>
      </Card>
      <FormDialog
        isOpen={isAsking()}
        onClose={() => setAsking(false)}
        title={m.deleteTitle}
        submitLabel={m.deleteConfirm}
        isDangerous
        send={(fields) => app.api.post('/account/deletion', { json: { password: String(fields.get('password')) } })}
        onDone={() => window.location.assign(SIGN_IN_PATH)}
      >
        {(form) => (
          <>
            <p class="text-pretty muted">{m.deleteSentence}</p>
            <PasswordField
              name="password"
              label={m.currentPassword}
              isNew={false}
              error={form.fieldError('password')}
              hasFocus
            />
          </>
        )}
      </FormDialog>
    </div>
  )
}
