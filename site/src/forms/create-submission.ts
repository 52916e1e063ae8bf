import { type Accessor, createSignal } from 'solid-js'
import type { ApiError } from '../api/api-error.ts'
import type { ApiResult } from '../api/client.ts'

/** A form on its way to the collector. */
export interface Submission {
  readonly isSending: Accessor<boolean>
  readonly error: Accessor<ApiError | undefined>
  /** What is wrong with one field, as a sentence; undefined when nothing is. */
  fieldError(name: string): string | undefined
  /** For `onSubmit`. Nothing is sent twice at once. */
  submit(event: SubmitEvent): void
}

/** Sends a form when it is submitted, and puts the cursor where something is wrong. */
export function createSubmission<Data>(
  send: (form: FormData) => Promise<ApiResult<Data>>,
  onDone: (data: Data) => void,
  options: { readonly forgetsPasswords?: boolean } = {},
): Submission {
  const [isSending, setSending] = createSignal(false)
  const [error, setError] = createSignal<ApiError>()

  async function run(form: HTMLFormElement): Promise<void> {
    setSending(true)
    const result = await send(new FormData(form))
    setSending(false)
    setError(result.kind === 'failed' ? result.error : undefined)
    if (result.kind === 'ok') {
      if (options.forgetsPasswords === true) emptyPasswords(form)
      return onDone(result.data)
    }
    const [field] = result.kind === 'failed' ? (result.error.fields ?? []) : []
    const input = field === undefined ? undefined : form.elements.namedItem(field.path)
    if (input instanceof HTMLElement) input.focus()
  }

  return {
    isSending,
    error,
    fieldError: (name) => asSentence(error()?.fields?.find(({ path }) => path === name)?.message),
    submit(event) {
      event.preventDefault()
      const form = event.currentTarget
      if (!isSending() && form instanceof HTMLFormElement) void run(form)
    },
  }
}

function emptyPasswords(form: HTMLFormElement): void {
  for (const input of form.querySelectorAll<HTMLInputElement>('input[autocomplete$=password]')) input.value = ''
}

/** The collector says "must have at least 10 characters". */
function asSentence(message: string | undefined): string | undefined {
  if (message === undefined) return undefined
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${message.endsWith('.') ? '' : '.'}`
}
