import { cleanText } from './clean-text.ts'
import { displayWidth, fitWidth, padWidth } from './display-width.ts'

const GAP = '  '
/** Below this a column says nothing any more. */
const SHRUNK_WIDTH_MIN = 8

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Colours the cell, after it was cut and filled up. */
  readonly style?: (text: string, row: Row) => string
  /** Ids and the like, which are of no use cut. Numbers, on the right, are never cut either. */
  readonly isWhole?: boolean
}

export interface TableOptions {
  /** Columns of the terminal; undefined when there is none, and nothing is cut. */
  readonly widthMax: number | undefined
  readonly styleTitle: (text: string) => string
}

/** A table that is laid out page by page; all pages have the columns' widths of the first. */
export interface TableLayout<Row> {
  readonly titles: string
  lines(rows: readonly Row[]): readonly string[]
}

/** Lays rows out so that they line up by display width. The first line holds the titles. */
export function layoutTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  options: TableOptions,
): readonly string[] {
  const layout = createTableLayout(columns, rows, options)
  return [layout.titles, ...layout.lines(rows)]
}

/** Measures the columns by the first rows. */
export function createTableLayout<Row>(
  columns: readonly Column<Row>[],
  firstRows: readonly Row[],
  { widthMax, styleTitle }: TableOptions,
): TableLayout<Row> {
  const cellsOf = (row: Row): readonly string[] => columns.map(({ text }) => cleanText(text(row)))
  const titles = columns.map(({ title }) => title.toUpperCase())
  const wanted = [titles, ...firstRows.map(cellsOf)].reduce<readonly number[]>(
    (widest, line) => widest.map((width, index) => Math.max(width, displayWidth(line[index] ?? ''))),
    columns.map(() => 0),
  )
  const widths = shrinkWidths(
    wanted,
    columns.map(({ isWhole, align }) => isWhole === true || align === 'right'),
    widthMax,
  )

  const last = widths.findLastIndex((width) => width > 0)

  function layLine(cells: readonly string[], style: (text: string, column: Column<Row>) => string): string {
    const laid = columns.map((column, index) => {
      const width = widths[index] ?? 0
      const text = widthMax === undefined ? (cells[index] ?? '') : fitWidth(cells[index] ?? '', width)
      return style(index === last && column.align !== 'right' ? text : padWidth(text, width, column.align), column)
    })
    return laid.filter((_, index) => (widths[index] ?? 0) > 0).join(GAP)
  }

  return {
    titles: layLine(titles, styleTitle),
    lines: (rows) => rows.map((row) => layLine(cellsOf(row), (text, { style }) => style?.(text, row) ?? text)),
  }
}

/** Cuts what may be cut; where that is not enough, the last column goes, and so on: better few columns than stumps. */
function shrinkWidths(
  wanted: readonly number[],
  isWhole: readonly boolean[],
  widthMax: number | undefined,
): readonly number[] {
  if (widthMax === undefined) return wanted
  for (let shown = wanted.length; shown > 1; shown -= 1) {
    const widths = cutWidths(wanted.slice(0, shown), isWhole, widthMax)
    if (widths !== undefined) return wanted.map((_, index) => widths[index] ?? 0)
  }
  return wanted.map((width, index) => (index === 0 ? Math.min(width, Math.max(1, widthMax)) : 0))
}

/** Takes from the widest column that may be cut until all fit; undefined when they cannot. */
function cutWidths(
  wanted: readonly number[],
  isWhole: readonly boolean[],
  widthMax: number,
): readonly number[] | undefined {
  const widths = [...wanted]
  let excess = widths.reduce((sum, width) => sum + width, GAP.length * (widths.length - 1)) - widthMax
  for (; excess > 0; excess -= 1) {
    const index = widestOf(widths, (at) => isWhole[at] !== true)
    if (index === undefined) return undefined
    widths[index] = (widths[index] ?? 0) - 1
  }
  return widths
}

function widestOf(widths: readonly number[], mayCut: (index: number) => boolean): number | undefined {
  let widest: number | undefined
  widths.forEach((width, index) => {
    if (width <= SHRUNK_WIDTH_MIN || !mayCut(index)) return
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = index
  })
  return widest
}
