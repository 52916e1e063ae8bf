import { MctrackError } from '../error.ts'

/** Where a list goes on that shows the newest first: below this one. */
export interface Cursor {
  /** Unix milliseconds. */
  readonly atMs: number
  /** A UUID; tells those of one millisecond apart. */
  readonly id: string
}

const CURSOR = /^(\d{1,15})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/

export function formatCursor({ atMs, id }: Cursor): string {
  return Buffer.from(`${atMs}.${id}`).toString('base64url')
}

/** @returns undefined for a text that `formatCursor` never makes */
export function parseCursor(text: string): Cursor | undefined {
  const [, atMs, id] = CURSOR.exec(Buffer.from(text, 'base64url').toString()) ?? []
  return atMs === undefined || id === undefined ? undefined : { atMs: Number(atMs), id }
}

/**
 * The cursor of a query, where there is one.
 *
 * @throws MctrackError QUERY_INVALID for a text that `formatCursor` never makes
 */
export function readCursor(text: string | undefined): Cursor | undefined {
  const cursor = text === undefined ? undefined : parseCursor(text)
  if (text !== undefined && cursor === undefined)
    throw new MctrackError('QUERY_INVALID', 'The cursor is not one of ours.')
  return cursor
}

/** A page of rows of which one more than `limit` was asked for, and where the list goes on; null on the last page. */
export function cutPage<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): { readonly page: readonly Row[]; readonly nextCursor: string | null } {
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { page, nextCursor: rows.length > limit && last !== undefined ? formatCursor(cursorOf(last)) : null }
}
