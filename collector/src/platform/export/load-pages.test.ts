import { expect, it } from 'vitest'
import type { Cursor } from '../http/cursor.ts'
import { loadPages } from './load-pages.ts'

/** A list of so many rows, and what was asked of it. */
async function loadAll(count: number) {
  const asked: Array<number | undefined> = []
  const rows: number[] = []
  const load = async ({ below, limit }: { readonly below?: Cursor; readonly limit: number }) => {
    asked.push(below?.atMs)
    const first = below?.atMs ?? count
    return Array.from({ length: Math.min(limit, first) }, (_, index) => first - 1 - index)
  }
  for await (const page of loadPages(load, (row) => ({ atMs: row, id: '' }))) rows.push(...page)
  return { asked, rows }
}

it.each([
  [0, 1],
  [1, 1],
  [4_999, 1],
  [5_000, 2],
  [12_000, 3],
])('gives each of %d rows once, in %d questions', async (count, questions) => {
  const { asked, rows } = await loadAll(count)

  expect(rows).toEqual(Array.from({ length: count }, (_, index) => count - 1 - index))
  expect(asked).toHaveLength(questions)
})
