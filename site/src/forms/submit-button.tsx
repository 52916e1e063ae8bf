import { formMessages as m } from '../messages/form-messages.ts'

/** Sends the form that it stands in. */
export function SubmitButton(props: {
  readonly label: string
  readonly isSending: boolean
  /** As wide as its words, for forms of a card. */
  readonly isSmall?: boolean
}) {
  return (
    <button
      type="submit"
      class={`btn btn-primary ${props.isSmall === true ? 'btn-sm self-start' : 'w-full'}`}
      aria-disabled={props.isSending}
    >
      {props.isSending ? m.sending : props.label}
    </button>
  )
}
