import { createSignal, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'

const NAME_CHARS_MAX = 256

/** Deletes the network, after its name was typed. Above the page it is said that it waits, and taken back. */
export function DangerPart(props: { readonly networkId: string }) {
  const app = useApp()
  const [isAsking, setAsking] = createSignal(false)
  const name = () => app.network()?.name ?? ''
  const deleteAtMs = () => app.network()?.deleteAtMs ?? undefined
  return (
    <div class="max-w-xl">
      <Card title={m.danger}>
        <p class="mt-2 text-sm text-pretty muted">{m.dangerSentence}</p>
        <Show
          when={deleteAtMs()}
          fallback={
            <button type="button" class="btn mt-4 self-start btn-sm btn-error" onClick={() => setAsking(true)}>
              {m.deleteButton}
            </button>
          }
        >
          {(atMs) => <p class="num mt-3 text-sm">{m.deletesAt(app.format().exact(atMs()))}</p>}
        </Show>
      </Card>
      <FormDialog
        isOpen={isAsking()}
        onClose={() => setAsking(false)}
        title={m.deleteTitle}
        submitLabel={m.tabDanger}
        isDangerous
        send={(fields) =>
          app.api.post('/networks/:networkId/deletion', {
            param: { networkId: props.networkId },
            json: { name: String(fields.get('name')) },
          })
        }
        onDone={() => {
          app.notices.show({ tone: 'warning', title: m.deleteRequested })
          // It is archived now, so it is shown by its name alone.
          app.change({ network: props.networkId }, 'replace')
          app.sources.retryNetworks()
        }}
      >
        {(form) => (
          <TextField
            name="name"
            type="text"
            label={m.deleteConfirm(name())}
            autocomplete="off"
            charsMax={NAME_CHARS_MAX}
            error={form.fieldError('name')}
            hasFocus
          />
        )}
      </FormDialog>
    </div>
  )
}
