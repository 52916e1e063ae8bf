import { createSignal } from 'solid-js'
import type { Sort } from '../url/app-state.ts'
import { createVisibleRows } from './create-visible-rows.ts'
import { type Column, DataTable } from './data-table.tsx'
import { isPhone } from './is-phone.ts'

/** Heights of a row, as the styles of the table make them. */
const ROW_PX = 48
const PHONE_ROW_PX = 64

/** A table of thousands of rows in a box of its own, of which only what can be seen is in the page. */
export function VirtualTable<Row>(props: {
  readonly columns: ReadonlyArray<Column<Row>>
  readonly rows: readonly Row[]
  readonly caption: string
  /** A class that gives the box its height. */
  readonly size: string
  readonly sort?: Sort | undefined
  readonly onSort?: (sort: Sort) => void
}) {
  const [scroller, setScroller] = createSignal<HTMLElement>()
  const phone = isPhone()
  const rowHeightPx = () => (phone() ? PHONE_ROW_PX : ROW_PX)
  const span = createVisibleRows({ count: () => props.rows.length, rowHeightPx, scroller })
  return (
    <section
      ref={setScroller}
      class={`virtual-table overflow-y-auto px-4 pb-2 sm:px-5 ${props.size}`}
      aria-label={props.caption}
      tabindex={0}
    >
      <DataTable
        columns={props.columns}
        rows={props.rows.slice(span().from, span().to)}
        caption={props.caption}
        sort={props.sort}
        {...(props.onSort !== undefined && { onSort: props.onSort })}
        rowCount={props.rows.length}
        firstIndex={span().from}
        beforePx={span().from * rowHeightPx()}
        afterPx={(props.rows.length - span().to) * rowHeightPx()}
      />
    </section>
  )
}
