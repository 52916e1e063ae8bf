import { createMemo, createSignal, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { RowMenu } from '../../components/row-menu.tsx'
import { settingsMessages as m } from '../../messages/settings-messages.ts'
import { toggleFilter } from '../../url/filters.ts'
import type { ApiKey } from './api-key.ts'
import { KeyDialogs, type KeyWish } from './key-dialogs.tsx'
import { PartHeading } from './part-heading.tsx'

const REVOKED = { dimension: 'state', operator: 'is', value: 'revoked' } as const

/** The API keys of a network. */
export function KeysPart(props: { readonly networkId: string }) {
  const app = useApp()
  const param = () => ({ networkId: props.networkId })
  const keys = createCard(param, (asked, signal) =>
    app.api.get('/networks/:networkId/keys', { param: asked }, { signal }),
  )
  const [wish, setWish] = createSignal<KeyWish>()
  const showsRevoked = () => app.state().filters.some(({ values }) => values.includes(REVOKED.value))
  const rowsOf = (all: readonly ApiKey[]) => all.filter(({ revokedAtMs }) => showsRevoked() || revokedAtMs === null)
  const shownWish = createMemo((): KeyWish | undefined => (app.state().open === 'new' ? { kind: 'create' } : wish()))
  function close(): void {
    setWish(undefined)
    if (app.state().open === 'new') app.change({ open: undefined }, 'replace')
  }
  const columns = keyColumns({
    onWish: setWish,
    onWatch: (key) => app.go('start', { network: props.networkId, open: key.id }),
  })
  return (
    <>
      <Card title={m.keys}>
        <div class="mt-2">
          <PartHeading sentence={m.keysSentence}>
            <label class="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                class="checkbox checkbox-sm rounded-[5px] border-(--muted)"
                checked={showsRevoked()}
                onChange={() => app.change({ filters: toggleFilter(app.state().filters, REVOKED) })}
              />
              {m.showRevoked}
            </label>
            <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
              {m.newKey}
            </button>
          </PartHeading>
        </div>
        <CardBody
          state={keys.state()}
          onRetry={keys.refresh}
          skeleton="table"
          size="min-h-72"
          isEmpty={(all) => rowsOf(all).length === 0}
          empty={<EmptyState title={m.noKeys} sentence={m.noKeysSentence} />}
        >
          {(all) => <DataTable columns={columns} rows={rowsOf(all())} caption={m.keys} />}
        </CardBody>
      </Card>
      <KeyDialogs networkId={props.networkId} wish={shownWish()} onClose={close} onChanged={keys.refresh} />
    </>
  )
}

function keyColumns(does: {
  readonly onWish: (wish: KeyWish) => void
  readonly onWatch: (key: ApiKey) => void
}): ReadonlyArray<Column<ApiKey>> {
  const app = useApp()
  return [
    {
      key: 'name',
      title: m.name,
      phone: 'title',
      cell: (key) => (
        <span class="flex min-w-0 flex-wrap items-center gap-x-2">
          <span class="truncate font-medium" classList={{ 'line-through muted': key.revokedAtMs !== null }}>
            {key.name}
          </span>
          <Show when={key.revokedAtMs}>
            {(atMs) => (
              <span class="badge badge-sm border-0 bg-error/12 text-error" title={app.format().exact(atMs())}>
                {m.revoked}
              </span>
            )}
          </Show>
        </span>
      ),
    },
    {
      key: 'ending',
      title: m.ending,
      phone: 'second',
      isMono: true,
      cell: (key) => `…${key.lastFour}`,
    },
    {
      key: 'scope',
      title: m.scope,
      phone: 'second',
      cell: (key) => (key.gamemode === null ? m.allGamemodes : m.onlyGamemode(key.gamemode)),
    },
    {
      key: 'connections',
      title: m.connections,
      phone: 'hidden',
      align: 'right',
      cell: (key) => app.format().number(key.connections),
    },
    {
      key: 'lastUsed',
      title: m.lastUsed,
      phone: 'second',
      class: 'sm:max-md:hidden',
      cell: (key) =>
        key.lastUsedAtMs === null ? (
          <span class="muted">{m.never}</span>
        ) : (
          <RelativeTime atMs={key.lastUsedAtMs} look="words" />
        ),
    },
    {
      key: 'created',
      title: m.created,
      phone: 'hidden',
      class: 'sm:max-lg:hidden',
      cell: (key) => <RelativeTime atMs={key.createdAtMs} look="moment" />,
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (key) => (
        <Show when={key.revokedAtMs === null}>
          <span class="inline-block">
            <RowMenu
              label={m.actionsOf(key.name)}
              actions={[
                { title: m.watch, run: () => does.onWatch(key) },
                { title: m.rename, run: () => does.onWish({ kind: 'rename', key }) },
                { title: m.rotate, run: () => does.onWish({ kind: 'rotate', key }) },
                { title: m.revoke, isDangerous: true, run: () => does.onWish({ kind: 'revoke', key }) },
              ]}
            />
          </span>
        </Show>
      ),
    },
  ]
}
