import { toPseudo } from './pseudo.ts'

/** One text of the interface: fixed, or made from values. */
export type Message = string | ((...values: never[]) => string)

/** Set by the build that shows where texts do not fit or do not come from a table. */
declare const __MCTRACK_PSEUDO__: boolean

/**
 * Declares the texts of one part of the interface. Each part has its own table, so that a page loads the words that it
 * shows and no others.
 */
export function defineMessages<const Table extends Readonly<Record<string, Message>>>(table: Table): Table {
  return typeof __MCTRACK_PSEUDO__ !== 'undefined' && __MCTRACK_PSEUDO__ ? pseudoMessages(table) : table
}

/** The same table in the pseudo-locale: accented and a third longer, what stands in braces untouched. */
export function pseudoMessages<Table extends Readonly<Record<string, Message>>>(table: Table): Table {
  const entries = Object.entries(table).map(([key, message]) => [
    key,
    typeof message === 'string' ? toPseudo(message) : (...values: never[]) => toPseudo(message(...values)),
  ])
  return Object.fromEntries(entries) as Table
}

/** `1 server`, `6 servers`: English has two forms. */
export function plural(count: number, one: string, many: string): string {
  return count === 1 ? one : many
}
