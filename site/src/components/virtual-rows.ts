import { createVirtualizer } from '@tanstack/solid-virtual'
import type { Accessor } from 'solid-js'

/** The rows of a long list that are on the screen, and the room that those before and after them take. */
export interface VirtualRows {
  readonly items: Accessor<ReadonlyArray<{ readonly index: number; readonly startPx: number }>>
  readonly beforePx: Accessor<number>
  readonly afterPx: Accessor<number>
  readonly totalPx: Accessor<number>
  scrollTo(index: number): void
}

/** Rows beyond the edges, so that a fast scroll shows no white. */
const OVERSCAN = 12

/** Keeps only those rows in the page that can be seen; all rows have the same height. */
export function createVirtualRows(options: {
  readonly count: Accessor<number>
  readonly rowHeightPx: Accessor<number>
  readonly scroller: Accessor<HTMLElement | undefined>
}): VirtualRows {
  const virtualizer = createVirtualizer({
    get count() {
      return options.count()
    },
    getScrollElement: () => options.scroller() ?? null,
    estimateSize: () => options.rowHeightPx(),
    overscan: OVERSCAN,
    // The first drawing happens before the browser told a size.
    initialRect: { width: 600, height: 480 },
  })
  const items = () => virtualizer.getVirtualItems().map(({ index, start }) => ({ index, startPx: start }))
  const totalPx = () => virtualizer.getTotalSize()
  return {
    items,
    totalPx,
    beforePx: () => items()[0]?.startPx ?? 0,
    afterPx() {
      const last = items().at(-1)
      return last === undefined ? 0 : Math.max(0, totalPx() - last.startPx - options.rowHeightPx())
    },
    scrollTo: (index) => virtualizer.scrollToIndex(index),
  }
}
