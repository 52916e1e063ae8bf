import { path as download } from 'lucide:download'
import { path as eyeOff } from 'lucide:eye-off'
import { path as trash } from 'lucide:trash-2'
import { createSignal, Show } from 'solid-js'
import { apiUrl } from '../../api/client.ts'
import { useApp } from '../../app/app-context.ts'
import { CopyButton } from '../../components/copy-button.tsx'
import { Icon } from '../../components/icon.tsx'
import { PlayerFace } from '../../components/player-face.tsx'
import { StateDot } from '../../components/state-dot.tsx'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { playerMessages as m } from '../../messages/player-messages.ts'
import { EraseDialog } from './erase-dialog.tsx'
import type { PlayerDetails } from './player-details.ts'

/** Who it is, whether they are online, and what can be done with what is stored. */
export function ProfileHead(props: {
  readonly player: PlayerDetails
  readonly onErased: () => void
  readonly onChanged: () => void
  readonly headingRef: (element: HTMLHeadingElement) => void
}) {
  const app = useApp()
  const [isErasing, setErasing] = createSignal(false)
  const [isOptingOut, setOptingOut] = createSignal(false)
  const player = () => props.player
  const exportHref = () =>
    apiUrl('/networks/:networkId/players/:playerId/export', {
      param: { networkId: app.network()?.id ?? '', playerId: player().playerId },
    })
  return (
    <div class="flex flex-wrap items-start gap-x-4 gap-y-3">
      <PlayerFace playerId={player().playerId} class="size-14 rounded-lg" />
      <div class="min-w-0 flex-1 basis-56">
        <h2
          ref={props.headingRef}
          class="text-2xl font-semibold tracking-tight wrap-anywhere outline-none"
          tabindex={-1}
        >
          {player().name}
        </h2>
        <p class="mt-1 flex items-center gap-2">
          <span class="sr-only">{m.uuid}</span>
          <span class="min-w-0 font-mono text-xs wrap-anywhere muted">{player().playerId}</span>
          <CopyButton text={player().playerId} what={m.uuid} />
        </p>
        <Show when={player().online}>
          {(online) => (
            <p class="mt-1 flex flex-wrap items-center gap-x-2 text-sm">
              <StateDot tone="good" />
              <span class="min-w-0 wrap-anywhere">
                {online().gamemode === ''
                  ? m.onlineOn(online().server)
                  : m.onlineIn(online().gamemode, online().server)}
              </span>
              <span class="num muted">{m.since(app.format().duration(app.now() - online().startedAtMs))}</span>
            </p>
          )}
        </Show>
        <Show when={player().optedOutAtMs}>
          {(atMs) => <p class="mt-1 text-sm muted">{m.optedOutSince(app.format().moment(atMs()))}</p>}
        </Show>
      </div>
      <div class="flex flex-wrap gap-2">
        <Show when={app.may('export')}>
          <a class="btn border-base-300 bg-transparent btn-sm font-normal" href={exportHref()} download="">
            <Icon path={download} class="size-3.5" />
            {m.exportAll}
          </a>
        </Show>
        <Show when={app.may('players.erase') && player().optedOutAtMs === null}>
          <button
            type="button"
            class="btn border-base-300 bg-transparent btn-sm font-normal"
            aria-haspopup="dialog"
            onClick={() => setOptingOut(true)}
          >
            <Icon path={eyeOff} class="size-3.5" />
            {m.optOut}
          </button>
          <FormDialog
            isOpen={isOptingOut()}
            onClose={() => setOptingOut(false)}
            title={m.optOutTitle(player().name)}
            submitLabel={m.optOutDo}
            send={() =>
              app.api.put('/networks/:networkId/opt-outs/:playerId', {
                param: { networkId: app.network()?.id ?? '', playerId: player().playerId },
              })
            }
            onDone={() => {
              app.notices.show({ tone: 'success', title: m.optOutDone(player().name) })
              props.onChanged()
            }}
          >
            {() => (
              <>
                <p>{m.optOutWhat}</p>
                <p class="muted">{m.optOutStays}</p>
              </>
            )}
          </FormDialog>
        </Show>
        <Show when={app.may('players.erase')}>
          <button
            type="button"
            class="btn border-base-300 bg-transparent btn-sm font-normal text-error"
            aria-haspopup="dialog"
            onClick={() => setErasing(true)}
          >
            <Icon path={trash} class="size-3.5" />
            {m.erase}
          </button>
          <EraseDialog
            player={player()}
            isOpen={isErasing()}
            onClose={() => setErasing(false)}
            onErased={props.onErased}
          />
        </Show>
      </div>
    </div>
  )
}
