import { createEffect, createSignal, on, Show } from 'solid-js'
import type { ApiError } from '../../api/api-error.ts'
import { useApp } from '../../app/app-context.ts'
import { Dialog } from '../../components/dialog.tsx'
import { FormField } from '../../components/form-field.tsx'
import { Notice } from '../../components/notice.tsx'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { PlayerDetails } from './player-details.ts'

/** Names are short; a UUID is taken, too. */
const TYPED_CHARS_MAX = 64

/** Asks for the name again before all that is stored of a player is removed, and says what stays. */
export function EraseDialog(props: {
  readonly player: PlayerDetails
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onErased: () => void
}) {
  const app = useApp()
  const [typed, setTyped] = createSignal('')
  const [error, setError] = createSignal<ApiError>()
  const [isBusy, setBusy] = createSignal(false)
  const isTyped = () => typed().trim() === props.player.name || typed().trim() === props.player.playerId
  createEffect(
    on(
      () => props.isOpen,
      () => {
        setTyped('')
        setError(undefined)
      },
    ),
  )

  async function erase(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const networkId = app.network()?.id
    if (networkId === undefined || !isTyped() || isBusy()) return
    const { playerId, name } = props.player
    setBusy(true)
    const answer = await app.api.post('/networks/:networkId/players/:playerId/erase', {
      param: { networkId, playerId },
      json: { player: typed().trim() },
    })
    setBusy(false)
    if (answer.kind === 'failed') setError(answer.error)
    if (answer.kind !== 'ok') return
    const { rows } = answer.data
    app.notices.show({
      tone: 'success',
      title: m.erased(name),
      sentence: m.erasedRows(app.format().number(rows), rows === 1),
    })
    props.onClose()
    props.onErased()
    // The address of somebody who is gone leads nowhere: Back passes over it.
    if (app.state().open === playerId) app.change({ open: undefined }, 'replace')
  }
  return (
    <Dialog
      isOpen={props.isOpen}
      onClose={props.onClose}
      title={m.eraseTitle(props.player.name)}
      actions={
        <>
          <button type="button" class="btn btn-ghost btn-sm" onClick={() => props.onClose()}>
            {m.cancel}
          </button>
          <button
            type="submit"
            form="erase-player"
            class="btn btn-error btn-sm"
            disabled={!isTyped() || isBusy() || props.player.online !== null}
          >
            {isBusy() ? m.erasing : m.eraseDo}
          </button>
        </>
      }
    >
      <form id="erase-player" class="flex flex-col gap-3" onSubmit={(event) => void erase(event)}>
        <p>{m.eraseWhat}</p>
        <p>{m.eraseStays}</p>
        <p class="muted">{m.eraseReturns}</p>
        <Show when={props.player.online}>
          <Notice tone="warning" title={m.eraseOnline} />
        </Show>
        <FormField label={m.eraseType(props.player.name)} error={error()?.message}>
          {(field) => (
            <input
              {...field}
              class="input w-full font-mono"
              value={typed()}
              maxlength={TYPED_CHARS_MAX}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          )}
        </FormField>
        <Show when={error()}>{(failure) => <p class="font-mono text-xs muted">{failure().code}</p>}</Show>
      </form>
    </Dialog>
  )
}
