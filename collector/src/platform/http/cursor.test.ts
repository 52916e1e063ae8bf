import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatCursor, parseCursor } from './cursor.ts'

it('comes back as it went', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 45), fc.uuid(), (atMs, id) => {
      expect(parseCursor(formatCursor({ atMs, id }))).toEqual({ atMs, id })
    }),
  )
})

it.each(['', 'x', 'MTIz', Buffer.from("1.' OR 1=1").toString('base64url')])('refuses %j', (text) => {
  expect(parseCursor(text)).toBeUndefined()
})
