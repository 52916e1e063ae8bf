import { createResource, Show } from 'solid-js'
import { createSubmission } from '../../forms/create-submission.ts'
import { PasswordField } from '../../forms/password-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { entryApi } from './entry-api.ts'
import { takeToken } from './take-token.ts'

/** Makes the first owner of the installation, who then makes the first network in the dashboard. */
export function SetUpPage() {
  const token = takeToken()
  const [isSetUp] = createResource(async () => {
    const state = await entryApi.get('/setup', {})
    return state.kind === 'ok' && !state.data.isNeeded
  })
  const form = createSubmission(
    (fields) =>
      entryApi.post('/setup', {
        json: {
          token,
          email: String(fields.get('email')),
          name: String(fields.get('name')),
          password: String(fields.get('password')),
        },
      }),
    () => window.location.assign('/app/'),
  )
  return (
    <>
      <h1 class="text-lg font-semibold">{m.setUp}</h1>
      <Show when={isSetUp() === true && !form.isSending()}>
        <p class="mt-3 text-sm text-pretty">{m.isSetUp}</p>
        <a class="btn mt-5 w-full btn-primary" href="/sign-in/">
          {m.goToSignIn}
        </a>
      </Show>
      <Show when={isSetUp() !== true}>
        <p class="mt-1 mb-5 text-sm text-pretty muted">{m.setUpSentence}</p>
        <form class="flex flex-col gap-4" onSubmit={form.submit}>
          <TextField
            name="name"
            type="text"
            label={m.name}
            help={m.nameHelp}
            autocomplete="name"
            charsMax={64}
            error={form.fieldError('name')}
            hasFocus
          />
          <TextField
            name="email"
            type="email"
            label={m.email}
            autocomplete="username"
            charsMax={254}
            error={form.fieldError('email')}
          />
          <PasswordField name="password" label={m.newPassword} isNew error={form.fieldError('password')} />
          <Show when={token === ''}>
            <p class="text-sm text-error" role="alert">
              {m.openLinkAgain}
            </p>
          </Show>
          <SubmissionError error={form.error()} />
          <SubmitButton label={m.createOwner} isSending={form.isSending()} />
        </form>
      </Show>
    </>
  )
}
