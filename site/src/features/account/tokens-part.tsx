import { createSignal, Show } from 'solid-js'
import type { ApiOutput } from '../../api/api-types.ts'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { SecretOnce } from '../../components/secret-once.tsx'
import { accountMessages as m } from '../../messages/account-messages.ts'
import { permissionWords } from '../../messages/permission-messages.ts'
import { NewTokenDialog } from './new-token-dialog.tsx'

type Token = ApiOutput<'get', '/account/tokens'>[number]

/** Tokens for scripts: created, shown once, revoked. */
export function TokensPart() {
  const app = useApp()
  const tokens = createCard(
    () => ({}),
    (_, signal) => app.api.get('/account/tokens', {}, { signal }),
  )
  const [created, setCreated] = createSignal<{ readonly name: string; readonly token: string }>()
  const isNew = () => app.state().open === 'new'
  const hasEnded = ({ revokedAtMs, expiresAtMs }: Token) =>
    revokedAtMs !== null || (expiresAtMs !== null && expiresAtMs <= app.now())
  const networkName = ({ networkId }: Token): string => {
    const networks = app.sources.networks()
    if (networkId === null) return m.allNetworks
    return (networks.kind === 'ready' ? networks.data.find(({ id }) => id === networkId)?.name : undefined) ?? networkId
  }
  async function revoke({ id }: Token): Promise<void> {
    const answer = await app.api.delete('/account/tokens/:tokenId', { param: { tokenId: id } })
    if (answer.kind === 'failed') app.notices.show({ tone: 'error', title: answer.error.message })
    if (answer.kind === 'ok') app.notices.show({ tone: 'success', title: m.tokenRevoked })
    tokens.refresh()
  }
  const columns: ReadonlyArray<Column<Token>> = [
    {
      key: 'name',
      title: m.name,
      phone: 'title',
      cell: (token) => (
        <span class="flex min-w-0 flex-wrap items-center gap-x-2">
          <span class="truncate font-medium" classList={{ 'line-through muted': hasEnded(token) }}>
            {token.name}
          </span>
          <span class="font-mono text-xs muted">{`…${token.lastFour}`}</span>
        </span>
      ),
    },
    { key: 'network', title: m.network, phone: 'second', cell: networkName },
    {
      key: 'allows',
      title: m.allows,
      phone: 'second',
      cell: ({ permissions }) => (
        <span class="num" title={permissions.map(permissionWords).join(', ')}>
          {permissions.length === 1
            ? permissionWords(permissions[0] ?? '')
            : m.permissionCount(app.format().number(permissions.length))}
        </span>
      ),
    },
    {
      key: 'lastUsed',
      title: m.lastUsed,
      phone: 'hidden',
      class: 'sm:max-lg:hidden',
      cell: ({ lastUsedAtMs }) =>
        lastUsedAtMs === null ? (
          <span class="muted">{m.never}</span>
        ) : (
          <RelativeTime atMs={lastUsedAtMs} look="words" />
        ),
    },
    {
      key: 'expires',
      title: m.expires,
      phone: 'second',
      cell: (token) => (
        <Show when={!hasEnded(token)} fallback={token.revokedAtMs === null ? m.expired : m.revoked}>
          <Show when={token.expiresAtMs} fallback={m.never}>
            {(atMs) => <span class="num">{app.format().day(atMs())}</span>}
          </Show>
        </Show>
      ),
    },
    {
      key: 'actions',
      title: m.actions,
      phone: 'end',
      align: 'right',
      cell: (token) => (
        <Show when={!hasEnded(token)}>
          <button
            type="button"
            class="btn border-base-300 bg-transparent btn-sm font-normal"
            onClick={() => void revoke(token)}
          >
            {m.revoke}
            <span class="sr-only">{token.name}</span>
          </button>
        </Show>
      ),
    },
  ]
  return (
    <>
      <Card
        title={m.tokens}
        aside={
          <button type="button" class="btn btn-primary btn-sm" onClick={() => app.change({ open: 'new' })}>
            {m.newToken}
          </button>
        }
      >
        <p class="mt-2 text-sm text-pretty muted">{m.tokensSentence}</p>
        <CardBody
          state={tokens.state()}
          onRetry={tokens.refresh}
          skeleton="table"
          size="min-h-60"
          isEmpty={(all) => all.length === 0}
          empty={<EmptyState title={m.noTokens} sentence={m.noTokensSentence} />}
        >
          {(all) => <DataTable columns={columns} rows={all()} caption={m.tokens} />}
        </CardBody>
      </Card>
      <NewTokenDialog
        isOpen={isNew()}
        onClose={() => isNew() && app.change({ open: undefined }, 'replace')}
        onCreated={(token) => {
          setCreated(token)
          tokens.refresh()
        }}
      />
      <Dialog
        isOpen={created() !== undefined}
        onClose={() => setCreated(undefined)}
        title={m.tokenCreated(created()?.name ?? '')}
        actions={
          <button type="button" class="btn btn-primary btn-sm" onClick={() => setCreated(undefined)}>
            {m.done}
          </button>
        }
      >
        <SecretOnce secret={created()?.token ?? ''} what={m.theToken} sentence={m.keepToken} />
      </Dialog>
    </>
  )
}
