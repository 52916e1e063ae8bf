import { createSubmission } from '../../forms/create-submission.ts'
import { PasswordField } from '../../forms/password-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { entryApi } from './entry-api.ts'

/** E-mail address and password. With `email` it is for that account alone. */
export function SignInForm(props: { readonly email?: string; readonly onSignedIn: () => void }) {
  const form = createSubmission(
    (fields) =>
      entryApi.post(
        '/sign-in',
        { json: { email: String(fields.get('email')), password: String(fields.get('password')) } },
        { isSignIn: true },
      ),
    () => props.onSignedIn(),
  )
  return (
    <form class="flex flex-col gap-4" onSubmit={form.submit}>
      <TextField
        name="email"
        type="email"
        label={m.email}
        autocomplete="username"
        charsMax={254}
        value={props.email ?? ''}
        isFixed={props.email !== undefined}
        error={form.fieldError('email')}
        hasFocus={props.email === undefined}
      />
      <PasswordField
        name="password"
        label={m.password}
        isNew={false}
        error={form.fieldError('password')}
        hasFocus={props.email !== undefined}
      />
      <SubmissionError error={form.error()} />
      <SubmitButton label={m.signIn} isSending={form.isSending()} />
    </form>
  )
}
