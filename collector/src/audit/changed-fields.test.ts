import { expect, it } from 'vitest'
import { changedFields } from './changed-fields.ts'

it('tells what differs, as it was and as it is', () => {
  expect(changedFields({ name: 'A', currency: 'EUR', gone: 1 }, { name: 'B', currency: 'EUR', added: true })).toEqual({
    before: { name: 'A', added: null },
    after: { name: 'B', added: true },
  })
})

it('tells nothing when nothing differs', () => {
  expect(changedFields({ name: 'A', archivedAtMs: null }, { name: 'A', archivedAtMs: null })).toBeUndefined()
})
