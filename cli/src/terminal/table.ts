import { cleanText } from './clean-text.ts'
import { displayWidth, fitWidth, padWidth } from './display-width.ts'

const GAP = '  '
/** Below this a column says nothing any more. */
const SHRUNK_WIDTH_MIN = 5

export interface Column<Row> {
  readonly title: string
  readonly text: (row: Row) => string
  readonly align?: 'left' | 'right'
  /** Colours the cell, after it was cut and filled up. */
  readonly style?: (text: string, row: Row) => string
  /** Ids and the like, which are of no use cut: they are shortened when nothing else is left to shorten. */
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

  function layLine(cells: readonly string[], style: (text: string, column: Column<Row>) => string): string {
    const laid = columns.map((column, index) => {
      const width = widths[index] ?? 0
      const text = widthMax === undefined ? (cells[index] ?? '') : fitWidth(cells[index] ?? '', width)
      const isLast = index === columns.length - 1
      return style(isLast && column.align !== 'right' ? text : padWidth(text, width, column.align), column)
    })
    return laid.filter((_, index) => (widths[index] ?? 0) > 0).join(GAP)
  }

  return {
    titles: layLine(titles, styleTitle),
    lines: (rows) => rows.map((row) => layLine(cellsOf(row), (text, { style }) => style?.(text, row) ?? text)),
  }
}

/** Takes from the widest column that may be cut until all fit; then from the others; then whole columns, last first. */
function shrinkWidths(
  wanted: readonly number[],
  isWhole: readonly boolean[],
  widthMax: number | undefined,
): readonly number[] {
  const widths = [...wanted]
  if (widthMax === undefined) return widths
  const total = (): number => {
    const shown = widths.filter((width) => width > 0)
    return shown.reduce((sum, width) => sum + width, 0) + GAP.length * Math.max(0, shown.length - 1)
  }
  for (const mayCutWhole of [false, true]) {
    while (total() > widthMax) {
      const index = widestOf(widths, (at) => mayCutWhole || isWhole[at] !== true)
      if (index === undefined) break
      widths[index] = (widths[index] ?? 0) - 1
    }
  }
  for (let last = widths.length - 1; last > 0 && total() > widthMax; last -= 1) widths[last] = 0
  if (total() > widthMax) widths[0] = Math.max(1, widthMax)
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
