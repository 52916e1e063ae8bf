import { path as listFilter } from 'lucide:list-filter'
import { createMemo, Show } from 'solid-js'
import { createCard } from '../../api/create-card.ts'
import { useApp } from '../../app/app-context.ts'
import { BarList } from '../../components/bar-list.tsx'
import { Card } from '../../components/card.tsx'
import { CardBody } from '../../components/card-body.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { eventMessages as m } from '../../messages/event-messages.ts'
import { filterValue } from '../explore/list-filters.ts'
import { listRange } from '../explore/list-range.ts'
import { KINDS } from './event-columns.tsx'
import { namesRange } from './event-query.ts'

/** Of the API. */
const NAMES_MAX = 500

/** How often each event came in the range; a click filters the list. */
export function EventNames(props: { readonly onSelect: (name: string) => void }) {
  const app = useApp()
  const counted = createMemo(() => namesRange(listRange(app.state().range, app.range()), app.range().toMs))
  const card = createCard(
    () => {
      const networkId = app.network()?.id
      return networkId === undefined || !app.may('network.view') ? undefined : { networkId, ...counted().range }
    },
    ({ networkId, fromMs, toMs }, signal) =>
      app.api.get(
        '/networks/:networkId/events/names',
        {
          param: { networkId },
          query: { fromMs: String(fromMs), toMs: toMs === undefined ? undefined : String(toMs) },
        },
        { signal },
      ),
  )
  const selected = () => {
    const name = filterValue(app.state().filters, 'event')
    return name === undefined ? [] : [name]
  }
  return (
    <Card title={m.names} aside={<Show when={counted().isCut}>{m.namesCut}</Show>}>
      <CardBody
        state={card.state()}
        onRetry={card.refresh}
        skeleton="rows"
        size="min-h-48"
        isEmpty={({ names }) => names.length === 0}
        empty={<EmptyState title={m.namesNone} sentence={m.namesNoneSentence} icon={listFilter} />}
      >
        {(data) => (
          <div class="max-h-64 overflow-y-auto xl:max-h-[40rem]" tabindex={-1}>
            <BarList rows={mergeNames(data().names)} selected={selected()} onSelect={props.onSelect} isMono />
            <Show when={data().names.length >= NAMES_MAX}>
              <p class="mt-2 text-xs muted">{m.morePossible}</p>
            </Show>
          </div>
        )}
      </CardBody>
    </Card>
  )
}

/** A row a name: events of two kinds that share one are told together, as the filter finds them. */
function mergeNames(names: ReadonlyArray<{ readonly name: string; readonly kind: string; readonly events: number }>) {
  const rows = new Map<string, { key: string; label: string; value: number }>()
  for (const { name, kind, events } of names) {
    const label = kind === 'custom' || kind === name ? name : m.kindOf(name, KINDS[kind] ?? kind)
    const before = rows.get(name)
    rows.set(
      name,
      before === undefined ? { key: name, label, value: events } : { ...before, value: before.value + events },
    )
  }
  return [...rows.values()]
}
