import type { JSX } from 'solid-js'
import type { ApiResult } from '../api/client.ts'
import { Dialog } from '../components/dialog.tsx'
import { formMessages as m } from '../messages/form-messages.ts'
import { createSubmission, type Submission } from './create-submission.ts'
import { SubmissionError } from './submission-error.tsx'

/** What a form in front of the page is made of. */
export interface FormDialogProps<Data> {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly title: string
  readonly submitLabel: string
  /** For what cannot be taken back. */
  readonly isDangerous?: boolean
  readonly send: (fields: FormData) => Promise<ApiResult<Data>>
  /** After it was closed. */
  readonly onDone: (data: Data) => void
  readonly children: (submission: Submission) => JSX.Element
}

/** A form in front of the page: asks for what is needed, says what is wrong, and goes when it is done. */
export function FormDialog<Data>(props: FormDialogProps<Data>) {
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={props.title}>
      <FormBody {...props} />
    </Dialog>
  )
}

/** Made anew whenever the dialog opens, so that no error of before stands in it. */
function FormBody<Data>(props: FormDialogProps<Data>) {
  const form = createSubmission(
    (fields) => props.send(fields),
    (data) => {
      props.onClose()
      props.onDone(data)
    },
  )
  return (
    <form class="flex flex-col gap-4" onSubmit={form.submit}>
      {props.children(form)}
      <SubmissionError error={form.error()} />
      <div class="flex flex-wrap justify-end gap-2">
        <button
          type="button"
          class="btn btn-sm border-base-300 bg-transparent font-normal"
          onClick={() => props.onClose()}
        >
          {m.cancel}
        </button>
        <button
          type="submit"
          class="btn btn-sm"
          classList={{ 'btn-primary': props.isDangerous !== true, 'btn-error': props.isDangerous === true }}
          aria-disabled={form.isSending()}
        >
          {form.isSending() ? m.sending : props.submitLabel}
        </button>
      </div>
    </form>
  )
}
