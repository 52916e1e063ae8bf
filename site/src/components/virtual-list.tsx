import { createSignal, For, type JSX } from 'solid-js'
import { createVisibleRows } from './create-visible-rows.ts'

/** A long list in a box of its own, of which only what can be seen is in the page. */
export function VirtualList<Item>(props: {
  /** Each its own object: an item that is there twice is drawn once. */
  readonly items: readonly Item[]
  readonly rowHeightPx: number
  readonly label: string
  /** A class that gives the box its height. */
  readonly size: string
  readonly children: (item: Item) => JSX.Element
}) {
  const [scroller, setScroller] = createSignal<HTMLElement>()
  const span = createVisibleRows({ count: () => props.items.length, rowHeightPx: () => props.rowHeightPx, scroller })
  return (
    <section ref={setScroller} class={`overflow-y-auto ${props.size}`} aria-label={props.label} tabindex={0}>
      <ul
        class="box-border"
        style={{
          height: `${props.items.length * props.rowHeightPx}px`,
          'padding-top': `${span().from * props.rowHeightPx}px`,
        }}
      >
        <For each={props.items.slice(span().from, span().to)}>
          {(item, index) => (
            <li
              style={{ height: `${props.rowHeightPx}px` }}
              aria-setsize={props.items.length}
              aria-posinset={span().from + index() + 1}
            >
              {props.children(item)}
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
