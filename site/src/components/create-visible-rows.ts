import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js'
import { type RowSpan, visibleRows } from './visible-rows.ts'

/** Before the browser told a size: about what a box on a screen has. */
const FIRST_HEIGHT_PX = 480

/** Follows which rows of a long list can be seen in the box that scrolls it. All rows have the same height. */
export function createVisibleRows(options: {
  readonly count: Accessor<number>
  readonly rowHeightPx: Accessor<number>
  readonly scroller: Accessor<HTMLElement | undefined>
}): Accessor<RowSpan> {
  const [scrollTopPx, setScrollTop] = createSignal(0)
  const [heightPx, setHeight] = createSignal(FIRST_HEIGHT_PX)
  createEffect(() => {
    const scroller = options.scroller()
    if (scroller === undefined) return
    const onScroll = (): void => {
      setScrollTop(scroller.scrollTop)
    }
    const observer = new ResizeObserver(() => setHeight(scroller.clientHeight))
    observer.observe(scroller)
    scroller.addEventListener('scroll', onScroll, { passive: true })
    onCleanup(() => {
      observer.disconnect()
      scroller.removeEventListener('scroll', onScroll)
    })
  })
  return createMemo(
    () =>
      visibleRows({
        count: options.count(),
        rowHeightPx: options.rowHeightPx(),
        scrollTopPx: scrollTopPx(),
        heightPx: heightPx(),
      }),
    undefined,
    { equals: (a, b) => a.from === b.from && a.to === b.to },
  )
}
