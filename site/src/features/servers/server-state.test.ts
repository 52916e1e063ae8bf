import { describe, expect, it } from 'vitest'
import { createFormatters } from '../../format/formatters.ts'
import { clockWords, isClockOff, programWords, stateWords } from './server-state.ts'

const NOW_MS = 1_800_000_000_000
const format = createFormatters({ locale: 'en-GB', timeZone: 'UTC', now: () => NOW_MS })

describe('the state of a server', () => {
  it.each([
    ['connected', 'connected'],
    ['silent', /^silent for 3.min$/],
    ['left', /^left 3.min ago$/],
    ['resuming', 'link lost, players are kept'],
  ] as const)('%s is told in words', (state, words) => {
    expect(stateWords({ state, lastSeenAtMs: NOW_MS - 190_000 }, format, NOW_MS)).toMatch(words)
  })

  it('says of a clock only what matters', () => {
    expect(clockWords(-40, format)).toBe('right')
    expect(clockWords(-90_000, format)).toMatch(/^off by 1.min 30.s$/)
    expect(isClockOff(-90_000)).toBe(true)
  })

  it('names programs as far as they are known', () => {
    expect(programWords({ name: 'Velocity', version: '3.4' })).toBe('Velocity 3.4')
    expect(programWords({ name: '', version: '' })).toBe('–')
  })
})
