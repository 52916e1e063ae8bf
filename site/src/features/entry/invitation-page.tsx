import { createResource, Match, Show, Switch } from 'solid-js'
import { createSubmission } from '../../forms/create-submission.ts'
import { PasswordField } from '../../forms/password-field.tsx'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { entryApi } from './entry-api.ts'
import { SignInForm } from './sign-in-form.tsx'
import { takeToken } from './take-token.ts'

/** Joins a network by a link: with the account that one has, or with a new one. */
export function InvitationPage() {
  const token = takeToken()
  const [look] = createResource(token !== '', () => entryApi.post('/invitations/look', { json: { token } }))
  const [account, { refetch }] = createResource(() => entryApi.get('/account', {}, { isSignIn: true }))
  const invitation = () => {
    const answer = look()
    return answer?.kind === 'ok' ? answer.data : undefined
  }
  const refusal = () => {
    const answer = look()
    return answer?.kind === 'failed' ? answer.error : undefined
  }
  const signedInAs = () => {
    const answer = account()
    return answer?.kind === 'ok' ? answer.data.user?.email : undefined
  }
  const isSameAccount = () => signedInAs()?.toLowerCase() === invitation()?.email.toLowerCase()
  const enter = ({ networkId }: { readonly networkId: string }) =>
    window.location.assign(`/app/live/?network=${encodeURIComponent(networkId)}`)

  const acceptance = createSubmission(() => entryApi.post('/invitations/accept', { json: { token } }), enter)
  const newAccount = createSubmission(
    (fields) =>
      entryApi.post('/invitations/accept-new', {
        json: { token, name: String(fields.get('name')), password: String(fields.get('password')) },
      }),
    enter,
  )
  async function signOut(): Promise<void> {
    await entryApi.post('/sign-out', {})
    await refetch()
  }

  return (
    <>
      <h1 class="text-lg font-semibold">{m.invitation}</h1>
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
      <Show when={account.state === 'ready' ? invitation() : undefined}>
        {(it) => (
          <>
            <p class="mt-3 text-sm muted">
              {it().sentBy === null ? m.invitedByOperator : m.invitedBy(it().sentBy ?? '')}
            </p>
            <p class="mt-1 text-2xl font-semibold tracking-tight break-words">{it().networkName}</p>
            <p class="mb-5 text-sm muted">{m.asRole(it().role.name)}</p>
            <Switch
              fallback={
                <form class="flex flex-col gap-4" onSubmit={newAccount.submit}>
                  <p class="text-sm text-pretty">{m.accountFor(it().email)}</p>
                  <input class="hidden" type="email" autocomplete="username" value={it().email} readOnly hidden />
                  <TextField
                    name="name"
                    type="text"
                    label={m.name}
                    help={m.nameHelp}
                    autocomplete="name"
                    charsMax={64}
                    error={newAccount.fieldError('name')}
                    hasFocus
                  />
                  <PasswordField
                    name="password"
                    label={m.newPassword}
                    isNew
                    error={newAccount.fieldError('password')}
                  />
                  <SubmissionError error={newAccount.error()} />
                  <SubmitButton label={m.joinWithNew} isSending={newAccount.isSending()} />
                </form>
              }
            >
              <Match when={signedInAs() !== undefined && !isSameAccount()}>
                <p class="text-sm text-pretty">{m.wrongAccount(signedInAs() ?? '', it().email)}</p>
                <button type="button" class="btn mt-5 w-full" onClick={() => void signOut()}>
                  {m.signOut}
                </button>
              </Match>
              <Match when={signedInAs() !== undefined}>
                <form class="flex flex-col gap-4" onSubmit={acceptance.submit}>
                  <SubmissionError error={acceptance.error()} />
                  <SubmitButton label={m.accept} isSending={acceptance.isSending()} />
                </form>
              </Match>
              <Match when={it().hasAccount}>
                <p class="mb-4 text-sm text-pretty">{m.signInFirst(it().email)}</p>
                <SignInForm email={it().email} onSignedIn={() => void refetch()} />
              </Match>
            </Switch>
          </>
        )}
      </Show>
    </>
  )
}
