import { For, type JSX, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import { type BarRow, createRowLookup } from './bar-list.tsx'
import { useFormat } from './format-context.ts'

/** There are eight chart colours; what is beyond shares the last. */
const COLOURS_MAX = 8

/** Parts of a whole in one bar, with a legend that names its colours; a click filters by a part. */
export function ShareBar(props: {
  readonly rows: readonly BarRow[]
  /** What shares are shares of; the sum of the rows when it is left out. */
  readonly total?: number
  readonly selected?: readonly string[]
  readonly onSelect?: ((key: string) => void) | undefined
}) {
  const rowOf = createRowLookup(() => props.rows)
  const { format } = useFormat()
  const total = () => Math.max(1, props.total ?? props.rows.reduce((sum, { value }) => sum + value, 0))
  const colour = (index: number) => `var(--chart-${Math.min(COLOURS_MAX, index + 1)})`
  return (
    <>
      <div class="mt-2 flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-neutral" aria-hidden="true">
        <For each={props.rows}>
          {(row, index) => <div style={{ width: `${(row.value / total()) * 100}%`, background: colour(index()) }} />}
        </For>
      </div>
      <ul class="mt-4 flex flex-col gap-0.5 text-sm">
        <For each={props.rows.map(({ key }) => key)}>
          {(key, index) => {
            const content = (): JSX.Element => (
              <span class="flex h-8 items-center gap-2.5">
                <span class="size-2.5 rounded-[3px]" style={{ background: colour(index()) }} />
                <span class="min-w-0 flex-1 truncate">{rowOf(key).label || m.unknown}</span>
                <span class="num">{format().number(rowOf(key).value)}</span>
                <span class="num w-12 text-right muted">{format().percent(rowOf(key).value / total())}</span>
              </span>
            )
            return (
              <li>
                <Show when={props.onSelect} fallback={content()}>
                  {(onSelect) => (
                    <button
                      type="button"
                      class="bar-row w-full cursor-pointer px-1.5 text-left hover:bg-neutral/60"
                      aria-pressed={props.selected?.includes(key) === true}
                      title={m.filterBy(rowOf(key).label || m.unknown)}
                      onClick={() => onSelect()(key)}
                    >
                      {content()}
                    </button>
                  )}
                </Show>
              </li>
            )
          }}
        </For>
      </ul>
    </>
  )
}
