import { expect, it } from 'vitest'
import { describeClient, describeStays } from './session-columns.ts'

it('tells the way through the game modes', () => {
  expect(describeStays([])).toBe('')
  expect(describeStays(['lobby', 'lobby', 'survival', 'lobby'])).toBe('lobby → survival → lobby')
})

it('shortens a long way in the middle', () => {
  expect(describeStays(['a', 'b', 'c', 'd', 'e'])).toBe('a → b → c → d → e')
  expect(describeStays(['a', 'b', 'c', 'd', 'e', 'f', 'g'])).toBe('a → b → c → … 3 more → g')
})

it('names the client', () => {
  expect(describeClient({ platform: 'java', device: '', version: '1.21.11' })).toBe('Java 1.21.11')
  expect(describeClient({ platform: 'bedrock', device: 'ios', version: '' })).toBe('Bedrock ios')
})
