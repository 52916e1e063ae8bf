import { Show } from 'solid-js'
import { Card } from '../../components/card.tsx'
import { type Column, DataTable } from '../../components/data-table.tsx'
import { RelativeTime } from '../../components/relative-time.tsx'
import { playerMessages as m } from '../../messages/player-messages.ts'
import type { PlayerEvent } from '../explore/event.ts'
import { readPurchase } from './purchase.ts'

/** What somebody bought, as servers saw it; nothing where they saw none. */
export function ProfilePurchases(props: { readonly purchases: readonly PlayerEvent[] }) {
  const columns: ReadonlyArray<Column<PlayerEvent>> = [
    {
      key: 'product',
      title: m.product,
      phone: 'title',
      class: 'sm:max-w-72',
      cell: ({ properties }) => <span class="block truncate">{readPurchase(properties).product || '–'}</span>,
    },
    {
      key: 'price',
      title: m.price,
      phone: 'end',
      align: 'right',
      cell: ({ properties }) => <span class="whitespace-nowrap">{readPurchase(properties).price || '–'}</span>,
    },
    { key: 'store', title: m.store, phone: 'second', cell: ({ properties }) => readPurchase(properties).store || '–' },
    { key: 'time', title: m.time, phone: 'second', cell: ({ atMs }) => <RelativeTime atMs={atMs} look="moment" /> },
  ]
  return (
    <Show when={props.purchases.length > 0}>
      <Card title={m.purchasesTitle} isFlush>
        <div class="px-4 pb-4 sm:px-5">
          <DataTable columns={columns} rows={props.purchases} caption={m.purchasesTitle} />
          <p class="mt-2 text-xs muted">{m.purchasesHelp}</p>
        </div>
      </Card>
    </Show>
  )
}
