import type { Cursor } from '../http/cursor.ts'

const PAGE_ROWS = 5_000

/** Loads all rows of a list, the newest first, page by page as they are taken. */
export async function* loadPages<Row>(
  load: (page: { readonly below?: Cursor; readonly limit: number }) => Promise<readonly Row[]>,
  cursorOf: (row: Row) => Cursor,
): AsyncGenerator<readonly Row[]> {
  let below: Cursor | undefined
  for (;;) {
    const rows = await load({ ...(below && { below }), limit: PAGE_ROWS })
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    below = cursorOf(last)
  }
}
