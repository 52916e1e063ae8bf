import { expect, it } from 'vitest'
import type { Role } from '../api/types.ts'
import { findRole } from './find-role.ts'

const role = (id: string, name: string): Role => ({ id, name, isBuiltIn: false, permissions: [], members: 0 })
const viewer = role('viewer', 'Viewer')
const moderator = role('019aa000-0000-7000-8000-000000000001', 'Night watch')

it.each([
  ['viewer', viewer],
  [' Viewer', viewer],
  ['night WATCH', moderator],
  [moderator.id.toUpperCase(), moderator],
])('%j means a role', (named, expected) => {
  expect(findRole([viewer, moderator], named)).toBe(expected)
})

it('says which there are when none is meant', () => {
  expect(() => findRole([viewer, moderator], 'watch')).toThrow(
    expect.objectContaining({ code: 'ROLE_NOT_FOUND', message: expect.stringContaining('Viewer, Night watch') }),
  )
})
