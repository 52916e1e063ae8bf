import { createMemo, For, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { Delta } from './delta.tsx'
import { useFormat } from './format-context.ts'

/** One row: a value of a dimension and how many have it. */
export interface BarRow {
  /** '' stands for unknown. */
  readonly key: string
  readonly label: string
  readonly value: number
  /** (now − before) / before */
  readonly change?: number
}

const ROWS_SPREAD_MIN = 5

/** Rows of one measure in one colour: the longest bar is the largest value; a click filters by it. */
export function BarList(props: {
  readonly rows: readonly BarRow[]
  /** `behind`: the bar lies behind the name, with its share. `below`: under it, with the change. */
  readonly look?: 'behind' | 'below'
  /** What shares are shares of; the sum of the rows when it is left out. */
  readonly total?: number
  readonly selected?: readonly string[]
  readonly onSelect?: ((key: string) => void) | undefined
  /** Domains and ids stand in mono. */
  readonly isMono?: boolean
}) {
  const largest = createMemo(() => Math.max(1, ...props.rows.map(({ value }) => value)))
  const total = createMemo(() => props.total ?? props.rows.reduce((sum, { value }) => sum + value, 0))
  const rowOf = createRowLookup(() => props.rows)
  return (
    <ul
      class="flex flex-col"
      classList={{
        'gap-3.5': props.look === 'below',
        // A few rows stand together; only as many as nearly fill the card are spread over it.
        'flex-1 justify-between': props.look === 'below' && props.rows.length >= ROWS_SPREAD_MIN,
      }}
    >
      <For each={props.rows.map(({ key }) => key)}>
        {(key) => (
          <li>
            <Show
              when={props.onSelect}
              fallback={
                <div class="bar-row">
                  <BarContent {...props} row={rowOf(key)} largest={largest()} total={total()} />
                </div>
              }
            >
              {(onSelect) => (
                <button
                  type="button"
                  class="bar-row w-full cursor-pointer text-left hover:bg-neutral/60"
                  aria-pressed={props.selected?.includes(key) === true}
                  title={m.filterBy(rowOf(key).label || m.unknown)}
                  onClick={() => onSelect()(key)}
                >
                  <BarContent {...props} row={rowOf(key)} largest={largest()} total={total()} />
                </button>
              )}
            </Show>
          </li>
        )}
      </For>
    </ul>
  )
}

/** Rows by their keys: a row whose number changes stays the element that it is, with the focus that it has. */
export function createRowLookup(rows: () => readonly BarRow[]): (key: string) => BarRow {
  const byKey = createMemo(() => new Map(rows().map((row) => [row.key, row])))
  return (key) => byKey().get(key) ?? { key, label: key, value: 0 }
}

function BarContent(props: {
  readonly row: BarRow
  readonly look?: 'behind' | 'below'
  readonly largest: number
  readonly total: number
  readonly isMono?: boolean
}) {
  const { format } = useFormat()
  const width = () => `${Math.max(0, Math.min(100, (props.row.value / props.largest) * 100))}%`
  const share = () => (props.total > 0 ? props.row.value / props.total : 0)
  const label = () => (
    <span class={props.isMono === true ? 'font-mono text-[13px]' : ''}>{props.row.label || m.unknown}</span>
  )
  return (
    <Show
      when={props.look === 'below'}
      fallback={
        <span class="flex h-8 items-center gap-2 text-sm">
          <span class="relative h-full min-w-0 flex-1">
            <span class="absolute inset-y-1 left-0 rounded-md bg-primary/15" style={{ width: width() }} />
            <span class="relative block truncate pl-2 leading-8">{label()}</span>
          </span>
          <span class="num min-w-12 text-right">{format().number(props.row.value)}</span>
          <span class="num w-12 text-right muted">{format().percent(share())}</span>
        </span>
      }
    >
      <span class="mb-1.5 flex items-baseline gap-2 text-sm in-[[aria-pressed=true]]:px-2">
        <span class="min-w-0 flex-1 truncate">{label()}</span>
        <Show when={props.row.change !== undefined}>
          <Delta share={props.row.change ?? 0} class="w-14 justify-end text-xs" />
        </Show>
        <span class="num min-w-10 text-right font-medium">{format().number(props.row.value)}</span>
      </span>
      <span class="block h-1.5 overflow-hidden rounded-full bg-neutral">
        <span class="block h-full rounded-full bg-(--chart-1)" style={{ width: width() }} />
      </span>
    </Show>
  )
}
