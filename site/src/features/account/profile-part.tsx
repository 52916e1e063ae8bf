import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { createSubmission } from '../../forms/create-submission.ts'
import { PasswordField } from '../../forms/password-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'

const NAME_CHARS_MAX = 64
const EMAIL_CHARS_MAX = 254

/** Name, e-mail address and password. */
export function ProfilePart() {
  const app = useApp()
  const user = () => app.sources.user()
  function tell(title: string): void {
    app.notices.show({ tone: 'success', title })
    app.sources.retryAccount()
  }
  const name = createSubmission(
    (fields) => app.api.patch('/account', { json: { name: String(fields.get('name')) } }),
    () => tell(m.saved),
  )
  const email = createSubmission(
    (fields) =>
      app.api.patch('/account', {
        json: { email: String(fields.get('email')), currentPassword: String(fields.get('currentPassword')) },
      }),
    () => tell(m.saved),
    { forgetsPasswords: true },
  )
  const password = createSubmission(
    (fields) =>
      app.api.put('/account/password', {
        json: { currentPassword: String(fields.get('currentPassword')), password: String(fields.get('password')) },
      }),
    () => tell(m.passwordChanged),
    { forgetsPasswords: true },
  )
  return (
    <div class="flex max-w-xl flex-col gap-5">
      <Card title={m.profile}>
        <form class="mt-3 flex flex-col gap-4" onSubmit={name.submit}>
          <TextField
            name="name"
            type="text"
            label={m.name}
            help={m.nameHelp}
            autocomplete="name"
            charsMax={NAME_CHARS_MAX}
            value={user()?.name ?? ''}
            error={name.fieldError('name')}
          />
          <SubmissionError error={name.error()} />
          <SubmitButton label={m.save} isSending={name.isSending()} isSmall />
        </form>
      </Card>
      <Card title={m.emailTitle}>
        <form class="mt-3 flex flex-col gap-4" onSubmit={email.submit}>
          <TextField
            name="email"
            type="email"
            label={m.email}
            help={m.emailHelp}
            autocomplete="username"
            charsMax={EMAIL_CHARS_MAX}
            value={user()?.email ?? ''}
            error={email.fieldError('email')}
          />
          <PasswordField
            name="currentPassword"
            label={m.currentPassword}
            isNew={false}
            error={email.fieldError('currentPassword')}
          />
          <SubmissionError error={email.error()} />
          <SubmitButton label={m.changeEmail} isSending={email.isSending()} isSmall />
        </form>
      </Card>
      <Card title={m.passwordTitle}>
        <form class="mt-3 flex flex-col gap-4" onSubmit={password.submit}>
          <p class="text-sm text-pretty muted">{m.passwordSentence}</p>
          <input class="hidden" type="email" autocomplete="username" value={user()?.email ?? ''} readOnly hidden />
          <PasswordField
            name="currentPassword"
            label={m.currentPasswordNow}
            isNew={false}
            error={password.fieldError('currentPassword')}
          />
          <PasswordField name="password" label={m.newPassword} isNew error={password.fieldError('password')} />
          <SubmissionError error={password.error()} />
          <SubmitButton label={m.changePassword} isSending={password.isSending()} isSmall />
        </form>
      </Card>
    </div>
  )
}
