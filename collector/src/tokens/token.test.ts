import { expect, it } from 'vitest'
import { completePermissions, createTokenSecret, isLive, readPermissions, type Token } from './token.ts'

const TOKEN: Token = {
  id: '019aa000-0000-7000-8000-000000000000',
  userId: null,
  name: 'x',
  lastFour: 'abcd',
  permissions: [],
  networkId: null,
  createdAtMs: 0,
  expiresAtMs: null,
  revokedAtMs: null,
  lastUsedAtMs: null,
}

it('has a secret of 256 bits in letters and digits, another one each time', () => {
  const secrets = Array.from({ length: 100 }, createTokenSecret)
  for (const secret of secrets) expect(secret).toMatch(/^mctp_[A-Za-z0-9]{43}$/)
  expect(new Set(secrets).size).toBe(100)
})

it('is live until it expires or is revoked', () => {
  expect(isLive(TOKEN, 10)).toBe(true)
  expect(isLive({ ...TOKEN, expiresAtMs: 11 }, 10)).toBe(true)
  expect(isLive({ ...TOKEN, expiresAtMs: 10 }, 10)).toBe(false)
  expect(isLive({ ...TOKEN, expiresAtMs: 11, revokedAtMs: 1 }, 10)).toBe(false)
})

it('has the permissions that there are, each once, and sees the networks that it may do something on', () => {
  expect(readPermissions(['export', 'paint', 'network.view', 'export'])).toEqual(['network.view', 'export'])
  expect(completePermissions(['export', 'export'])).toEqual(['network.view', 'export'])
  expect(completePermissions(['users.manage'])).toEqual(['users.manage'])
})
