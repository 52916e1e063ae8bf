import { describe, expect, it } from 'vitest'
import type { ApiKey } from '../api/types.ts'
import { findKey, nameForKey } from './find-key.ts'

function key(number: number, name: string, lastFour: string, revokedAtMs: number | null = null): ApiKey {
  const id = `019aa000-0000-7000-8000-00000000000${number}`
  return { id, name, lastFour, revokedAtMs, gamemode: null, createdAtMs: 0, lastUsedAtMs: null, connections: 0 }
}

const proxy = key(1, 'proxy', 'aB3d')
const lobby = key(2, 'lobby', 'x7Qa')
const gone = key(3, 'proxy', 'zzzz', 1)
const keys = [gone, proxy, lobby]

describe('a key', () => {
  it.each([lobby.id.toUpperCase(), 'lobby', 'x7Qa', 'mct_abcdefgx7Qa'])('is found by %s', (named) => {
    expect(findKey(keys, named)).toBe(lobby)
  })
  it('that is valid is preferred over a revoked one', () => {
    expect(findKey(keys, 'proxy')).toBe(proxy)
    expect(findKey([gone], 'proxy')).toBe(gone)
  })
  it.each(['nope', 'abcx7Qa', ''])('is not found by %j', (named) => {
    expect(() => findKey(keys, named)).toThrow(expect.objectContaining({ code: 'KEY_NOT_FOUND' }))
  })
  it('is asked for by its id when several have the name', () => {
    const twin = key(4, 'lobby', 'other')
    expect(() => findKey([...keys, twin], 'lobby')).toThrow(
      expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(twin.id) }),
    )
  })
})

it('names a key by what it is for, with a number when that is taken', () => {
  expect(nameForKey([], undefined)).toBe('servers')
  expect(nameForKey([{ name: 'servers' }, { name: 'servers-2' }], undefined)).toBe('servers-3')
  expect(nameForKey([{ name: 'servers' }], 'survival')).toBe('survival')
})
