import { path as pencil } from 'lucide:pencil'
import { createSignal, For, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { FormField } from '../../components/form-field.tsx'
import { Icon } from '../../components/icon.tsx'
import { serverMessages as m } from '../../messages/server-messages.ts'

type Backend = ApiOutput<'get', '/networks/:networkId/gamemodes'>[number]

const FORM_ID = 'gamemode-form'
const NAMES_ID = 'gamemode-names'

/** Which game mode each backend counts as, and how to rename and merge them. */
export function GamemodesCard(props: { readonly card: CardData<readonly Backend[]> }) {
  const app = useApp()
  const [edited, setEdited] = createSignal<Backend>()
  const backends = () => {
    const state = props.card.state()
    return state.kind === 'ready' ? state.data : []
  }
  const columns: ReadonlyArray<Column<Backend>> = [
    { key: 'backend', title: m.columnBackend, phone: 'title', cell: ({ backend }) => backend },
    { key: 'gamemode', title: m.columnGamemode, phone: 'second', cell: ({ gamemode }) => gamemode },
    {
      key: 'edit',
      title: m.columnChange,
      phone: 'end',
      align: 'right',
      cell: (backend) => (
        <Show when={app.may('network.settings')}>
          <button
            type="button"
            class="btn btn-ghost btn-sm font-normal"
            aria-label={m.renameOf(backend.backend)}
            onClick={() => setEdited(backend)}
          >
            <Icon path={pencil} class="size-3.5" />
            <span class="max-sm:sr-only">{m.rename}</span>
          </button>
        </Show>
      ),
    },
  ]
  return (
    <Card title={m.gamemodes}>
      <p class="mt-1 text-sm text-pretty muted">{m.gamemodesHelp}</p>
      <CardBody
        state={props.card.state()}
        onRetry={props.card.refresh}
        skeleton="table"
        size="min-h-48"
        isEmpty={(list) => list.length === 0}
        empty={<EmptyState title={m.gamemodesEmpty} sentence={m.gamemodesEmptySentence} />}
      >
        {(list) => <DataTable columns={columns} rows={list()} caption={m.gamemodes} />}
      </CardBody>
      <GamemodeDialog
        backend={edited()}
        backends={backends()}
        onClose={() => setEdited(undefined)}
        onSaved={props.card.refresh}
      />
    </Card>
  )
}

function GamemodeDialog(props: {
  readonly backend: Backend | undefined
  readonly backends: readonly Backend[]
  readonly onClose: () => void
  readonly onSaved: () => void
}) {
  const app = useApp()
  const [typed, setTyped] = createSignal<string>()
  const [isSaving, setSaving] = createSignal(false)
  const [error, setError] = createSignal<string>()
  const gamemode = () => (typed() ?? props.backend?.gamemode ?? '').trim()
  const names = () => [...new Set(props.backends.map((one) => one.gamemode))].sort()
  const others = () =>
    props.backends.filter((one) => one.gamemode === gamemode() && one.backend !== props.backend?.backend).length

  function close(): void {
    setTyped(undefined)
    setError(undefined)
    props.onClose()
  }
  async function save(): Promise<void> {
    const networkId = app.network()?.id
    const backend = props.backend?.backend
    if (networkId === undefined || backend === undefined || isSaving()) return
    setSaving(true)
    const answer = await app.api.put('/networks/:networkId/gamemodes/:backend', {
      param: { networkId, backend },
      json: { gamemode: gamemode() },
    })
    setSaving(false)
    if (answer.kind === 'aborted') return
    if (answer.kind === 'failed') return void setError(answer.error.fields?.[0]?.message ?? answer.error.message)
    const title = m.saved(answer.data.backend, answer.data.gamemode)
    app.notices.show({ tone: 'success', title, sentence: m.savedSentence })
    props.onSaved()
    close()
  }
  return (
    <Dialog
      isOpen={props.backend !== undefined}
      onClose={close}
      title={m.renameTitle(props.backend?.backend ?? '')}
      actions={
        <>
          <button type="button" class="btn btn-sm" onClick={close}>
            {m.cancel}
          </button>
          <button
            type="submit"
            form={FORM_ID}
            class="btn btn-primary btn-sm"
            disabled={isSaving() || gamemode() === ''}
          >
            {isSaving() ? m.saving : m.save}
          </button>
        </>
      }
    >
      <form
        id={FORM_ID}
        class="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <FormField label={m.renameLabel} help={m.renameHelp} error={error()}>
          {(field) => (
            <input
              class="input w-full bg-base-100"
              {...field}
              value={typed() ?? props.backend?.gamemode ?? ''}
              list={NAMES_ID}
              maxLength={64}
              required
              autocomplete="off"
              onInput={({ currentTarget }) => setTyped(currentTarget.value)}
            />
          )}
        </FormField>
        <datalist id={NAMES_ID}>
          <For each={names()}>{(name) => <option value={name} />}</For>
        </datalist>
        <p class="text-sm text-pretty" role="status">
          {others() > 0 ? `${m.willMerge(gamemode(), others())} ` : ''}
          {m.renameStored}
        </p>
      </form>
    </Dialog>
  )
}
