import { createSignal } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { useApp } from '../../app/app-context.ts'
import { Dialog } from '../../components/dialog.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'

/** Something that was refused and kept. */
export type DeadLetter = ApiOutput<'get', '/networks/:networkId/dead-letters'>[number]

/** What somebody is about to do with a dead letter. */
export interface Decision {
  readonly kind: 'replay' | 'discard'
  readonly letter: DeadLetter
}

/** Asks once more before a dead letter is tried again or discarded, and tells what came of it. */
export function DecisionDialog(props: {
  readonly decision: Decision | undefined
  readonly onClose: () => void
  readonly onDecided: () => void
}) {
  const app = useApp()
  const [isBusy, setBusy] = createSignal(false)
  const isReplay = () => props.decision?.kind === 'replay'

  async function decide(): Promise<void> {
    const [networkId, decision] = [app.network()?.id, props.decision]
    if (networkId === undefined || decision === undefined || isBusy()) return
    setBusy(true)
    const input = { param: { networkId, deadLetterId: decision.letter.id } }
    const answer =
      decision.kind === 'replay'
        ? await app.api.post('/networks/:networkId/dead-letters/:deadLetterId/replay', input)
        : await app.api.post('/networks/:networkId/dead-letters/:deadLetterId/discard', input)
    setBusy(false)
    if (answer.kind === 'ok') {
      app.notices.show({ tone: 'success', title: decision.kind === 'replay' ? m.replayedNow : m.discardedNow })
    } else if (answer.kind === 'failed') {
      // Refused again is an answer to what was asked; all else is a failure of asking.
      const isRefused = decision.kind === 'replay' && answer.error.status === 422
      const sentence = `${answer.error.message} (${answer.error.code})`
      app.notices.show(
        isRefused
          ? { tone: 'warning', title: m.refusedAgain, sentence }
          : { tone: 'error', title: answer.error.message, sentence: answer.error.code },
      )
    }
    props.onDecided()
  }
  return (
    <Dialog
      isOpen={props.decision !== undefined}
      onClose={props.onClose}
      title={isReplay() ? m.replayTitle : m.discardTitle}
      actions={
        <>
          <button type="button" class="btn btn-sm" onClick={() => props.onClose()}>
            {m.cancel}
          </button>
          <button
            type="button"
            class="btn btn-sm"
            classList={{ 'btn-primary': isReplay(), 'btn-error': !isReplay() }}
            disabled={isBusy()}
            onClick={() => void decide()}
          >
            {isReplay() ? m.replay : m.discard}
          </button>
        </>
      }
    >
      <p>{isReplay() ? m.replaySentence : m.discardSentence}</p>
      <p class="mt-3 wrap-anywhere">
        <span class="font-mono text-xs">{props.decision?.letter.code}</span>
        <span class="block muted">{props.decision?.letter.reason}</span>
      </p>
    </Dialog>
  )
}
