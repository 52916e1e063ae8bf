import type { StoredTable } from './stored-tables.ts'

const NO_ID = '00000000-0000-0000-0000-000000000000'
/** The network is told once, and versions of rows say nothing of anybody. */
const LEFT_OUT = ['network_id', 'version']

/**
 * The columns of a table `t` as the API shows them: in camel case, instants in Unix milliseconds with `Ms` at the end, days
 * and ids as texts, ids that are none as null. Whatever column is new is in it.
 */
export function exportedColumns(columns: StoredTable['columns']): string {
  return columns
    .filter(({ name }) => !LEFT_OUT.includes(name))
    .map(({ name, type }) => {
      const { expression, suffix = '' } = expressionOf(`t.${name}`, type)
      return `${expression} AS ${toCamelCase(name)}${suffix}`
    })
    .join(', ')
}

function expressionOf(column: string, type: string): { readonly expression: string; readonly suffix?: string } {
  if (type.startsWith('AggregateFunction')) {
    const value = `finalizeAggregation(${column})`
    return { expression: /\bEnum/.test(type) ? `toString(${value})` : value }
  }
  if (/\bDateTime/.test(type)) {
    return { expression: `toUnixTimestamp64Milli(toDateTime64(${column}, 3, 'UTC'))`, suffix: 'Ms' }
  }
  if (type.includes('UUID')) return { expression: `nullIf(toString(${column}), '${NO_ID}')` }
  if (/\b(Date|Enum)/.test(type)) return { expression: `toString(${column})` }
  return { expression: column }
}

/** A name of a database as the API has it. */
export function toCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
