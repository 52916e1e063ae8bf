import { type Accessor, createMemo } from 'solid-js'

/**
 * Rows of which those that did not change stay the objects that they were: their elements stay, with the focus that
 * somebody has put there.
 */
export function createStableRows<Row>(rows: Accessor<readonly Row[]>, keyOf: (row: Row) => string): Accessor<Row[]> {
  let known = new Map<string, { readonly row: Row; readonly text: string }>()
  return createMemo(() => {
    const next = new Map<string, { readonly row: Row; readonly text: string }>()
    for (const row of rows()) {
      const [key, text] = [keyOf(row), JSON.stringify(row)]
      const before = known.get(key)
      next.set(key, before?.text === text ? before : { row, text })
    }
    known = next
    return Array.from(next.values(), ({ row }) => row)
  })
}
