import { path as arrowDown } from 'lucide:arrow-down'
import { path as arrowUp } from 'lucide:arrow-up'
import { path as arrows } from 'lucide:chevrons-up-down'
import { For, type JSX, Show } from 'solid-js'
import { componentMessages as m } from '../messages/component-messages.ts'
import type { Sort } from '../url/app-state.ts'
import { Icon } from './icon.tsx'

/** Told again, because a browser forgets what a table is where the phone's layout makes blocks of its rows. */
const ROLES = {
  table: 'table',
  rowgroup: 'rowgroup',
  row: 'row',
  cell: 'cell',
  columnheader: 'columnheader',
  none: 'presentation',
} as const

/** One column of a table. */
export interface Column<Row> {
  readonly key: string
  readonly title: string
  readonly cell: (row: Row) => JSX.Element
  readonly align?: 'left' | 'right'
  /** The first click sorts in this direction; a column without it cannot be sorted by. */
  readonly sort?: Sort['direction']
  /** Where the cell goes on a phone: what the row is about, its number, the second line, or nowhere. */
  readonly phone: 'title' | 'end' | 'second' | 'hidden'
  readonly isMono?: boolean
  readonly class?: string
}

/**
 * A table that says how it is sorted, and that becomes rows of two lines on a phone. Sorting is the server's: a click
 * only tells.
 */
export function DataTable<Row>(props: {
  readonly columns: ReadonlyArray<Column<Row>>
  readonly rows: readonly Row[]
  readonly caption: string
  readonly sort?: Sort | undefined
  readonly onSort?: (sort: Sort) => void
  /** Total of rows where not all are here. */
  readonly rowCount?: number
  /** Index of the first row here, for a table of which only a part is in the page. */
  readonly firstIndex?: number
  readonly beforePx?: number
  readonly afterPx?: number
}) {
  return (
    <table
      class="data-table w-full text-sm"
      role={ROLES.table}
      aria-rowcount={props.rowCount === undefined ? undefined : props.rowCount + 1}
    >
      <caption class="sr-only">{props.caption}</caption>
      <thead role={ROLES.rowgroup}>
        <tr
          class="h-8 text-left text-xs muted"
          role={ROLES.row}
          aria-rowindex={props.rowCount === undefined ? undefined : 1}
        >
          <For each={props.columns}>
            {(column) => <HeadCell column={column} sort={props.sort} onSort={props.onSort} />}
          </For>
        </tr>
      </thead>
      <tbody role={ROLES.rowgroup}>
        <Spacer px={props.beforePx} columns={props.columns.length} />
        <For each={props.rows}>
          {(row, index) => (
            <tr
              class="border-t border-base-300/50 hover:bg-neutral/40 sm:h-12"
              role={ROLES.row}
              aria-rowindex={props.rowCount === undefined ? undefined : (props.firstIndex ?? 0) + index() + 2}
            >
              <For each={props.columns}>
                {(column) => (
                  <td
                    role={ROLES.cell}
                    class={`sm:pr-4 sm:last:pr-0 ${column.class ?? ''}`}
                    classList={{
                      'text-right num': column.align === 'right',
                      'font-mono text-xs muted': column.isMono === true,
                    }}
                    data-phone={column.phone}
                  >
                    {column.cell(row)}
                  </td>
                )}
              </For>
            </tr>
          )}
        </For>
        <Spacer px={props.afterPx} columns={props.columns.length} />
      </tbody>
    </table>
  )
}

function HeadCell<Row>(props: {
  readonly column: Column<Row>
  readonly sort: Sort | undefined
  readonly onSort: ((sort: Sort) => void) | undefined
}) {
  const direction = () => (props.sort?.column === props.column.key ? props.sort.direction : undefined)
  function onClick(first: Sort['direction']): void {
    const other = direction() === 'ascending' ? 'descending' : 'ascending'
    props.onSort?.({ column: props.column.key, direction: direction() === undefined ? first : other })
  }
  return (
    <th
      scope="col"
      role={ROLES.columnheader}
      class={`pr-4 font-normal whitespace-nowrap last:pr-0 ${props.column.class ?? ''}`}
      classList={{ 'text-right': props.column.align === 'right' }}
      aria-sort={props.column.sort === undefined ? undefined : (direction() ?? 'none')}
    >
      <Show when={props.column.sort} fallback={props.column.title}>
        {(first) => (
          <button
            type="button"
            class="inline-flex cursor-pointer items-center gap-1 rounded hover:text-base-content"
            title={m.sortBy(props.column.title)}
            onClick={() => onClick(first())}
          >
            {props.column.title}
            <Icon
              path={direction() === undefined ? arrows : direction() === 'ascending' ? arrowUp : arrowDown}
              class={`size-3 ${direction() === undefined ? 'opacity-50' : ''}`}
            />
          </button>
        )}
      </Show>
    </th>
  )
}

/** Stands for rows that cannot be seen. */
function Spacer(props: { readonly px: number | undefined; readonly columns: number }) {
  return (
    <Show when={(props.px ?? 0) > 0}>
      <tr role={ROLES.none}>
        <td role={ROLES.none} colspan={props.columns} style={{ height: `${props.px}px` }} />
      </tr>
    </Show>
  )
}
