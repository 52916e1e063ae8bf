import { type CsvValue, csvLine } from './csv.ts'

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** What is written of a row: its columns in their order, by name. */
export type Columns<Row> = ReadonlyArray<readonly [name: string, value: (row: Row) => CsvValue]>

/** Writes rows in a format; `head` comes before all of them. */
export interface RowWriter<Row> {
  readonly head: string
  readonly write: (row: Row) => string
}

/** The same columns in every format: a header line and cells, or an object a line with the same names. */
export function createRowWriter<Row>(format: ExportFormat, columns: Columns<Row>): RowWriter<Row> {
  if (format === 'csv') {
    return {
      head: csvLine(columns.map(([name]) => name)),
      write: (row) => csvLine(columns.map(([, value]) => value(row))),
    }
  }
  return {
    head: '',
    write: (row) => `${JSON.stringify(Object.fromEntries(columns.map(([name, value]) => [name, value(row)])))}\n`,
  }
}
