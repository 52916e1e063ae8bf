import { createResource, createSignal, Show } from 'solid-js'
import { createSubmission } from '../../forms/create-submission.ts'
import { PasswordField } from '../../forms/password-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { entryApi } from './entry-api.ts'
import { takeToken } from './take-token.ts'

/** Chooses a password by a link. */
export function PasswordPage() {
  const token = takeToken()
  const [isSaved, setSaved] = createSignal(false)
  const [look] = createResource(token !== '', () => entryApi.post('/password/look', { json: { token } }))
  const account = () => {
    const answer = look()
    return answer?.kind === 'ok' ? answer.data : undefined
  }
  const refusal = () => {
    const answer = look()
    return answer?.kind === 'failed' ? answer.error : undefined
  }
  const form = createSubmission(
    (fields) => entryApi.post('/password', { json: { token, password: String(fields.get('password')) } }),
    () => setSaved(true),
  )
  return (
    <>
      <h1 class="text-lg font-semibold">{m.choosePassword}</h1>
      <Show when={token === ''}>
        <p class="mt-3 text-sm text-pretty">{m.openLinkAgain}</p>
      </Show>
      <Show when={refusal()}>
        {(error) => (
          <div class="mt-5">
            <SubmissionError error={error()} />
          </div>
        )}
      </Show>
      <Show when={isSaved()}>
        <p class="mt-3 text-sm" role="status">
          {m.passwordSaved}
        </p>
        <a class="btn mt-5 w-full btn-primary" href="/sign-in/">
          {m.goToSignIn}
        </a>
      </Show>
      <Show when={isSaved() ? undefined : account()}>
        {(owner) => (
          <>
            <p class="mt-1 mb-5 text-sm text-pretty muted">{m.passwordFor(owner().email)}</p>
            <form class="flex flex-col gap-4" onSubmit={form.submit}>
              <input class="hidden" type="email" autocomplete="username" value={owner().email} readOnly hidden />
              <PasswordField name="password" label={m.newPassword} isNew error={form.fieldError('password')} hasFocus />
              <SubmissionError error={form.error()} />
              <SubmitButton label={m.savePassword} isSending={form.isSending()} />
            </form>
          </>
        )}
      </Show>
    </>
  )
}
