import { expect, it } from 'vitest'
import { playerId } from './player-id.ts'

const ID = '069a79f4-44e9-4726-a5be-fca90e38aaf5'

it.each([ID, ID.toUpperCase(), ID.replaceAll('-', '')])('takes %s', (text) => {
  expect(playerId(text)).toBe(ID)
})

it.each(['', 'Notch', `${ID}0`, ID.slice(1)])('refuses %j', (text) => {
  expect(() => playerId(text)).toThrow('UUID')
})
