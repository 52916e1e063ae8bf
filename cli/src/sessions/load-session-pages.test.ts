import { expect, it } from 'vitest'
import type { NetworkSession } from '../api/types.ts'
import { loadSessionPages } from './load-session-pages.ts'

/** A collector with so many sessions, whose cursor is the number of the next. */
function setUp(stored: number) {
  const asked: Array<{ readonly limit: number; readonly cursor: string | undefined }> = []
  return {
    asked,
    load: async (page: { readonly limit: number; readonly cursor: string | undefined }) => {
      asked.push(page)
      const from = Number(page.cursor ?? 0)
      const to = Math.min(stored, from + page.limit)
      return { sessions: Array<NetworkSession>(to - from), nextCursor: to < stored ? String(to) : null }
    },
  }
}

async function count(stored: number, limit: number, cursor?: string) {
  const { asked, load } = setUp(stored)
  let sessions = 0
  for await (const page of loadSessionPages(load, { limit, cursor })) sessions += page.sessions.length
  return { sessions, asked: asked.map((page) => [page.limit, page.cursor ?? '']) }
}

it('asks for no more than is wanted', async () => {
  expect(await count(2_000, 50)).toEqual({ sessions: 50, asked: [[50, '']] })
  expect(await count(2_000, 700)).toEqual({
    sessions: 700,
    asked: [
      [500, ''],
      [200, '500'],
    ],
  })
})

it('ends where there is no more', async () => {
  expect(await count(0, 50)).toEqual({ sessions: 0, asked: [[50, '']] })
  expect((await count(1_200, Number.POSITIVE_INFINITY)).sessions).toBe(1_200)
})

it('goes on where an earlier list ended', async () => {
  expect(await count(60, 50, '50')).toEqual({ sessions: 10, asked: [[50, '50']] })
})
