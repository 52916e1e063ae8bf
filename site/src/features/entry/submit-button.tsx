import { entryMessages as m } from '../../messages/entry-messages.ts'

/** Sends the form that it stands in. */
export function SubmitButton(props: { readonly label: string; readonly isSending: boolean }) {
  return (
    <button type="submit" class="btn w-full btn-primary" aria-disabled={props.isSending}>
      {props.isSending ? m.sending : props.label}
    </button>
  )
}
