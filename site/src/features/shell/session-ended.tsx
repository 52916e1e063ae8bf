import { createSignal, Show } from 'solid-js'
import { useApp } from '../../app/app-context.ts'
import { Dialog } from '../../components/dialog.tsx'
import { shellMessages as m } from '../../messages/shell-messages.ts'
import { signInHref } from '../../url/app-location.ts'

/** Says that the session ended, in front of a page that keeps what was typed. It goes when somebody is signed in again. */
export function SessionEnded() {
  const app = useApp()
  const [isHidden, setHidden] = createSignal(false)
  const [isStillOut, setStillOut] = createSignal(false)
  async function check(): Promise<void> {
    setStillOut(!(await app.checkSession()))
  }
  return (
    <Dialog
      isOpen={app.sessionEnded() && !isHidden()}
      onClose={() => setHidden(app.sessionEnded())}
      title={m.sessionEnded}
      class="max-w-md"
      actions={
        <>
          <button
            type="button"
            class="btn btn-sm border-base-300 bg-transparent font-normal"
            onClick={() => void check()}
          >
            {m.goOn}
          </button>
          <a class="btn btn-primary btn-sm" href={signInHref(window.location)} target="_blank" rel="noopener">
            {m.signInAgain}
          </a>
        </>
      }
    >
      <p class="muted">{m.sessionEndedSentence}</p>
      <Show when={isStillOut()}>
        <p class="mt-2 text-error" role="alert">
          {m.stillSignedOut}
        </p>
      </Show>
    </Dialog>
  )
}
