import { createResource, createSignal, For, Match, onMount, Show, Switch } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import type { ApiResult } from '../../api/client.ts'
import { LOCALE } from '../../components/format-context.ts'
import { createSubmission } from '../../forms/create-submission.ts'
import { SubmissionError } from '../../forms/submission-error.tsx'
import { SubmitButton } from '../../forms/submit-button.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { permissionWords } from '../../messages/permission-messages.ts'
import { entryApi } from './entry-api.ts'
import { SignInForm } from './sign-in-form.tsx'
import { takeToken } from './take-token.ts'

type WaitingProgram = ApiOutput<'get', '/account/devices/:userCode'>

/** Approves a program that shows a code, or denies it. */
export function DevicePage() {
  const [account, { refetch }] = createResource(() => entryApi.get('/account', {}, { isSignIn: true }))
  const isSignedIn = () => {
    const answer = account()
    return answer?.kind === 'ok' && answer.data.credential === 'sign_in'
  }
  return (
    <>
      <h1 class="text-lg font-semibold">{m.device}</h1>
      <Show when={account.state === 'ready'}>
        <Show
          when={isSignedIn()}
          fallback={
            <div class="mt-5">
              <SignInForm onSignedIn={() => void refetch()} />
            </div>
          }
        >
          <Approval />
        </Show>
      </Show>
    </>
  )
}

function Approval() {
  const typed = takeToken()
  const [program, setProgram] = createSignal<WaitingProgram>()
  const [decision, setDecision] = createSignal<'approved' | 'denied'>()
  const ask = (userCode: string): Promise<ApiResult<WaitingProgram>> =>
    entryApi.get('/account/devices/:userCode', { param: { userCode } })
  const look = createSubmission((fields) => ask(String(fields.get('code'))), setProgram)
  onMount(async () => {
    // The code of a link is looked up at once; approving stays with the person.
    const answer = typed === '' ? undefined : await ask(typed)
    if (answer?.kind === 'ok') setProgram(answer.data)
  })
  return (
    <Switch
      fallback={
        <form class="mt-5 flex flex-col gap-4" onSubmit={look.submit}>
          <TextField
            name="code"
            type="text"
            label={m.code}
            help={m.deviceSentence}
            autocomplete="off"
            charsMax={16}
            value={typed}
            error={look.fieldError('code')}
            hasFocus
          />
          <SubmissionError error={look.error()} />
          <SubmitButton label={m.look} isSending={look.isSending()} />
        </form>
      }
    >
      <Match when={decision()}>
        {(made) => (
          <p class="mt-5 text-sm" role="status">
            {made() === 'approved' ? m.approved : m.denied}
          </p>
        )}
      </Match>
      <Match when={program()}>{(waiting) => <Decision program={waiting()} onDecided={setDecision} />}</Match>
    </Switch>
  )
}

function Decision(props: {
  readonly program: WaitingProgram
  readonly onDecided: (decision: 'approved' | 'denied') => void
}) {
  const param = () => ({ userCode: props.program.userCode })
  const approval = createSubmission(
    () => entryApi.post('/account/devices/:userCode/approve', { param: param(), json: {} }),
    () => props.onDecided('approved'),
  )
  const denial = createSubmission(
    () => entryApi.post('/account/devices/:userCode/deny', { param: param() }),
    () => props.onDecided('denied'),
  )
  const place = () => {
    const { country, address } = props.program
    const name = country === '' ? undefined : new Intl.DisplayNames(LOCALE, { type: 'region' }).of(country)
    return [name, address].filter(Boolean).join(', ') || m.unknownPlace
  }
  const time = () =>
    new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }).format(props.program.createdAtMs)
  return (
    <>
      <p class="mt-4 text-sm">
        <strong class="font-semibold break-words">{props.program.name}</strong> {m.wantsToActFor}
      </p>
      <p class="mt-2 font-mono text-2xl tracking-widest">{props.program.userCode}</p>
      <p class="mt-1 text-xs muted">
        {m.askedFrom(place())} {m.askedAt(time())}
      </p>
      <p class="mt-4 text-sm font-medium">{m.mayDo}</p>
      <ul class="mt-1 max-h-48 list-disc overflow-y-auto pl-5 text-sm muted" tabindex="0">
        <For each={props.program.permissions}>{(permission) => <li>{permissionWords(permission)}</li>}</For>
      </ul>
      <div class="mt-4 rounded-field bg-warning/12 px-3.5 py-3 text-sm">
        <p class="font-medium">{m.didYouStart}</p>
        <p class="mt-1 text-pretty">{m.didYouStartSentence}</p>
      </div>
      <div class="mt-4">
        <SubmissionError error={approval.error() ?? denial.error()} />
      </div>
      <div class="mt-4 flex flex-col gap-2">
        <form onSubmit={approval.submit}>
          <SubmitButton label={m.approve} isSending={approval.isSending()} />
        </form>
        <form onSubmit={denial.submit}>
          <button type="submit" class="btn w-full border-base-300 bg-transparent">
            {m.deny}
          </button>
        </form>
      </div>
    </>
  )
}
