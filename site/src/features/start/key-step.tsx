import { useApp } from '../../app/app-context.ts'
import { createSubmission } from '../../forms/create-submission.ts'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { startMessages as m } from '../../messages/start-messages.ts'

/** Creates the key that the first server proves itself with. */
export function KeyStep(props: {
  readonly networkId: string
  readonly onCreated: (created: { readonly keyId: string; readonly secret: string }) => void
}) {
  const app = useApp()
  const form = createSubmission(
    (fields) =>
      app.api.post('/networks/:networkId/keys', {
        param: { networkId: props.networkId },
        json: { name: String(fields.get('name')) },
      }),
    ({ id, key }) => {
      props.onCreated({ keyId: id, secret: key })
      app.go('start', { network: props.networkId, open: id })
    },
  )
  return (
    <form class="card-quiet flex max-w-xl flex-col gap-4 p-4 sm:p-5" onSubmit={form.submit}>
      <TextField
        name="name"
        type="text"
        label={m.keyName}
        help={m.keyNameHelp}
        autocomplete="off"
        charsMax={64}
        value={m.keyNameExample}
        error={form.fieldError('name')}
        hasFocus
      />
      <SubmissionError error={form.error()} />
      <SubmitButton label={m.createKey} isSending={form.isSending()} />
      <a class="link-hover link text-center text-sm muted" href={app.href('live', { network: props.networkId })}>
        {m.later}
      </a>
    </form>
  )
}
