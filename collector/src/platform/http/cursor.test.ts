import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Cursor, cutPage, formatCursor, parseCursor, readCursor } from './cursor.ts'

it('comes back as it went', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 45), fc.uuid(), (atMs, id) => {
      expect(parseCursor(formatCursor({ atMs, id }))).toEqual({ atMs, id })
    }),
  )
})

it.each(['', 'x', 'MTIz', Buffer.from("1.' OR 1=1").toString('base64url')])('refuses %j', (text) => {
  expect(parseCursor(text)).toBeUndefined()
  expect(() => readCursor(text)).toThrow(expect.objectContaining({ code: 'QUERY_INVALID' }))
})

it('is nothing where a query has none', () => {
  expect(readCursor(undefined)).toBeUndefined()
})

it('goes on below the last row of a page, as long as there is one more', () => {
  const rows: readonly Cursor[] = [3, 2, 1].map((atMs) => ({ atMs, id: crypto.randomUUID() }))
  const cut = (limit: number) => cutPage(rows, limit, (row) => row)

  expect(cut(2)).toEqual({ page: rows.slice(0, 2), nextCursor: formatCursor(rows[1] ?? { atMs: 0, id: '' }) })
  expect(cut(3)).toEqual({ page: rows, nextCursor: null })
  expect(cutPage([], 3, (row: Cursor) => row)).toEqual({ page: [], nextCursor: null })
})
