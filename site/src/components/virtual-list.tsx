import { createSignal, For, type JSX } from 'solid-js'
import { createVirtualRows } from './virtual-rows.ts'

/** A long list in a box of its own, of which only what can be seen is in the page. */
export function VirtualList<Item>(props: {
  readonly items: readonly Item[]
  readonly rowHeightPx: number
  readonly label: string
  /** A class that gives the box its height. */
  readonly size: string
  readonly children: (item: Item, index: number) => JSX.Element
}) {
  const [scroller, setScroller] = createSignal<HTMLElement>()
  const rows = createVirtualRows({ count: () => props.items.length, rowHeightPx: () => props.rowHeightPx, scroller })
  const seen = () =>
    rows.items().flatMap(({ index, startPx }) => {
      const item = props.items[index]
      return item === undefined ? [] : [{ item, index, startPx }]
    })
  return (
    <section ref={setScroller} class={`overflow-y-auto ${props.size}`} aria-label={props.label} tabindex={0}>
      <ul class="relative" style={{ height: `${rows.totalPx()}px` }}>
        <For each={seen()}>
          {({ item, index, startPx }) => (
            <li
              class="absolute inset-x-0 top-0"
              style={{ height: `${props.rowHeightPx}px`, transform: `translateY(${startPx}px)` }}
              aria-setsize={props.items.length}
              aria-posinset={index + 1}
            >
              {props.children(item, index)}
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
