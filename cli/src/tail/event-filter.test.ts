import { describe, expect, it } from 'vitest'
import type { TailEvent } from '../api/types.ts'
import { createClock } from '../format/clock.ts'
import { displayWidth } from '../terminal/display-width.ts'
import { createPalette } from '../terminal/palette.ts'
import { createPlayerNames, isWanted } from './event-filter.ts'
import { layoutEvent } from './event-view.ts'

const join: TailEvent = {
  type: 'session_start',
  atMs: Date.parse('2026-11-21T12:00:00Z'),
  server: 'proxy-1',
  playerId: '069a79f4-44e9-4726-a5be-fca90e38aaf5',
  playerName: 'Notch',
  sessionId: null,
  details: { domain: 'play.example.net', platform: 'java', device: '', version: '1.21.11', country: 'DE', backend: '' },
}
const custom: TailEvent = { ...join, type: 'kill', playerName: null, details: { mob: 'zombie', level: 3 } }

describe('a filter', () => {
  it.each([
    [{}, true],
    [{ type: ['leave', 'join'] }, true],
    [{ type: ['session_start'] }, true],
    [{ type: ['leave'] }, false],
    [{ server: 'proxy-1' }, true],
    [{ server: 'proxy' }, false],
    [{ player: 'otc' }, true],
    [{ player: '069A79F444E94726A5BEFCA90E38AAF5' }, true],
    [{ player: 'Dinnerbone' }, false],
    [{ type: ['join'], server: 'x', player: 'Notch' }, false],
  ])('%j lets a join through: %s', (options, isThrough) => {
    expect(isWanted(join, options)).toBe(isThrough)
  })
  it('for a player leaves out what belongs to none', () => {
    expect(isWanted({ ...custom, playerId: null }, { player: 'Notch' })).toBe(false)
  })
})

describe('names of players', () => {
  it('are filled in from earlier events', () => {
    const names = createPlayerNames()
    expect(names.fill(custom).playerName).toBeNull()
    expect(names.fill(join)).toBe(join)
    expect(names.fill(custom).playerName).toBe('Notch')
  })
})

describe('an event as a line', () => {
  const line = (event: TailEvent, widthMax?: number) =>
    layoutEvent(event, { clock: createClock('Europe/Berlin'), palette: createPalette(false), widthMax })
  it.each([
    [join, '13:00:00  join          Notch             proxy-1       play.example.net, Java 1.21.11, DE'],
    [custom, '13:00:00  kill          069a79f4          proxy-1       mob=zombie level=3'],
    [
      { ...join, type: 'gamemode_switch', details: { from: 'lobby', to: 'survival' } },
      '13:00:00  switch        Notch             proxy-1       lobby → survival',
    ],
    [
      { ...join, type: 'session_end', details: { reason: 'link_lost', durationMs: 65_000 } },
      '13:00:00  leave         Notch             proxy-1       link lost after 1 min 5 s',
    ],
    [
      {
        ...custom,
        type: 'refused',
        playerId: null,
        details: { code: 'EVENT_IN_FUTURE', detail: 'the time lies ahead' },
      },
      '13:00:00  refused                         proxy-1       EVENT_IN_FUTURE the time lies ahead',
    ],
  ])('tells when, what, who, where and the rest', (event, text) => {
    expect(line(event)).toBe(text)
  })
  it.each([1, 5, 12, 24, 30, 40, 60])('fits %d columns', (widthMax) => {
    expect(displayWidth(line(join, widthMax))).toBeLessThanOrEqual(widthMax)
  })
})
