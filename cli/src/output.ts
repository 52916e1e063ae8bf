import type { System } from './system.ts'
import { formatJson } from './terminal/clean-text.ts'
import { createPalette, type Palette, wantsColor } from './terminal/palette.ts'
import { type Column, createTableLayout, type TableLayout } from './terminal/table.ts'

/** Some terminals have no size; this is what all have had since the punched card. */
const WIDTH_DEFAULT = 80
const JSON_INDENT = 2

/** Where a command's words go: data to standard output, messages to standard error. */
export interface Output {
  readonly isJson: boolean
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean
  /** For standard output. */
  readonly palette: Palette
  /** Columns of the terminal, or undefined when there is none and nothing is to be cut. */
  widthMax(): number | undefined
  /** One document of data, for scripts: indented on a terminal, one line elsewhere. */
  data(value: unknown): void
  /** One line of a stream of data (NDJSON). */
  record(value: unknown): void
  /** Lines for people. */
  lines(...lines: readonly string[]): void
  /** A table for people. */
  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): void
  /** A table for people that comes page by page, under one line of titles. */
  pages<Row>(columns: readonly Column<Row>[]): (rows: readonly Row[]) => void
  /** One list of data that comes part by part, for scripts; ended by the function that is returned. */
  list(): { readonly add: (items: readonly unknown[]) => void; readonly end: () => void }
  /** Something was done: a message for people, left out with `--json`. */
  done(message: string): void
  /** A message for people, left out with `--json`. */
  note(message: string): void
  /** What belongs beside the data: a message for people, and with `--json` a line of JSON on standard error. */
  aside(message: string, value: unknown): void
  /** Something is not as it should be, but the command goes on. */
  warn(message: string): void
}

export function createOutput({ stdout, stderr, env, args }: System, options: { readonly isJson: boolean }): Output {
  const { isJson } = options
  const palette = createPalette(wantsColor(stdout, env, args))
  const messages = createPalette(wantsColor(stderr, env, args))
  const isTerminal = stdout.isTTY === true
  const widthMax = (): number | undefined => (isTerminal ? stdout.columns || WIDTH_DEFAULT : undefined)
  const write = (text: string): void => void stdout.write(`${text}\n`)
  const tell = (text: string): void => void (isJson || stderr.write(`${text}\n`))

  function pages<Row>(columns: readonly Column<Row>[]): (rows: readonly Row[]) => void {
    let layout: TableLayout<Row> | undefined
    return (rows) => {
      if (layout === undefined) {
        layout = createTableLayout(columns, rows, { widthMax: widthMax(), styleTitle: palette.faint })
        write(layout.titles)
      }
      layout.lines(rows).forEach(write)
    }
  }

  function list(): ReturnType<Output['list']> {
    let isEmpty = true
    return {
      add(items) {
        for (const item of items) {
          stdout.write(`${isEmpty ? '[' : ','}\n${formatJson(item)}`)
          isEmpty = false
        }
      },
      end: () => write(isEmpty ? '[]' : '\n]'),
    }
  }

  return {
    isJson,
    isTerminal,
    palette,
    widthMax,
    data: (value) => write(formatJson(value, isTerminal ? JSON_INDENT : undefined)),
    record: (value) => write(formatJson(value)),
    lines: (...lines) => lines.forEach(write),
    table: (columns, rows) => pages(columns)(rows),
    pages,
    list,
    done: (message) => tell(`${messages.good('✓')} ${message}`),
    note: (message) => tell(messages.faint(message)),
    aside: (message, value) => void (isJson ? stderr.write(`${formatJson(value)}\n`) : tell(messages.faint(message))),
    warn: (message) => tell(`${messages.attention('!')} ${message}`),
  }
}
