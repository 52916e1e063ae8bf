import { describe, expect, it } from 'vitest'
import { gamemodeKeys } from './gamemode-colours.ts'
import { readUuid } from './read-uuid.ts'
import { gamemodePath, platformWords, reasonWords, type Session } from './session-words.ts'

const stay = (gamemode: string): Session['gamemodes'][number] => ({
  ordinal: 0,
  backend: gamemode,
  gamemode,
  startedAtMs: 0,
  endedAtMs: null,
})

describe('a session in words', () => {
  it('says why it ended, or that it goes on', () => {
    expect(reasonWords({ endReason: 'link_lost' })).toBe('connection lost')
    expect(reasonWords({ endReason: null })).toBe('goes on')
    expect(reasonWords({ endReason: 'something new' })).toBe('something new')
  })

  it('tells each change of the game mode once', () => {
    const gamemodes = ['lobby', 'sky', 'sky', 'lobby'].map(stay)
    expect(gamemodePath({ gamemodes })).toEqual(['lobby', 'sky', 'lobby'])
  })

  it('names the edition and the device', () => {
    expect(platformWords({ platform: 'bedrock', device: 'ios' })).toBe('Bedrock · iOS')
    expect(platformWords({ platform: 'java', device: '' })).toBe('Java')
  })
})

it('numbers game modes, each once, and has a quiet colour for those beyond the eighth', () => {
  const keys = gamemodeKeys([...'abcdefghi', 'a'])
  expect(Array.from(keys.values(), ({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9])
  expect(keys.get('h')?.colour).toBe('var(--chart-8)')
  expect(keys.get('i')?.colour).toBe('var(--muted)')
})

it.each([
  ['069A79F444E94726A5BEFCA90E38AAF5', '069a79f4-44e9-4726-a5be-fca90e38aaf5'],
  ['00000000-0000-0000-0009-01f64f65c7c3', '00000000-0000-0000-0009-01f64f65c7c3'],
  ['Notch', undefined],
  ['', undefined],
])('reads %j as a UUID', (text, uuid) => {
  expect(readUuid(text)).toBe(uuid)
})
