import { expect, it } from 'vitest'
import type { User } from '../api/types.ts'
import { findUser } from './find-user.ts'

const olga: User = {
  id: '019aa000-0000-7000-8000-000000000001',
  email: 'Olga@example.net',
  name: 'Olga',
  ownsInstallation: true,
  createdAtMs: 0,
  lastSignedInAtMs: null,
  disabledAtMs: null,
  deleteAtMs: null,
}

it.each(['olga@EXAMPLE.net', olga.id.toUpperCase(), ' Olga@example.net'])('finds a user by %j', (named) => {
  expect(findUser([olga], named)).toBe(olga)
})

it.each(['Olga', 'olga', ''])('finds nobody by %j', (named) => {
  expect(() => findUser([olga], named)).toThrow(expect.objectContaining({ code: 'USER_NOT_FOUND' }))
})
