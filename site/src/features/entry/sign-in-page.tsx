import { createResource, Show } from 'solid-js'
import { entryMessages as m } from '../../messages/entry-messages.ts'
import { entryApi } from './entry-api.ts'
import { nextPath } from './next-path.ts'
import { SignInForm } from './sign-in-form.tsx'

const SET_UP_LINK_COMMAND = 'mctrack setup-link'

/** Signs somebody in and leads them back to where they were. */
export function SignInPage() {
  const [isNeeded] = createResource(async () => {
    const state = await entryApi.get('/setup', {})
    return state.kind === 'ok' && state.data.isNeeded
  })
  return (
    <>
      <h1 class="text-lg font-semibold">{m.signIn}</h1>
      <p class="mt-1 mb-5 text-sm text-pretty muted">{m.signInTo}</p>
      <Show when={isNeeded()}>
        <div class="mb-5 rounded-field bg-warning/12 px-3.5 py-3 text-sm">
          <p class="text-pretty">{m.notSetUp}</p>
          <p class="mt-2 font-mono text-xs">{SET_UP_LINK_COMMAND}</p>
        </div>
      </Show>
      <SignInForm onSignedIn={() => window.location.assign(nextPath(window.location.search, window.location.href))} />
      <p class="mt-5 text-xs text-pretty muted">{m.forgot}</p>
    </>
  )
}
