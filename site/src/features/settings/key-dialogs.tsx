import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Dialog } from '../../components/dialog.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { SelectField } from '../../forms/select-field.tsx'
import { TextField } from '../../forms/text-field.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import type { ApiKey } from './api-key.ts'

/** What somebody is about to do with keys. */
export type KeyWish =
  | { readonly kind: 'create' }
  | { readonly kind: 'rename' | 'rotate' | 'revoke'; readonly key: ApiKey }

/** A key as it is answered the one time that its secret is. */
interface NewSecret {
  readonly id: string
  readonly name: string
  readonly key: string
}

const NAME_CHARS_MAX = 64
const GRACES = [
  { value: '0', title: m.graceNow },
  { value: '3600', title: m.graceHour },
  { value: '86400', title: m.graceDay },
  { value: '604800', title: m.graceWeek },
] as const

/** The questions before keys are created, renamed, replaced and revoked, and the secret that is shown once. */
export function KeyDialogs(props: {
  readonly networkId: string
  readonly wish: KeyWish | undefined
  readonly onClose: () => void
  readonly onChanged: () => void
}) {
  const app = useApp()
  const [created, setCreated] = createSignal<NewSecret>()
  /** When the secret that was replaced ends. */
  const [oldEndsAtMs, setOldEndsAtMs] = createSignal<number>()
  let graceSeconds = 0
  const key = () => (props.wish === undefined || props.wish.kind === 'create' ? undefined : props.wish.key)
  const is = (kind: KeyWish['kind']) => props.wish?.kind === kind
  const keyParam = () => ({ networkId: props.networkId, keyId: key()?.id ?? '' })
  const name = () => key()?.name ?? ''
  function onReplaced(secret: NewSecret): void {
    setOldEndsAtMs(graceSeconds === 0 ? undefined : Date.now() + graceSeconds * 1_000)
    onSecret(secret)
  }
  function onSecret(secret: NewSecret): void {
    setCreated(secret)
    props.onChanged()
  }
  function forgetSecret(): void {
    setCreated(undefined)
    setOldEndsAtMs(undefined)
  }
  return (
    <>
      <FormDialog
        isOpen={is('create')}
        onClose={props.onClose}
        title={m.newKey}
        submitLabel={m.create}
        send={(fields) => {
          const gamemode = String(fields.get('gamemode')).trim()
          return app.api.post('/networks/:networkId/keys', {
            param: { networkId: props.networkId },
            json: { name: String(fields.get('name')), ...(gamemode !== '' && { gamemode }) },
          })
        }}
        onDone={onSecret}
      >
        {(form) => (
          <>
            <TextField
              name="name"
              type="text"
              label={m.keyName}
              help={m.keyNameHelp}
              autocomplete="off"
              charsMax={NAME_CHARS_MAX}
              error={form.fieldError('name')}
              hasFocus
            />
            <TextField
              name="gamemode"
              type="text"
              label={m.gamemode}
              help={m.gamemodeHelp}
              autocomplete="off"
              charsMax={NAME_CHARS_MAX}
              error={form.fieldError('gamemode')}
              isOptional
            />
          </>
        )}
      </FormDialog>
      <FormDialog
        isOpen={is('rename')}
        onClose={props.onClose}
        title={m.renameKey}
        submitLabel={m.save}
        send={(fields) =>
          app.api.patch('/networks/:networkId/keys/:keyId', {
            param: keyParam(),
            json: { name: String(fields.get('name')) },
          })
        }
        onDone={props.onChanged}
      >
        {(form) => (
          <TextField
            name="name"
            type="text"
            label={m.keyName}
            autocomplete="off"
            charsMax={NAME_CHARS_MAX}
            value={name()}
            error={form.fieldError('name')}
            hasFocus
          />
        )}
      </FormDialog>
      <FormDialog
        isOpen={is('rotate')}
        onClose={props.onClose}
        title={m.rotate}
        submitLabel={m.rotateButton}
        send={(fields) => {
          graceSeconds = Number(fields.get('grace'))
          return app.api.post('/networks/:networkId/keys/:keyId/rotate', { param: keyParam(), json: { graceSeconds } })
        }}
        onDone={onReplaced}
      >
        {() => (
          <>
            <p class="text-pretty muted wrap-anywhere">{m.rotateSentence(name())}</p>
            <SelectField name="grace" label={m.grace} options={GRACES} value="86400" />
          </>
        )}
      </FormDialog>
      <FormDialog
        isOpen={is('revoke')}
        onClose={props.onClose}
        title={m.revokeKey}
        submitLabel={m.revoke}
        isDangerous
        send={() => app.api.post('/networks/:networkId/keys/:keyId/revoke', { param: keyParam() })}
        onDone={() => {
          app.notices.show({ tone: 'success', title: m.keyRevoked })
          props.onChanged()
        }}
      >
        {() => (
          <>
            <p class="text-pretty muted wrap-anywhere">{m.revokeSentence(name())}</p>
            <CutLinks networkId={props.networkId} keyId={key()?.id ?? ''} />
          </>
        )}
      </FormDialog>
      <Dialog
        isOpen={created() !== undefined}
        onClose={forgetSecret}
        title={m.keyCreated(created()?.name ?? '')}
        actions={
          <>
            <a
              class="btn border-base-300 bg-transparent btn-sm font-normal"
              href={app.href('start', { network: props.networkId, open: created()?.id ?? '' })}
            >
              {m.watch}
            </a>
            <button type="button" class="btn btn-primary btn-sm" onClick={forgetSecret}>
              {m.done}
            </button>
          </>
        }
      >
        <SecretOnce secret={created()?.key ?? ''} what={m.yourKey} sentence={m.keepKey} />
        <Show when={oldEndsAtMs()}>
          {(atMs) => <p class="mt-3 text-sm text-pretty">{m.oldKeyUntil(app.format().exact(atMs()))}</p>}
        </Show>
      </Dialog>
    </>
  )
}

/** Which links are cut when a key is revoked. */
function CutLinks(props: { readonly networkId: string; readonly keyId: string }) {
  const app = useApp()
  const links = createCard(
    () => ({ networkId: props.networkId, keyId: props.keyId }),
    (param, signal) => app.api.get('/networks/:networkId/keys/:keyId/connections', { param }, { signal }),
  )
  const ready = () => {
    const state = links.state()
    return state.kind === 'ready' ? state.data : undefined
  }
  const failed = () => {
    const state = links.state()
    return state.kind === 'failed' ? state.error : undefined
  }
  return (
    <div class="min-h-6" role="status">
      <Switch fallback={<p class="muted">{m.counting}</p>}>
        <Match when={failed()}>{(error) => <p class="text-error">{error().message}</p>}</Match>
        <Match when={ready()?.length === 0}>
          <p>{m.cutsNothing}</p>
        </Match>
        <Match when={ready()}>
          {(cut) => (
            <>
              <p class="num font-medium">{m.cuts(cut().length)}</p>
              <ul class="mt-1 max-h-40 list-disc overflow-y-auto pl-5 wrap-anywhere">
                <For each={cut()}>
                  {({ server, players }) => <li class="num">{m.cutPlayers(server, app.format().number(players))}</li>}
                </For>
              </ul>
            </>
          )}
        </Match>
      </Switch>
    </div>
  )
}
