import { createMemo, For } from 'solid-js'
import type { Card as CardData } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { healthMessages as m } from '../../messages/health-messages.ts'
import type { IngestHistory } from './refused-series.ts'

type Sender = IngestHistory['senders'][number]

/** Which servers send what is refused, those with most refusals first. */
export function SendersCard(props: { readonly card: CardData<IngestHistory> }) {
  const app = useApp()
  const refusing = (history: IngestHistory): readonly Sender[] =>
    history.senders.filter(({ refused }) => refused.length > 0)
  const columns: ReadonlyArray<Column<Sender>> = [
    {
      key: 'server',
      title: m.columnServer,
      phone: 'title',
      cell: ({ server }) =>
        server === null ? (
          <span class="muted">{m.unknownServer}</span>
        ) : (
          <a class="font-medium hover:underline" href={app.href('servers', { open: server })}>
            {server}
          </a>
        ),
    },
    {
      key: 'reasons',
      title: m.columnReason,
      phone: 'second',
      cell: ({ refused }) => (
        <span class="flex flex-wrap gap-x-3 gap-y-0.5">
          <For each={refused}>
            {({ code, events, message }) => (
              <span class="font-mono text-xs" title={message}>
                {m.reasonCount(code, app.format().number(events))}
              </span>
            )}
          </For>
        </span>
      ),
    },
    {
      key: 'refused',
      title: m.columnRefused,
      phone: 'end',
      align: 'right',
      cell: ({ refused }) => app.format().number(refused.reduce((sum, { events }) => sum + events, 0)),
    },
    {
      key: 'accepted',
      title: m.columnAccepted,
      phone: 'hidden',
      align: 'right',
      class: 'sm:max-md:hidden',
      cell: ({ accepted }) => app.format().number(accepted),
    },
    {
      key: 'last',
      title: m.columnLast,
      phone: 'hidden',
      align: 'right',
      class: 'sm:max-md:hidden',
      cell: ({ lastRefusedAtMs }) =>
        lastRefusedAtMs === null ? '' : <RelativeTime atMs={lastRefusedAtMs} look="moment" />,
    },
  ]
  return (
    <Card title={m.senders} class="col-span-12">
      <CardBody
        state={props.card.state()}
        onRetry={props.card.refresh}
        skeleton="table"
        size="min-h-28"
        isEmpty={(history) => refusing(history).length === 0}
        empty={<EmptyState title={m.sendersNone} />}
      >
        {(history) => {
          const rows = createMemo(() => refusing(history()))
          return <DataTable columns={columns} rows={rows()} caption={m.senders} />
        }}
      </CardBody>
    </Card>
  )
}
